import { defineConfig } from 'vitest/config'

/** The measurements alone, all of them: `npm run test:trust`. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/trust/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 1_200_000,
    // Two cores: one that plants faults, one that fuzzes.
    maxWorkers: 2,
    maxConcurrency: 2,
  },
})
