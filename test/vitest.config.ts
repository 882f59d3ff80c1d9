import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// What a test file needs is in its name: docs/testing.md has the table.
const needTools = 'test/**/*.tools.test.ts'
const needHost = 'test/**/*.real.test.ts'
const needDisposableHost = 'test/e2e/**/*.test.ts'

const cores = availableParallelism()
// These files wait for programs that they started as often as they compute.
const besideEachOther = { maxWorkers: cores + 1, sequence: { groupOrder: 1 } }

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    reporters: ['default', './test/summary-reporter.ts'],
    setupFiles: ['test/setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [needTools, needHost, needDisposableHost],
          isolate: false,
          // They only compute. They come first, since they fail first.
          maxWorkers: cores,
          testTimeout: 5_000,
          hookTimeout: 5_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'tools',
          include: [needTools],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...besideEachOther,
        },
      },
      {
        extends: true,
        // Real processes, servers and namespaces, on two cores that they share.
        test: {
          name: 'host',
          include: [needHost],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          ...besideEachOther,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [needDisposableHost],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          ...besideEachOther,
        },
      },
      {
        extends: true,
        test: {
          name: 'box',
          // Alone: an emulated processor that waits for its turn takes four times as long.
          include: ['test/box/short.box.ts'],
          testTimeout: 1_800_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
