/** What a live list shows at its end: no tick for what was not done. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const written: string[] = []
beforeEach(() => {
  vi.stubEnv('LISTR_FORCE_TTY', '1')
  written.length = 0
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const lastLines = () =>
  (written.findLast((text) => text.includes('done')) ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const run = async (live: { color: boolean; ascii: boolean }) => {
  const { runTasks } = await import('../../src/engine/tasks.ts')
  await runTasks({
    concurrent: true,
    live,
    transient: false,
    tasks: [
      { title: 'done', run: async () => {} },
      { title: 'broken', run: async () => Promise.reject(new Error('broken')) },
      { title: 'slow', run: async (view) => view.mark('warn', 'slow (warning)') },
      { title: 'unseen', run: async (view) => view.mark('unknown', 'unseen (unknown)') },
      { title: 'not begun', run: async (view) => view.hide() },
      {
        title: 'proof',
        tasks: [
          { title: 'a', run: async (view) => view.mark('skip', 'a (skipped)') },
          { title: 'b', run: async (view) => view.mark('skip', 'b (skipped)') },
        ],
      },
      {
        title: 'tools',
        tasks: [
          { title: 'c', run: async () => {} },
          { title: 'd', run: async (view) => view.mark('skip', 'd (skipped)') },
        ],
      },
    ],
  })
}

it('ticks only what succeeded, also among groups', async () => {
  await run({ color: false, ascii: false })
  expect(lastLines()).toEqual([
    '✓ done',
    '✗ broken',
    '! slow (warning)',
    '? unseen (unknown)',
    '– proof',
    '– a (skipped)',
    '– b (skipped)',
    '✓ tools',
    '✓ c',
    '– d (skipped)',
  ])
})

it('does so in ASCII, and in colour', async () => {
  await run({ color: true, ascii: true })
  expect(lastLines()).toEqual([
    '\x1b[32m+\x1b[39m done',
    '\x1b[31mx\x1b[39m broken',
    '\x1b[33m!\x1b[39m slow (warning)',
    '\x1b[35m?\x1b[39m unseen (unknown)',
    '\x1b[2m-\x1b[22m proof',
    '\x1b[2m-\x1b[22m a (skipped)',
    '\x1b[2m-\x1b[22m b (skipped)',
    '\x1b[32m+\x1b[39m tools',
    '\x1b[32m+\x1b[39m c',
    '\x1b[2m-\x1b[22m d (skipped)',
  ])
})
