/** Incremental parser that detects boot milestones in console output. Pure. */

/** In the order in which a guest usually reaches them. */
// biome-ignore format: one line each for the console, the probes from outside, the probes from inside
export const milestones = [
  'vmm', 'firmware', 'kernel', 'login', 'cloud-init',
  'ping', 'ssh',
  'user', 'host', 'name',
] as const
export type Milestone = (typeof milestones)[number]

/** Milestones that are detected in console output. */
const consoleMilestones: readonly Milestone[] = ['firmware', 'kernel', 'login', 'cloud-init']

const patterns: Partial<Record<Milestone, RegExp>> = {
  // The first output comes from the firmware; a kernel prints its version first.
  firmware: /\S/,
  kernel: /Linux version \d|^\[ *\d+\.\d{6}\] |EFI stub: /m,
  // agetty's prompt, "HOST login: ", or its message at an automatic login; not "Last login:".
  login: /^(?!Last )[\w.-]+ login: |\(automatic login\)/m,
  // cloud-init's final_message, its last action.
  'cloud-init': /Cloud-init v\. ?\S+ finished at .*Up [\d.]+ seconds/,
}

/** How far back a match may begin, in characters: output arrives in parts. cloud-init's line is the longest. */
const overlap = 400

/** How much of the console is kept, in characters: its end explains a failure. */
const maxBuffered = 256 * 1024

interface Progress {
  /** Milliseconds since the start, by milestone. */
  readonly reached: Partial<Record<Milestone, number>>
  /** The end of the console output, without control codes. */
  readonly text: string
}

export interface ProgressReader {
  /**
   * @param text output without control codes
   * @param atMs milliseconds since the start
   */
  feed(text: string, atMs: number): void
  /** Records a milestone that is not detected in console output. */
  mark(milestone: Milestone, atMs: number): void
  now(): Progress
}

/** @param expected the milestones that this guest can reach */
export const progressReader = (expected: readonly Milestone[]): ProgressReader => {
  const reached: Partial<Record<Milestone, number>> = {}
  let text = ''
  const mark = (milestone: Milestone, atMs: number) => {
    reached[milestone] ??= atMs
  }
  return {
    mark,
    feed: (part, atMs) => {
      const recent = text.slice(-overlap) + part
      text = (text + part).slice(-maxBuffered)
      for (const milestone of consoleMilestones) {
        if (reached[milestone] !== undefined || !expected.includes(milestone)) continue
        if (patterns[milestone]?.test(recent)) mark(milestone, atMs)
      }
    },
    now: () => ({ reached: { ...reached }, text }),
  }
}
