/** What a live list shows: no tick for what was not done, and no more work than changes are worth. */
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runTasks, type Task, type TaskView } from '../../src/engine/tasks.ts'

const written: string[] = []
beforeEach(() => {
  written.length = 0
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** The rows of a terminal that obeys what a list writes: line feed, CUU, EL and ED. */
const rows = () => {
  const screen: string[] = []
  let row = 0
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is written
  for (const [token] of written.join('').matchAll(/\n|\x1b\[\d*[AJK]|(?:(?!\n|\x1b\[\d*[AJK])[\s\S])+/g)) {
    if (token === '\n') row++
    else if (token.startsWith('\x1b[') && token.endsWith('A')) row -= Number(token.slice(2, -1))
    else if (token === '\x1b[2K') screen[row] = ''
    else if (token === '\x1b[J') screen.length = Math.min(screen.length, row)
    else screen[row] = (screen[row] ?? '') + token.replace('\x1b[?25l', '').replace('\x1b[?25h', '')
  }
  return screen.filter((line) => line !== '')
}

const run = (live: { color: boolean; ascii: boolean }) =>
  runTasks({
    concurrent: true,
    live,
    transient: false,
    tasks: [
      { title: 'done', run: async () => {} },
      { title: 'broken', run: async () => Promise.reject(new Error('it is\nin two parts')) },
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
      {
        title: 'artifacts',
        tasks: [
          { title: 'e', run: async () => Promise.reject(new Error('missing')) },
          { title: 'f', run: async (view) => view.mark('warn', 'f (warning)') },
        ],
      },
    ],
  })

it('ticks only what succeeded, also among groups', async () => {
  await run({ color: false, ascii: false })
  expect(rows()).toEqual([
    '✓ done',
    '✗ broken',
    '  › it is',
    '    in two parts',
    '! slow (warning)',
    '? unseen (unknown)',
    '– proof',
    '  – a (skipped)',
    '  – b (skipped)',
    '✓ tools',
    '  ✓ c',
    '  – d (skipped)',
    '✗ artifacts',
    '  ✗ e',
    '    › missing',
    '  ! f (warning)',
  ])
})

it('does so in ASCII, and in colour', async () => {
  await run({ color: true, ascii: true })
  expect(rows()).toEqual([
    '\x1b[32m+\x1b[39m done',
    '\x1b[31mx\x1b[39m broken',
    '  > it is',
    '    in two parts',
    '\x1b[33m!\x1b[39m slow (warning)',
    '\x1b[35m?\x1b[39m unseen (unknown)',
    '\x1b[2m-\x1b[22m proof',
    '  \x1b[2m-\x1b[22m a (skipped)',
    '  \x1b[2m-\x1b[22m b (skipped)',
    '\x1b[32m+\x1b[39m tools',
    '  \x1b[32m+\x1b[39m c',
    '  \x1b[2m-\x1b[22m d (skipped)',
    '\x1b[31mx\x1b[39m artifacts',
    '  \x1b[31mx\x1b[39m e',
    '    > missing',
    '  \x1b[33m!\x1b[39m f (warning)',
  ])
})

/** A task that goes on until it is told to end. */
const open = () => {
  let view: TaskView | undefined
  let end = () => {}
  const task = (title: string): Task => ({
    title,
    run: (shown) => {
      view = shown
      return new Promise((resolve) => {
        end = resolve
      })
    },
  })
  return { task, show: (text: string) => view?.output(text), end: () => end() }
}

const live = { color: false, ascii: false }

it('draws a few times a second, however much there is to show, and only the lines that changed', async () => {
  vi.useFakeTimers()
  const busy = open()
  const idle: Task[] = Array.from({ length: 15 }, (_, index) => ({
    title: `idle ${index}`,
    run: async () => {},
  }))
  const shown = runTasks({ tasks: [...idle, busy.task('busy')], concurrent: true, live, transient: false })
  await vi.advanceTimersByTimeAsync(1000)
  written.length = 0
  for (let part = 0; part < 10_000; part++) {
    busy.show(`part ${part}`)
    if (part % 1000 === 999) await vi.advanceTimersByTimeAsync(100)
  }
  expect(written.length).toBeGreaterThan(1)
  expect(written.length).toBeLessThanOrEqual(6)
  expect(written.at(-1)).toContain('part 9999')
  expect(written.join('')).not.toContain('idle')
  busy.end()
  await shown
})

it('leaves no trace where a report follows, and shows the cursor again', async () => {
  vi.useFakeTimers()
  const one = open()
  const shown = runTasks({ tasks: [one.task('one')], concurrent: true, live, transient: true })
  await vi.advanceTimersByTimeAsync(500)
  expect(rows()).toEqual(['⠹ one'])
  one.end()
  await shown
  expect(rows()).toEqual([])
  expect(written.at(-1)).toBe('\x1b[?25h')
})

it('keeps each line within a narrow terminal, and the whole within a low one', async () => {
  vi.useFakeTimers()
  vi.spyOn(process, 'stderr', 'get').mockReturnValue(
    Object.assign(Object.create(process.stderr), { columns: 20, rows: 4 }),
  )
  const one = open()
  const titles = ['一二三四五六七八九十', 'a title of more columns', 'c', 'd']
  const after = open()
  const tasks = [
    ...titles.map((title): Task => ({ title, run: async () => {} })),
    one.task('end\x1b[2J'),
    after.task('later'),
  ]
  const shown = runTasks({ tasks, concurrent: false, live, transient: false })
  await vi.advanceTimersByTimeAsync(500)
  // What runs is seen, not what waits.
  expect(rows().map((row) => stripVTControlCharacters(row))).toEqual(['✓ c', '✓ d', '⠹ end␛[2J'])
  one.end()
  await vi.advanceTimersByTimeAsync(500)
  after.end()
  await shown
  expect(rows()).toEqual(['✓ 一二三四五六七…', '✓ a title of more…', '✓ c', '✓ d', '✓ end␛[2J', '✓ later'])
})

it('shows what waits for others as not begun', async () => {
  vi.useFakeTimers()
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const waiting: Task = { title: 'later', run: (view) => view.wait(begun) }
  const shown = runTasks({ tasks: [waiting], concurrent: true, live, transient: false })
  await vi.advanceTimersByTimeAsync(500)
  expect(rows()).toEqual(['◼ later'])
  begin()
  await shown
  expect(rows()).toEqual(['✓ later'])
})

it('draws over lines that a narrower terminal has wrapped', async () => {
  vi.useFakeTimers()
  const terminal = Object.assign(Object.create(process.stderr), { columns: 40, rows: 24 })
  vi.spyOn(process, 'stderr', 'get').mockReturnValue(terminal)
  const one = open()
  const shown = runTasks({ tasks: [one.task('t'.repeat(30))], concurrent: true, live, transient: false })
  await vi.advanceTimersByTimeAsync(500)
  written.length = 0
  terminal.columns = 12
  await vi.advanceTimersByTimeAsync(250)
  // 32 columns were three rows of 12.
  expect(written.join('').startsWith('\x1b[3A\x1b[J')).toBe(true)
  expect(written.join('').endsWith(` ${'t'.repeat(7)}…\n`)).toBe(true)
  one.end()
  await shown
})
