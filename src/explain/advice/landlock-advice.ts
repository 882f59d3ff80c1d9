/** A VM under Landlock that is asked for a file which its rules do not allow. */
import { type Advice, doc } from '../cause.ts'
import type { Line } from '../diagnosis.ts'
import { type CommandLine, devices } from '../reading/command-line.ts'
import { told } from '../told.ts'

/** Doubts about files that are added under Landlock. */
export const landlockDoubts = {
  landlockPathOutside: {
    id: 'landlock-path-outside',
    what: 'The VM runs under Landlock, and none of its rules covers {path|a file}, which is added later: the VMM may not open it.',
    why: 'With --landlock the process is confined when the VM is made, to the files of its command and to what --landlock-rules names. That cannot be widened afterwards.',
    hint: 'Start the VM with a rule for that file or its directory as well (`--landlock-rules path=DIRECTORY,access=rw`), or put the file into a directory that is allowed.',
    reference: doc('landlock.md'),
    confidence: 'likely',
  },
} as const satisfies Readonly<Record<string, Advice>>

/** What ch-remote adds to a running VM; a test prints its words in quotation marks. */
const request =
  /\bch-remote["']?\s.{0,400}?\badd-(?:disk|fs|pmem|device|vdpa|user-device|net|vsock)["']?\s(.{1,800})/

const fileOption = /\b(?:path|socket|vhost_socket)=\\?["']?(\/[^\s,"'\\]{1,400})/

/** Absolute paths of the command: Landlock allows those that the VM was made with. */
const ownPath = /(?:^|[=,"[])(\/[^\s,"\]]{1,400})/g

const allowedBy = (command: CommandLine): readonly string[] => {
  const own = [...command.flags.values()].flat().flatMap((value) => [...value.matchAll(ownPath)])
  const ruled = devices(command, 'landlock-rules').map(({ path }) => path?.replace(/^"|"$/g, '') ?? '')
  return [...own.map(([, path = '']) => path), ...ruled].filter((path) => path.startsWith('/'))
}

const isUnder = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`)

/** @returns that a file which is added later is outside of the rules, where command and request show it */
export const landlockAdvice = (command: CommandLine, lines: readonly Line[]): readonly Advice[] => {
  // Without a VM of its own the command confines nothing: the requests of a client decide.
  if (!command.flags.has('landlock') || !['kernel', 'firmware'].some((flag) => command.flags.has(flag)))
    return []
  const asked = lines.flatMap(({ text }) => {
    const [, words = ''] = request.exec(text) ?? []
    return fileOption.exec(words)?.[1] ?? []
  })
  const allowed = allowedBy(command)
  const outside = asked.find((path) => !allowed.some((directory) => isUnder(path, directory)))
  if (outside === undefined) return []
  return [told(landlockDoubts.landlockPathOutside, { path: outside })]
}
