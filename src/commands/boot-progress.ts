/** Shows the milestones of a boot while they are waited for, one task each. */
import { lastLines } from '../boot/console-text.ts'
import type { Milestone } from '../boot/milestones.ts'
import type { Live } from '../cli/terminal.ts'
import { runTasks, type Task, type TaskView } from '../engine/tasks.ts'
import { milestoneLine, milestoneNames } from '../report/boot-text.ts'

/** A boot prints faster than a terminal has to be redrawn. */
const drawMs = 100

/**
 * A task succeeds when its milestone is reached, and fails when the wait is over. The last line of the
 * console stands below the first task that is unfinished.
 * @param live whether tasks are drawn on a terminal
 */
export const showMilestones = (expected: readonly Milestone[], live: Live | false) => {
  const all: readonly (Milestone | 'off')[] = [...expected, 'off']
  const waiting = new Map<Milestone | 'off', (atMs: number | null) => void>()
  const views = new Map<Milestone | 'off', TaskView>()
  let drawnAt = 0
  const tasks = all.map((milestone): Task => {
    const reached = new Promise<number | null>((resolve) => {
      waiting.set(milestone, resolve)
    })
    return {
      title: milestoneNames[milestone],
      run: async (view) => {
        if (waiting.has(milestone)) views.set(milestone, view)
        const atMs = await reached
        if (atMs === null) throw new Error('not seen')
        view.title(milestoneLine(milestone, atMs))
      },
    }
  })
  const shown = runTasks({ tasks, concurrent: true, live, transient: true })
  /** @param atMs null: the milestone was not reached */
  const settle = (milestone: Milestone | 'off', atMs: number | null) => {
    // A finished task takes no more output.
    views.delete(milestone)
    waiting.get(milestone)?.(atMs)
    waiting.delete(milestone)
  }
  return {
    onMilestone: settle,
    onOutput: (text: string) => {
      const [line] = lastLines(text, 1)
      const now = performance.now()
      if (line === undefined || now - drawnAt < drawMs) return
      drawnAt = now
      const first = all.find((milestone) => views.has(milestone))
      if (first) views.get(first)?.output(line)
    },
    end: async () => {
      for (const milestone of all) settle(milestone, null)
      await shown
    },
  }
}
