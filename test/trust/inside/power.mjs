// Power cuts: a home on an ext4 that keeps nothing by itself (no ordered data, no rename
// heuristics, a commit only when asked for). At a moment of a repair everything is stopped and the disk is
// copied as it is: what was not synced is lost. The copy is mounted, looked at, repaired, taken back.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { check, doctor, shell, startDoctor } from './doctor.mjs'
import { repairs } from './repairs.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const end = (result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exit(0)
}
const options = 'loop,data=writeback,noauto_da_alloc,commit=3600'
const run = (command) => {
  const { status, stderr } = spawnSync('bash', ['-euc', command], { encoding: 'utf8' })
  if (status !== 0) end({ broken: `${command}: ${stderr}` })
}
if (shell(`ready root\n${repairs.files.plant}`) !== 0) end({ broken: readFileSync('/tmp/shell.log', 'utf8') })
run(`
mknod -m 660 /dev/loop-control c 10 237; for n in $(seq 0 31); do mknod -m 660 /dev/loop$n b 7 $n; done
truncate -s 160M /tmp/disk; mkfs.ext4 -q /tmp/disk
mkdir /srv/home; mount -o ${options} /tmp/disk /srv/home; mkdir /srv/home/.config; cp -a /root/.config/chv-doctor /srv/home/.config/; sync -f /srv/home`)

/** The home on that disk. */
const home = '/srv/home'
const data = `${home}/.local/share/chv-doctor`
const subject = { env: { HOME: home, XDG_STATE_HOME: `${home}/state` } }

/** Under a final name: whole, or not there. Digests are those of the frozen host. */
const finals = ['CLOUDHV.fd', 'bin/cloud-hypervisor', 'resolute.raw', 'downloads/image.img']
const digest = (path) => spawnSync('sha256sum', [path], { encoding: 'utf8' }).stdout.split(' ')[0]
const good = Object.fromEntries(
  finals.map((name) => [name, digest(`/mnt/frozen/root/.local/share/chv-doctor/${name}`)]),
)
const halfMade = () => [
  ...finals.flatMap((name) => {
    const now = digest(`${data}/${name}`)
    return now === '' || now === good[name] ? [] : [`${name} is half-made after the power cut`]
  }),
  ...(check(subject, ['--only', 'cloud-init']).results ?? []).flatMap(({ id, status, found }) =>
    id === 'cloud-init' && status !== 'skip' && found !== 'missing' ? [`the seed: ${found}`] : [],
  ),
]

const started = performance.now()
run('cp --sparse=always /tmp/disk /tmp/clean')
const first = doctor(subject, ['fix', '--yes'])
if (first.code !== 0) end({ broken: `the undisturbed repair: ${(first.stdout + first.stderr).slice(-1500)}` })
const takesMs = performance.now() - started
const reset = () =>
  run(`umount /srv/home; cp --sparse=always /tmp/clean /tmp/disk; mount -o ${options} /tmp/disk /srv/home`)

const outcomes = []
for (const at of job.moments) {
  reset()
  const repair = startDoctor(subject, ['fix', '--yes'], '/tmp/cut.log')
  const ended = new Promise((resolve) => repair.on('close', resolve))
  await sleep(at * takesMs)
  // The whole group stands still while the disk is copied: the copy is of one moment.
  try {
    process.kill(-repair.pid, 'SIGSTOP')
  } catch {
    // It has ended: then the cut comes after the repair.
  }
  run('cp --sparse=always /tmp/disk /tmp/cut')
  try {
    process.kill(-repair.pid, 'SIGKILL')
  } catch {
    // As above.
  }
  await ended
  run(`umount /srv/home; mv /tmp/cut /tmp/disk; mount -o ${options} /tmp/disk /srv/home`)
  const problems = halfMade()
  const next = doctor(subject, ['fix', '--yes'])
  if (next.code !== 0)
    problems.push(`the next run ended with ${next.code}: ${(next.stdout + next.stderr).slice(-800)}`)
  const failing = (check(subject).results ?? []).filter(
    ({ status }) => status === 'fail' || status === 'unknown',
  )
  if (failing.length > 0) problems.push(`after the next run: ${JSON.stringify(failing)}`)
  const undo = doctor(subject, ['undo', '--yes'])
  if (undo.code !== 0)
    problems.push(`undo ended with ${undo.code}: ${(undo.stdout + undo.stderr).slice(-500)}`)
  const seed = digest(`${data}/cloud-init.img`)
  if (seed !== '') problems.push('the seed is still there after undo')
  outcomes.push({ at, problems })
}
end({ takesMs: Math.round(takesMs), outcomes })
