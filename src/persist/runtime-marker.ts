/** What route-guest and route-ipv6 change is gone after a reboot, and its undo is then left out. */
import type { RunStep } from '../contract/step.ts'
import type { Argv } from '../util/argv.ts'

/** Sets switches of the kernel, written with slashes: names of interfaces may have dots. */
export const sysctl = (...settings: readonly string[]): Argv => ['sysctl', '-q', '-e', '-w', ...settings]

/** Makes the marker that stands for everything after it: gone with it, after a reboot. */
export const markStep = (marker: string): RunStep => ({
  kind: 'run',
  argv: ['mkdir', '-p', marker],
  root: true,
  why: 'remember until the next reboot that this can be undone',
  undo: [
    ['rmdir', marker],
    ['rmdir', '--ignore-fail-on-non-empty', '/run/chv-doctor'],
  ],
  undoWhile: marker,
})
