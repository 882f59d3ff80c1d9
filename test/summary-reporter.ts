import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that any CI system can read. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) for (const test of module.children.allTests()) count[test.result().state]++
    const broken = modules.filter(
      (module) => module.state() === 'failed' && module.children.allTests().next().done,
    ).length
    process.stdout.write(
      `\n${count.passed} passed, ${count.failed + broken} failed, ${count.skipped} skipped\n`,
    )
  }
}
