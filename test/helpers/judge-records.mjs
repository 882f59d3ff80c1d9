/**
 * Runs the built program once for each command line, in one process: a process for each would take longer
 * than everything else of these tests. Takes the version and a JSON array of command lines, writes one of their outcomes.
 */
const { main } = await import(new URL('../../dist/main.mjs', import.meta.url).href)

const print = process.stdout.write.bind(process.stdout)
const [version = '', runs = '[]'] = process.argv.slice(2)
const outcomes = []
process.setMaxListeners(0)
process.stdout.setMaxListeners(0)
for (const args of JSON.parse(runs)) {
  const outcome = { stdout: '', stderr: '', code: 0 }
  for (const stream of ['stdout', 'stderr']) {
    process[stream].write = (text, ...rest) => {
      outcome[stream] += text
      rest.findLast((argument) => typeof argument === 'function')?.()
      return true
    }
  }
  await main(args, version)
  // Each run adds listeners as if it were the only one.
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error')
  outcome.code = process.exitCode
  outcomes.push(outcome)
}
process.exitCode = 0
print(JSON.stringify(outcomes))
