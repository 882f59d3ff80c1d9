/** What happened when: one line a step, on standard error while it runs and in a file afterwards. */
import { appendFileSync } from 'node:fs'

export interface Timeline {
  /** Runs one step and notes how long it took and whether it succeeded. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Seconds since the beginning. */
  seconds(): number
}

/** @param file gets a line for each step as it ends */
export const startTimeline = (file: string): Timeline => {
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  return {
    seconds,
    step: async (name, work) => {
      const from = seconds()
      let how = 'FAILED'
      try {
        const result = await work()
        how = ''
        return result
      } finally {
        const line = `${seconds().toFixed(1).padStart(7)} s  ${`+${(seconds() - from).toFixed(1)}`.padStart(7)} s  ${name}${how && `  ${how}`}\n`
        appendFileSync(file, line)
        process.stderr.write(line)
      }
    },
  }
}
