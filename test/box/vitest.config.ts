import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/box/*.box.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    // One machine at a time: each keeps two cores busy.
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
  },
})
