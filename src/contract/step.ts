/** What a fix does, as data: shown, carried out, printed as bash and recorded from the same value. */
import type { DiskOrigin } from '../catalogue/disk-origin.ts'
import type { Integrity } from '../catalogue/integrity.ts'
import type { ImageFormat } from '../formats/disk-image.ts'
import type { Argv } from '../util/argv.ts'

/** A condition on a file of the kernel, looked at immediately before a step or its undo is carried out. */
export interface Guard {
  readonly file: string
  /** The step is refused when the trimmed content of the file is this. */
  readonly is: string
  readonly because: string
}

export interface RunStep {
  readonly kind: 'run'
  readonly argv: Argv
  readonly root: boolean
  /** One line for the person who is asked: what this does and what for. */
  readonly why: string
  /**
   * Commands that take it back, in order. Empty when the undo of another step covers it (an address
   * goes with its interface); absent when it cannot or should not be undone.
   */
  readonly undo?: readonly Argv[]
  /** The undo applies only while this path exists (an interface that is gone needs no removal). */
  readonly undoWhile?: string
  readonly guard?: Guard
  /** A half-made file or directory of ours at this path is removed before the command starts. */
  readonly temporary?: string
  /** Must not be interrupted half way (a package manager). Its output goes to a log file. */
  readonly critical?: boolean
  /** Bytes that the command itself downloads, where they are known. */
  readonly bytes?: number
  /** How to read progress from its output. */
  readonly progress?: 'qemu-img' | 'git' | 'make'
  /** Its output is kept in a log file, and the end of it shown when it fails. */
  readonly logged?: boolean
}

export interface DownloadStep {
  readonly kind: 'download'
  readonly url: string
  readonly path: string
  readonly proof: Integrity
  /** Null when it is not known before the download. */
  readonly bytes: number | null
  /** A file is there already: nothing is fetched unless that one turns out to be another. */
  readonly here?: true
  /** It is a qcow2: the raw disk in it may be made at this path while it arrives, by which the step for that is saved. */
  readonly unpackTo?: string
  readonly mode: number
  readonly why: string
}

export interface WriteStep {
  readonly kind: 'write'
  readonly path: string
  readonly content: string
  readonly mode: number
  readonly why: string
  /** Belongs to root, in a directory of root. */
  readonly root?: true
  /** Has a service forget the file once undo has taken it away, as root. */
  readonly afterUndo?: Argv
}

/** Moves a finished temporary file to its final name; a file that stood there is kept beside it. */
export interface PublishStep {
  readonly kind: 'publish'
  readonly from: string
  readonly to: string
  readonly why: string
  /** Whether `undo` removes it again; downloads are kept: they cost time and do no harm. */
  readonly reversible: boolean
  /** It is looked at first: only a kernel that Cloud Hypervisor can start on this architecture gets the name. */
  readonly kernelFor?: string
  /** What it was made from: written beside it, as NAME.origin.json. */
  readonly origin?: DiskOrigin
}

/** Looks at a file that an earlier step made, before a later one uses it; ends the fix where it is not as expected. */
export interface VerifyStep {
  readonly kind: 'verify'
  readonly path: string
  readonly expect:
    | {
        readonly what: 'image'
        readonly format: ImageFormat
        /** The disk that is to hold it may not be smaller: bytes, or null. */
        readonly fits: number | null
      }
    | {
        /** A whole raw disk, not smaller than the image that it was made from. */
        readonly what: 'disk'
        readonly source: string
        readonly format: ImageFormat
      }
  readonly why: string
}

/** Something only a person can do: shown, never executed. */
export interface ManualStep {
  readonly kind: 'manual'
  readonly text: string
}

export type Step = RunStep | DownloadStep | WriteStep | VerifyStep | PublishStep | ManualStep
