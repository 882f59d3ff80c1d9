import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    reporters: ['default', './test/summary-reporter.ts'],
    // Real tools and real servers: slower than units, and two cores are enough for them.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'host', include: ['test/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'box',
          include: ['test/box/short.box.ts'],
          testTimeout: 1_800_000,
          // An emulated machine keeps both cores busy: it starts when everything else is done.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
