import { defineConfig } from 'vitest/config'
import { ample } from './patience.ts'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/box/*.box.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    // One machine at a time: each keeps two cores busy.
    fileParallelism: false,
    testTimeout: ample(1800) * 1000,
    hookTimeout: ample(600) * 1000,
  },
})
