/** Passed-through devices of a command. */
import { type Advice, doc } from '../cause.ts'
import { type CommandLine, devices } from '../reading/command-line.ts'
import { told } from '../told.ts'

/** Doubts about passed-through devices. */
export const deviceDoubts = {
  deviceGivenTwice: {
    id: 'device-given-twice',
    what: 'A device {device|} stands twice in --device.',
    why: 'A device of the host can be given to a guest once: the second time VFIO finds its group or the device taken.',
    hint: 'Drop one of the two.',
    reference: doc('vfio.md'),
    confidence: 'likely',
  },
} as const satisfies Readonly<Record<string, Advice>>

/** @returns that a device of the host is given twice: the guest can have it once */
export const deviceAdvice = (command: CommandLine): readonly Advice[] => {
  const paths = devices(command, 'device').flatMap(({ path }) => (path ? [path.replace(/\/+$/, '')] : []))
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice === undefined) return []
  return [told(deviceDoubts.deviceGivenTwice, { device: `, ${twice},` })]
}
