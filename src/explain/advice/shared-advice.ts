/** Two commands in one text that name the same thing. */
import { type Advice, doc } from '../cause.ts'
import type { Layer } from '../diagnosis.ts'
import { type CommandLine, devices, flagValue } from '../reading/command-line.ts'
import { told } from '../told.ts'

export const sharedDoubts = {
  commandsShare: {
    id: 'commands-share',
    what: 'Two of the commands name the same {things|files, sockets or interfaces}: VMs that run at the same time need their own.',
    why: 'The second VM is refused (address in use, a locked disk, a busy TAP), or takes what the first one uses: an older release removes the API socket that it finds, so that the first VM can no longer be reached.',
    hint: 'Give each VM paths, a TAP, a MAC and a vsock CID of its own. Where the first VM is to end, stop it before the second one starts: `ch-remote --api-socket FILE shutdown-vmm`.',
    reference: doc('api.md'),
    confidence: 'possible',
  },
} as const satisfies Readonly<Record<string, Advice>>

const isOff = (value: string | undefined): boolean => value === undefined || /^(?:off|false)$/i.test(value)

/** What only one VM can have at a time, in words. */
const ownOf = (command: CommandLine): readonly string[] => {
  const socket = flagValue(command, 'api-socket')?.replace(/^path=/, '')
  const of = (flag: string, option: string, words: string) =>
    devices(command, flag).flatMap((options) => (options[option] ? [`${words} ${options[option]}`] : []))
  return [
    ...(socket ? [`API socket ${socket}`] : []),
    ...devices(command, 'disk').flatMap(({ path, readonly }) =>
      path && isOff(readonly) ? [`disk ${path}`] : [],
    ),
    ...of('net', 'tap', 'TAP'),
    ...of('net', 'mac', 'MAC'),
    ...of('vsock', 'socket', 'vsock socket'),
    ...of('fs', 'socket', 'socket of virtiofsd'),
  ]
}

/**
 * @param commands all of a text that holds nothing else: beside output, the second may be another try
 * @returns what two of them share that only one VM can have
 */
export const sharedAdvice = (
  commands: readonly CommandLine[],
): readonly (Advice & { readonly layer: Layer })[] => {
  const last = commands.at(-1)
  if (!last) return []
  const before = new Set(commands.slice(0, -1).flatMap(ownOf))
  const things = [...new Set(ownOf(last).filter((thing) => before.has(thing)))]
  return things.length === 0
    ? []
    : [{ ...told(sharedDoubts.commandsShare, { things: things.join(', ') }), layer: 'start' }]
}
