/** The steps of a boot while they are waited for: one line of work each. */
import { lastLines } from '../boot/console-text.ts'
import type { Milestone } from '../boot/milestones.ts'
import { runTasks, type Task, type TaskView } from '../engine/tasks.ts'
import { stepLine, stepNames } from '../report/boot-text.ts'

/** A boot prints faster than anybody reads, and each drawing costs. */
const drawMs = 100

/**
 * One line of work per step; each ends when its step is reached, or fails when the wait is over. The
 * last word of the guest stands below the first that is still waited for.
 */
export const showSteps = (expected: readonly Milestone[], live: boolean) => {
  const steps: readonly (Milestone | 'off')[] = [...expected, 'off']
  const waiting = new Map<Milestone | 'off', (atMs: number | null) => void>()
  const views = new Map<Milestone | 'off', TaskView>()
  let drawnAt = 0
  const tasks = steps.map((step): Task => {
    const reached = new Promise<number | null>((resolve) => {
      waiting.set(step, resolve)
    })
    return {
      title: stepNames[step],
      run: async (view) => {
        if (waiting.has(step)) views.set(step, view)
        const atMs = await reached
        if (atMs === null) throw new Error('not seen')
        view.title(stepLine(step, atMs))
      },
    }
  })
  const shown = runTasks({ tasks, concurrent: true, live, transient: true })
  /** A finished line takes no more output. */
  const settle = (step: Milestone | 'off', atMs: number | null) => {
    views.delete(step)
    waiting.get(step)?.(atMs)
    waiting.delete(step)
  }
  return {
    reached: settle,
    heard: (text: string) => {
      const [line] = lastLines(text, 1)
      const now = performance.now()
      if (line === undefined || now - drawnAt < drawMs) return
      drawnAt = now
      const first = steps.find((step) => views.has(step))
      if (first) views.get(first)?.output(line)
    },
    end: async () => {
      for (const step of steps) settle(step, null)
      await shown
    },
  }
}
