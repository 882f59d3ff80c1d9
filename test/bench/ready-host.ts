/** Runs ready-inside.mjs on a disposable host that the doctor made ready, and prints what that prints. */
import { realHypervisor, whyNoLab } from '../e2e/fixtures.ts'
import { lab } from '../e2e/lab.ts'
import { prelude } from '../e2e/scripts.ts'
import { onDisposableHost, repository, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'

const why = whyNoDisposableHost ?? whyNoLab
if (why) {
  console.log(JSON.stringify({ why }))
} else {
  const inside = `${repository}/test/bench/ready-inside.mjs`
  const { code, output } = await onDisposableHost(
    `${prelude()}${lab}
prepare() { :; }
run() {
  healthy
  say measured; "$NODE" ${inside} $REPO/dist/cli.js ${process.argv[2] ?? '9'}
  finish
}`,
    { CHV_DOCTOR_TEST_CH: realHypervisor ?? '' },
  )
  if (code !== 0) throw new Error(`the ready host ended with ${code}:\n${output}`)
  console.log(section(output, 'measured').trim().split('\n').pop())
}
