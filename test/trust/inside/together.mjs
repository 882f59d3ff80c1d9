// Doctors that repair this host at the same time: node together.mjs < JOB { doctors, gapMs, rounds }.
// All end with a documented code, the host is as one doctor leaves it, and nothing half-made is left.
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { check, doctor, shell, startDoctor } from './doctor.mjs'
import { differences, takeInventory } from './inventory.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const end = (result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exit(0)
}
const plant =
  'rm -rf $ROOT_DATA; ip link del vm-tap0 2>/dev/null || true; nft delete table inet chv_doctor 2>/dev/null || true; sysctl -qw net.ipv4.ip_forward=0'
if (shell(`ready root\n${plant}`) !== 0) end({ broken: readFileSync('/tmp/shell.log', 'utf8').slice(-1500) })

/** What differs from run to run even when whole. */
const varies = /\/seed\/|cloud-init\.img|origin\.json/

const alone = doctor({}, ['fix', '--yes'])
if (alone.code !== 0) end({ broken: `alone: ${(alone.stdout + alone.stderr).slice(-1000)}` })
const good = takeInventory()
const rounds = []
for (const gapMs of job.gaps) {
  doctor({}, ['undo', '--yes'])
  shell(plant)
  const codes = await Promise.all(
    Array.from({ length: job.doctors }, async (_, index) => {
      await sleep(index * gapMs)
      const child = startDoctor({}, ['fix', '--yes'], `/tmp/together-${index}.log`)
      return new Promise((resolve) => child.on('close', resolve))
    }),
  )
  const logs = codes.map((_, index) => readFileSync(`/tmp/together-${index}.log`, 'utf8'))
  const problems = []
  // 0: it repaired or found nothing to repair; 5: another one is at work, which it says.
  for (const [index, code] of codes.entries()) {
    if (code !== 0 && code !== 5)
      problems.push(`doctor ${index} ended with ${code}: ${logs[index].slice(-600)}`)
    if (/^\s+at .+:\d+:\d+\)?$/m.test(logs[index])) problems.push(`doctor ${index}: a stack trace`)
  }
  if (!codes.includes(0)) problems.push(`none repaired: ${codes}`)
  const left = check({}).results?.filter(({ status }) => status === 'fail' || status === 'unknown') ?? [
    'no report',
  ]
  if (left.length > 0) problems.push(`not healthy: ${JSON.stringify(left)}`)
  const extra = differences(good, takeInventory(), false).filter((line) => !varies.test(line))
  if (extra.length > 0) problems.push(`another state than one doctor leaves: ${extra.slice(0, 6).join('; ')}`)
  const half = readdirSync('/root/.local/share/chv-doctor', { recursive: true }).filter((name) =>
    /\.(part|lock|converting)/.test(name),
  )
  if (half.length > 0) problems.push(`left half-made: ${half.join(', ')}`)
  rounds.push({ gapMs, codes, problems })
}
end({ rounds })
