/** How far a guest has come, read from what it prints: pure, and fed piece by piece. */

/** In the order in which they are reached. */
// biome-ignore format: one line each for what shows on the console, from outside, from inside
export const steps = [
  'vmm', 'firmware', 'kernel', 'login', 'cloud-init',
  'ping', 'ssh',
  'user', 'host', 'name',
] as const
export type Milestone = (typeof steps)[number]

/** Steps that show on the console. */
export const consoleSteps: readonly Milestone[] = ['firmware', 'kernel', 'login', 'cloud-init']

const signs: Partial<Record<Milestone, RegExp>> = {
  // Whatever is printed first comes from the firmware, and the kernel prints its version first.
  firmware: /\S/,
  kernel: /Linux version \d|^\[ *\d+\.\d{6}\] |EFI stub: /m,
  // agetty's prompt, "HOST login: ", or what it prints where it logs in by itself; not "Last login:".
  login: /^(?!Last )[\w.-]+ login: |\(automatic login\)/m,
  // cloud-init's final_message, the very last that it does.
  'cloud-init': /Cloud-init v\. ?\S+ finished at .*Up [\d.]+ seconds/,
}

/** A sign that is cut in two by pieces is found again this far back; cloud-init's line is the longest. */
const overlap = 400

/** How much of a talkative console is kept: the end explains a failure. */
const maxBuffered = 256 * 1024

export interface Progress {
  /** Milliseconds since the start, by step. */
  readonly reached: Partial<Record<Milestone, number>>
  /** What was printed, cleaned; the end of it. */
  readonly text: string
}

export interface ProgressReader {
  /** @param text cleaned text @param atMs milliseconds since the start */
  feed(text: string, atMs: number): void
  /** A step that shows elsewhere than on the console. */
  mark(step: Milestone, atMs: number): void
  now(): Progress
}

/** @param expected the steps that this guest is to reach */
export const progressReader = (expected: readonly Milestone[]): ProgressReader => {
  const reached: Partial<Record<Milestone, number>> = {}
  let text = ''
  const mark = (step: Milestone, atMs: number) => {
    reached[step] ??= atMs
  }
  return {
    mark,
    feed: (piece, atMs) => {
      const fresh = text.slice(-overlap) + piece
      text = (text + piece).slice(-maxBuffered)
      for (const step of consoleSteps) {
        if (expected.includes(step) && reached[step] === undefined && signs[step]?.test(fresh))
          mark(step, atMs)
      }
    },
    now: () => ({ reached: { ...reached }, text }),
  }
}
