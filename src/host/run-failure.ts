/** Why a command has no exit code. */
export type RunFailure =
  | { readonly kind: 'not-found' }
  /** Not started: it is for another architecture. */
  | { readonly kind: 'foreign'; readonly machine: string; readonly arch: string }
  | { readonly kind: 'cannot-start'; readonly errno: string | null }
  | { readonly kind: 'timed-out'; readonly limitMs: number }
  | { readonly kind: 'too-much-output'; readonly maxBytes: number }
  | { readonly kind: 'signal'; readonly signal: string }

/** The end of a sentence that begins with the command: "timed out after 8 s". */
export const describeRunFailure = (failure: RunFailure): string => {
  switch (failure.kind) {
    case 'not-found':
      return 'not found'
    case 'foreign':
      return `is a program for ${failure.machine}, and this host is ${failure.arch}`
    case 'cannot-start':
      return `cannot be started (${failure.errno ?? 'unknown error'})`
    case 'timed-out':
      return `timed out after ${failure.limitMs / 1000} s`
    case 'too-much-output':
      return `printed more than ${failure.maxBytes / 2 ** 20} MiB`
    case 'signal':
      return `ended by ${failure.signal}`
  }
}
