import { describe, expect, it } from 'vitest'
import type { Step } from '../../src/contract/step.ts'
import type { PlannedFix } from '../../src/engine/plan.ts'
import { choiceTexts, questionText } from '../../src/report/choice-text.ts'
import { pageFor } from '../../src/report/layout.ts'

const fix = (id: string, title: string, steps: readonly Step[], checks = ['kvm']): PlannedFix => ({
  ...{ id, title, checks, needed: true, steps },
})
const run: Step = {
  kind: 'run',
  argv: ['modprobe', 'kvm'],
  root: true,
  why: 'load it',
  undo: [['rmmod', 'kvm']],
}
const download = (bytes: number | null): Step => ({
  ...{ kind: 'download', url: 'https://x.test/x', path: '/x', proof: { by: 'nothing' }, bytes },
  ...{ mode: 0o644, why: 'fetch it' },
})
const page = pageFor({ color: false, width: 80 })

describe('the question', () => {
  it('says how many fixes need root, and how much is downloaded', () => {
    const plan = [fix('a', 'A', [run]), fix('b', 'B', [download(2 ** 20)]), fix('c', 'C', [download(null)])]
    expect(questionText(plan)).toBe(
      'Which fixes should be applied? (1 of 3 needs root; download: 1.0 MiB or more)',
    )
    expect(questionText([fix('c', 'C', [download(null)])])).toContain('(download: size not known)')
    expect(questionText([fix('d', 'D', [])])).toBe('Which fixes should be applied?')
  })
})

describe('a choice', () => {
  it('is one line: what it does, what for, root and bytes', () => {
    expect(choiceTexts(fix('load-kvm', 'Load the KVM module', [run, download(5_400_000)]), page)).toEqual({
      name: 'Load the KVM module (kvm)                           root  5.1 MiB',
      short: 'load-kvm',
      description: 'load-kvm for kvm · can be undone',
    })
  })
  it('stays one line, whatever the title', () => {
    const long = fix('x', '内存'.repeat(40), [download(null)], ['a', 'b', 'c'])
    expect(choiceTexts(long, page).name.length).toBeLessThan(75)
    const words = fix('x', 'word '.repeat(40).trim(), [run], ['some-check'])
    expect(choiceTexts(words, page).name).toMatch(/^(word ){9,10} +root$/)
  })
})
