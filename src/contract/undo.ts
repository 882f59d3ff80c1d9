/** The way back from a change, as the journal records it. */
import type { Argv } from '../util/argv.ts'
import type { Guard } from './step.ts'

/** Identifies a file of ours: renaming keeps it, any other change breaks it. */
export interface Stamp {
  readonly ino: number
  readonly size: number
  readonly mtimeMs: number
}

export type UndoAction =
  | {
      readonly kind: 'run'
      readonly argvs: readonly Argv[]
      readonly root: boolean
      readonly while?: string
      readonly guard?: Guard
    }
  /** Remove a file that was published, and put back what stood there before. */
  | {
      readonly kind: 'restore'
      readonly path: string
      readonly stamp: Stamp
      readonly kept: string | null
      readonly root?: true
      /** Directories that were made for it, the innermost first; what is empty of them goes as well. */
      readonly directories?: readonly string[]
      /** Has a service forget the file, as root. */
      readonly after?: Argv
    }

export interface Change {
  readonly id: string
  readonly at: string
  readonly fix: string
  readonly why: string
  readonly undo: UndoAction
}

/** A change that can still be undone. */
export interface OpenChange extends Change {
  /** Whether it is known to have happened; a killed run leaves this open. */
  readonly certain: boolean
}
