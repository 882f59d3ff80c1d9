/** What passes between the thread that fetches a file and the one that asked for it. */
import type { Timeouts } from './body.ts'
import type { DownloadJob, Received } from './receive.ts'

export interface Work extends Omit<DownloadJob, 'patience' | 'follower' | 'onProgress'> {
  readonly patience: Omit<Timeouts, 'signal'>
  /** Whether somebody is told what has arrived, and has to be ready for it first. */
  readonly followed: boolean
}

/** To the thread: the follower is ready; the user's Ctrl-C. */
export type Order = 'follower is ready' | 'end'

export interface Progress {
  /** Of the part, written. */
  readonly arrived: number
  readonly done: number
  readonly total: number | null
  readonly resumed: number
}

/** An error, whose class and errno do not pass. */
export interface Failure {
  readonly message: string
  /** Of an expected end. */
  readonly exitCode: number | null
  readonly errno: string | null
}

export type Report =
  | { readonly kind: 'begin'; readonly part: string; readonly total: number | null }
  | ({ readonly kind: 'progress' } & Progress)
  | { readonly kind: 'received'; readonly received: Received }
  | { readonly kind: 'failed'; readonly failure: Failure }
