// One planted fault on this host: node fault.mjs < JOB. Prints one line of JSON.
// Ready, plant, look, ask the peers, repair, look again, take back, compare.
import { readFileSync } from 'node:fs'
import { check, doctor, shell } from './doctor.mjs'
import { differences, takeInventory } from './inventory.mjs'
import { askPeers, askPeersPlain } from './peers.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const end = (result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exit(0)
}

const failed = (what) =>
  end({ id: job.id, broken: `${what}: ${readFileSync('/tmp/shell.log', 'utf8').slice(-1500)}` })
if (shell(`ready ${job.user ?? 'root'}\n${job.ready ?? ''}`) !== 0) failed('ready')
const healthy = job.baseline ? check({ user: job.user }) : null
const peersBefore = job.baseline ? askPeers(job.user) : null
if (job.baseline) end({ id: job.id, healthy, peers: peersBefore, plain: askPeersPlain() })

if (shell(job.plant) !== 0) failed('plant')
const planted = takeInventory()
const seen = check(job)
const afterCheck = differences(planted, takeInventory(), false)
const peers = askPeers(job.user)
const fix = doctor(job, ['fix', '--yes'])
const repaired = check(job)
const undo = doctor(job, ['undo', '--yes'])
const packagesStay = /install-packages/.test(fix.stdout + fix.stderr)
const notBack = differences(planted, takeInventory(), packagesStay)
end({
  id: job.id,
  seen,
  afterCheck,
  peers,
  fix: { code: fix.code, output: (fix.stdout + fix.stderr).slice(-3000) },
  repaired,
  undo: { code: undo.code, output: (undo.stdout + undo.stderr).slice(-1500) },
  notBack,
})
