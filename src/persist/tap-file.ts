/** What the TAP files of all network managers share. */
import type { Argv } from '../util/argv.ts'

/** A file of root that creates a part of the network at boot. */
export interface PersistentFile {
  readonly path: string
  readonly content: string
  readonly mode: number
  /** What it creates, for messages: "vm-tap0". */
  readonly makes: string
  /** One line for the plan. */
  readonly why: string
  /** Has the manager forget the file once it is gone: some make a TAP that is deleted anew. */
  readonly forget?: Argv
}

export interface Owner {
  readonly name: string
  readonly uid: number
}

/** What the TAP at boot needs beside the configuration. */
export interface TapAtBoot {
  readonly owner: Owner
  /** Bytes; null: the one that a new TAP has. */
  readonly mtu: number | null
}

export const fileHeader = '# Written by chv-doctor for `persist_network: true`; `chv-doctor undo` removes it.'

/** The name where it needs no quotes in any format, else the number. */
export const ownerWord = ({ name, uid }: Owner): string =>
  /^[a-z_][a-z0-9_-]*$/.test(name) ? name : String(uid)

/** The blocks of a file as text, an empty line between them. */
export const blocks = (...parts: readonly (readonly string[])[]): string =>
  `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`
