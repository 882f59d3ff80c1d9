import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** The reason that a skipped test gives: as the note of `skip(note)`, or at the end of a title (`because`). */
const reasonOf = (test: TestCase): string | undefined => {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return note ?? /\(skipped: (.+?)\)(?= > |$)/.exec(test.fullName)?.[1]
}

/**
 * Ends the run with the reasons of what was skipped, and one plain line that any CI system can read. A test
 * that was skipped without a reason counts as failed, unless only a part of the tests was asked for.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    const skipped = new Map<string, number>()
    let silent = 0
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        count[state]++
        if (state !== 'skipped' || module.state() === 'failed') continue
        const reason = reasonOf(test)
        if (reason === undefined && !module.project.globalConfig.testNamePattern) silent++
        const line = `${module.relativeModuleId}: ${reason ?? 'NO REASON GIVEN'}`
        skipped.set(line, (skipped.get(line) ?? 0) + 1)
      }
    }
    const broken = modules.filter(
      (module) => module.state() === 'failed' && module.children.allTests().next().done,
    ).length
    if (silent > 0) process.exitCode = 1
    const lines = [...skipped].map(([line, times]) => `  ${times} in ${line}\n`).sort()
    process.stdout.write(
      `${lines.length > 0 ? `\nSkipped:\n${lines.join('')}` : ''}\n${count.passed} passed, ${count.failed + broken + silent} failed, ${count.skipped} skipped\n`,
    )
  }
}
