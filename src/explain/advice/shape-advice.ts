/** The shape of a command: what the shell made of it, and whether it starts a VM at all. */
import { type Advice, doc } from '../cause.ts'
import type { Line } from '../diagnosis.ts'
import { type CommandLine, flagValue } from '../reading/command-line.ts'
import { told } from '../told.ts'

/** Doubts about the shape of a command. */
export const shapeDoubts = {
  commandLineBroken: {
    id: 'command-line-broken',
    what: 'A line of the command lacks its backslash, so that {flags|what stands behind it} did not reach Cloud Hypervisor.',
    why: 'The shell ends a command at the end of the line {last|}; the next line is then another command, not part of the command above, and fails or is ignored. The VM starts without these flags.',
    hint: 'Put a backslash at the end of every line but the last, with nothing behind it, not even a blank.',
    reference: doc('README.md'),
    confidence: 'certain',
  },
  apiWaits: {
    id: 'api-waits',
    what: 'Started so, Cloud Hypervisor waits for requests on its API socket and prints nothing: silence is normal.',
    why: 'No kernel or firmware is named, so no VM is made until a client asks for one.',
    hint: 'Create and boot a VM: `ch-remote --api-socket FILE create CONFIG.json`, then `ch-remote --api-socket FILE boot`; or name --kernel or --firmware in the command.',
    reference: doc('api.md'),
    confidence: 'certain',
  },
  commandInOrder: {
    id: 'command-in-order',
    what: '{order|The command is in order as far as chv-doctor can tell}{places|}.',
    why: 'Firmware and boot loader write to the serial port, and may take some seconds (with nested virtualisation a minute) before the first line; a kernel writes where its console= says.',
    hint: 'If nothing appears, add `-v --log-file ch.log` and give that log to `chv-doctor explain`; `chv-doctor boot --verify` watches a start and says what is reached.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
} as const satisfies Readonly<Record<string, Advice>>

/** @returns that a line of the command lost its backslash, where the next line begins with a flag */
export const brokenLineAdvice = (command: CommandLine): readonly Advice[] => {
  const { stray, lines } = command
  const [first] = stray
  if (!first) return []
  const last = lines.at(-1)?.text.trim().slice(0, 80) ?? ''
  const flags = stray.map(({ text }) => /--[a-z-]+/.exec(text)?.[0] ?? '').join(', ')
  return [told(shapeDoubts.commandLineBroken, { flags, last: `\`${last}\`` })]
}

/** Flags that say what to run; without one of them nothing is started. */
const payloads = ['kernel', 'firmware', 'restore', 'igvm', 'disk', 'cpus', 'memory', 'help', 'version']

/** What a log, a client or an API request shows of a VM that was asked for. */
const askedFor =
  /API request event: Vm(?:Create|Boot|Restore|Receive)|\b(?:Booting VM|Creating VM|Restoring VM)\b|ch-remote\b.{0,200} (?:create|boot|restore|receive-migration)\b|\/vm\.(?:create|boot|restore)\b/

/** @returns that the program waits, where the command names only its API socket */
export const waitingAdvice = ({ flags }: CommandLine, lines: readonly Line[]): readonly Advice[] => {
  // A client has asked for a VM: the silence is over.
  if (lines.some(({ text }) => askedFor.test(text))) return []
  const isApi = ['api-socket', 'api-socket-path', 'dbus-object-path'].some((flag) => flags.has(flag))
  if (!isApi || payloads.some((flag) => flags.has(flag))) return []
  return [shapeDoubts.apiWaits]
}

/**
 * @param isAlone whether the text is no more than the command
 * @returns what a command shows in which nothing explains what happened, for the person who sees nothing
 */
export const nothingDoubtful = (command: CommandLine, isAlone: boolean): readonly Advice[] => {
  if (!['kernel', 'firmware'].some((flag) => command.flags.has(flag))) return []
  const serial = flagValue(command, 'serial') ?? 'null'
  const virtio = flagValue(command, 'console') ?? 'tty'
  return [
    told(shapeDoubts.commandInOrder, {
      order: isAlone
        ? 'Nothing is doubtful about this command'
        : 'The command is in order as far as chv-doctor can tell, and what stands beside it holds no error that it knows',
      places: `: the serial port goes to ${serial}, the console (hvc0) to ${virtio}`,
    }),
  ]
}
