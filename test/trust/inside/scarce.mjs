// Something is missing on this host: node scarce.mjs < JOB. Prints what the doctor made of it.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { doctorCall, shell } from './doctor.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const end = (result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exit(0)
}
if (shell(`ready ${job.user ?? 'root'}`) !== 0 || shell(job.plant) !== 0)
  end({ broken: readFileSync('/tmp/shell.log', 'utf8').slice(-1500) })

const { argv, env, cwd } = doctorCall(job, job.args)
for (const [name, value] of Object.entries(env)) if (value === null) delete env[name]
// bash may be what is missing: it is needed only where streams are.
const call = job.through ? ['bash', '-c', job.through, 'bash', ...argv] : argv
const started = performance.now()
const { status, signal, stdout, stderr, error } = spawnSync(call[0], call.slice(1), {
  env,
  cwd,
  encoding: 'utf8',
  timeout: 120_000,
  killSignal: 'SIGKILL',
  maxBuffer: 2 ** 26,
})
end({
  code: status,
  signal,
  ms: Math.round(performance.now() - started),
  output: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}`,
})
