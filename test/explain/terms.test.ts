/** Of the words of a line that is not known: what they stand for, and that none of it is out of reach. */
import { describe, expect, it } from 'vitest'
import { withWordsOfNames } from '../../src/explain/unknown/reasons/camel-case.ts'
import { maxTerms, terms, termsIn } from '../../src/explain/unknown/terms/terms-in.ts'
import { termExamples } from './term-examples.ts'

const sentences = terms.map(([, sentence]) => sentence)

describe('the words of a line', () => {
  it.each(termExamples)('%s', (line, says) => {
    expect(termsIn(line)).toContain(says)
  })
  it('say nothing where none is known', () => {
    expect(termsIn('the frobnicator is out of widgets')).toBe('')
  })
  it.each([
    ['of a test run', 'test vm::tests::boots ... FAILED'],
    ['of a list of interfaces', '3: eth0: <BROADCAST,UP> mtu 1500 qdisc fq_codel state UP'],
    ['of a container', 'time="x" level=info msg="shim disconnected" id=1f2e'],
    ['of an image', 'nginx@sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
    ['of a number', 'allocated 0x80 of 0x7b entries'],
    ['of an allocation', 'memory allocation of 4096 bytes failed'],
    ['of a web server', 'default gateway is set'],
    ['of tests that pass', '12 tests pass'],
    ['of a list of processes', 'root 540503 0.0 0.0 10497644 4020 ? Ssl 23:36 0:00 /usr/bin/vmm'],
    ['of the CPUs of a VM', '2: Error from CPU manager'],
    ['of a debugger', '(gdb) bt'],
    ['of a key', 'ED25519 key fingerprint is SHA256:Qd3x'],
    ['of a migration', 'a seamless upgrade is done'],
    ['of a shell', 'zsh: no matches found, match: none'],
    ['of a file of settings', '{"mtu":null,"features":{"amx":false}}'],
    ['of a kernel that stopped itself', 'invalid opcode: 0000 [#1] SMP PTI'],
    ['of a lock file', 'the lock file needs to be updated but --locked was passed'],
  ])('stand for nothing in an ordinary line %s', (_, line) => {
    expect(termsIn(line)).toBe('')
  })
})

describe('every term', () => {
  it.each(terms.map(([expression, sentence]) => [sentence.slice(0, 60), expression, sentence] as const))(
    'has an example: %s',
    (_, expression, sentence) => {
      const own = termExamples.filter(
        ([line, says]) => expression.test(withWordsOfNames(line)) && sentence.includes(says),
      )
      expect(own).not.toEqual([])
    },
  )
  it.each(sentences)('is a sentence of a fair length: %s', (sentence) => {
    expect(sentence.endsWith('.')).toBe(true)
    expect(sentence.length).toBeLessThanOrEqual(480)
  })
  it('says something of its own', () => {
    expect(new Set(sentences).size).toBe(sentences.length)
  })
  it('is found by a piece that no other one has', () => {
    const shared = termExamples.filter(
      ([, says]) => sentences.filter((sentence) => sentence.includes(says)).length !== 1,
    )
    expect(shared).toEqual([])
  })
})

describe('a line with many words', () => {
  const words = termExamples
    .slice(0, 40)
    .map(([line]) => line)
    .join(' ')
  const found = sentences.filter((sentence) => termsIn(words).includes(sentence))
  it('is told by two of them at most', () => {
    expect(maxTerms).toBe(2)
    expect(found).toHaveLength(2)
  })
  it('is told by the two that stand first', () => {
    const matching = terms.filter(([expression]) => expression.test(withWordsOfNames(words)))
    expect(found).toEqual(matching.slice(0, 2).map(([, sentence]) => sentence))
  })
  it('takes a time that grows with its length alone', () => {
    const long = `${'error failed dev linker job lib a_b '.repeat(400)}${'x'.repeat(20_000)}`
    const start = performance.now()
    for (const [expression] of terms) expression.test(long)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
