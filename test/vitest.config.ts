import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    // Real tools and real servers: slower than units, and two cores are enough for them.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
})
