/** Decides when jobs begin: each when those that it waits for have ended, one of each lane at a time. */

export interface Job {
  readonly waits: readonly { readonly node: number }[]
  readonly lane: string | null
}

export interface Schedule {
  /** Resolves when the job may begin. Where several could, the first in the list does. */
  begin(index: number): Promise<void>
  /** Call however the job ended. */
  end(index: number): void
}

export const makeSchedule = (jobs: readonly Job[]): Schedule => {
  const ended = new Set<number>()
  const busy = new Set<string>()
  const waiting = new Map<number, () => void>()
  const next = () => {
    for (const [index, { waits, lane }] of jobs.entries()) {
      const begin = waiting.get(index)
      if (!begin || waits.some(({ node }) => !ended.has(node)) || (lane !== null && busy.has(lane))) continue
      if (lane !== null) busy.add(lane)
      waiting.delete(index)
      begin()
    }
  }
  return {
    begin: (index) =>
      new Promise((resolve) => {
        waiting.set(index, resolve)
        next()
      }),
    end: (index) => {
      ended.add(index)
      const lane = jobs[index]?.lane
      if (lane) busy.delete(lane)
      next()
    },
  }
}
