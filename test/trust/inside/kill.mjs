// Repairs that are killed: node kill.mjs < JOB. A job is { repair, rounds: [{ at, victim, pick }] } where
// `at` is a share of the time that an undisturbed repair takes, and `victim` the doctor or one of its
// descendants. After each: nothing half-made under a final name, the next run finishes, undo takes all of it back.
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { check, doctor, shell, startDoctor } from './doctor.mjs'
import { differences, takeInventory } from './inventory.mjs'
import { repairs } from './repairs.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const repair = repairs[job.repair]
const subject = { user: repair.user ?? 'root' }
const end = (result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exit(0)
}
const log = () => readFileSync('/tmp/shell.log', 'utf8').slice(-1500)
if (shell(`ready ${subject.user}\n${repair.ready ?? ''}\n${repair.plant}`) !== 0) end({ broken: log() })

const statOf = (pid) => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), state: fields[0] }
  } catch {
    return null
  }
}
const living = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(name)
      return stat && stat.state !== 'Z' ? [{ pid: Number(name), parent: stat.parent }] : []
    })
const descendants = (root) => {
  const all = living()
  const found = [root]
  for (const pid of found) for (const one of all) if (one.parent === pid) found.push(one.pid)
  return found.slice(1)
}
/** Under runuser and sudo the doctor itself is further down. */
const doctorOf = (root) => {
  const isDoctor = (pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('/opt/node\0/opt/chv-doctor')
    } catch {
      return false
    }
  }
  return [root, ...descendants(root)].find(isDoctor) ?? null
}

/** What a killed run started may go on (a package manager must); it is left alone until it ends. */
const settled = async (before) => {
  for (let i = 0; i < 1200; i++) {
    if (living().every(({ pid }) => before.has(pid) || pid === process.pid)) return true
    await sleep(50)
  }
  return false
}

const half = /\.(part|converting|cloning|building|tmp|lock|stale)|\.part\b|^\./
/** Names that may hold anything: unfinished files, logs, what package managers write. */
const mayBeAnything = (path) =>
  path.split('/').some((name) => half.test(basename(name)) && name !== '.local') ||
  /state-fault|\/build\/|^\/var\/|^\/usr\/|^\/run\/|^\/etc\/(ld\.so|.*-$)|\.old-\d+$/.test(path)
/** Differ from run to run even when whole: the check of the seed judges those. */
const variable = /cloud-init\.img$|\/seed\/|\.origin\.json$/

const filesOf = (inventory) =>
  Object.entries(inventory).filter(([key, value]) => key.startsWith('file ') && value.startsWith('file '))
const contentOf = (value) => value.split(' ').slice(3).join(' ')

/** Every file under a final name is as it was, or as a repair that was not disturbed leaves it. */
const halfMade = (planted, reference, now) =>
  filesOf(now).flatMap(([key, value]) => {
    const path = key.slice('file '.length)
    if (mayBeAnything(path) || variable.test(path) || planted[key] === value) return []
    const good = reference[key]
    if (good && contentOf(good) === contentOf(value)) return []
    return [`${path} is neither what it was nor what a repair makes of it: ${value}, not ${good}`]
  })

const findingsOf = (report) =>
  (report.results ?? [{ id: 'check', status: report.error }])
    .filter(({ status }) => status !== 'skip')
    .map(({ id, status }) => `${id} ${status}`)
    .sort()
    .join(', ')

const planted = takeInventory()
const undoAll = () => {
  const undo = doctor(subject, ['undo', '--yes'])
  return undo.code === 0 ? [] : [`undo ended with ${undo.code}: ${(undo.stdout + undo.stderr).slice(-500)}`]
}
/** Downloads and packages stay after undo as documented; here they are taken away so that rounds are alike. */
const plantAgain = () => shell(repair.plantAgain ?? repair.plant)

const started = performance.now()
const first = doctor(subject, ['fix', '--yes'])
let takesMs = performance.now() - started
const reference = takeInventory()
const green = findingsOf(check(subject))
if (first.code !== 0)
  end({
    broken: `the undisturbed repair ended with ${first.code}: ${(first.stdout + first.stderr).slice(-1500)}`,
  })
const missing = repair.fixes.filter((id) => !(first.stdout + first.stderr).includes(`${id}: `))
if (missing.length > 0) end({ broken: `the repair does not use ${missing.join(', ')}` })
const back = undoAll()
if (back.length > 0) end({ broken: back.join() })
plantAgain()

const outcomes = []
for (const { at, victim, pick } of job.rounds) {
  const before = new Set(living().map(({ pid }) => pid))
  const begun = performance.now()
  const run = startDoctor(subject, ['fix', '--yes'], '/tmp/killed.log')
  let tookMs = Number.POSITIVE_INFINITY
  const ended = new Promise((resolve) =>
    run.on('close', (code, signal) => {
      tookMs = performance.now() - begun
      resolve(signal ?? code)
    }),
  )
  await sleep(at * takesMs)
  const own = doctorOf(run.pid)
  const below = own === null ? [] : descendants(own)
  const target = victim === 'doctor' || below.length === 0 ? own : below[Math.floor(pick * below.length)]
  let hit = 'nothing'
  if (target !== null) {
    try {
      hit = target === own ? 'doctor' : readFileSync(`/proc/${target}/comm`, 'utf8').trim()
      process.kill(target, 'SIGKILL')
    } catch {
      hit = 'nothing'
    }
  }
  const how = await ended
  // What is downloaded stays, so that later repairs are quicker than the first: those that ended show how long.
  if (hit === 'nothing') takesMs = Math.min(takesMs, tookMs)
  const problems = []
  if (!(await settled(before))) problems.push('what it started has not ended after a minute')
  problems.push(...halfMade(planted, reference, takeInventory()))
  const output = readFileSync('/tmp/killed.log', 'utf8')
  if (/^\s+at .*\.mjs:\d+/m.test(output)) problems.push(`a stack trace: ${output.slice(-700)}`)
  const next = doctor(subject, ['fix', '--yes'])
  if (next.code !== 0)
    problems.push(`the next run ended with ${next.code}: ${(next.stdout + next.stderr).slice(-900)}`)
  const now = findingsOf(check(subject))
  if (now !== green) problems.push(`after the next run: ${now}`)
  problems.push(...undoAll())
  const packages = job.repair === 'packages'
  problems.push(...differences(planted, takeInventory(), packages).map((line) => `not taken back: ${line}`))
  outcomes.push({ at, hit, how, problems })
  if (problems.length > 0) break
  plantAgain()
}
end({ takesMs: Math.round(takesMs), outcomes })
