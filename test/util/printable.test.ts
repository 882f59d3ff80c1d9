import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createOutput } from '../../src/cli/output.ts'
import { painter } from '../../src/report/layout.ts'
import { hasHidden, jsonText, terminalText, visible, visibleLine } from '../../src/util/printable.ts'
import { quoteWord } from '../../src/util/quote.ts'
import { because, missing } from '../helpers/needs.ts'

describe('visible', () => {
  it.each([
    ['\x1b[2J', '␛[2J'],
    ['\x9b2J', '\\u{9b}2J'],
    ['a\rb', 'a␍b'],
    ['\x7f', '␡'],
    ['\0', '␀'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['a\u2066b\u2069', 'a\\u{2066}b\\u{2069}'],
    ['a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['half \ud800', 'half \\u{d800}'],
    ['\u3164', '\\u{3164}'],
    ['line\n\ttab, Ünïcödé, 漢字, 👍', 'line\n\ttab, Ünïcödé, 漢字, 👍'],
  ])('%j is %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
    expect(terminalText(text)).toBe(shown)
  })

  it('shows line feeds and tabs too where there is one line', () => {
    expect(visibleLine('a\n\tb')).toBe('a␊␉b')
    expect([hasHidden('a\nb'), hasHidden('a b')]).toEqual([true, false])
  })

  it('leaves no character of Unicode that is a control or a format but line feed and tab', () => {
    const left = Array.from({ length: 0x30000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((char) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(visible(char)))
    expect(left).toEqual(['\t', '\n'])
  })
})

describe('our own colours', () => {
  it('are escape sequences once printed, and data cannot make any', () => {
    const paint = painter(true)
    expect(terminalText(paint('bad', 'x'))).toBe('\x1b[31mx\x1b[39m')
    expect(terminalText(paint('bad', '\x1b[32mgood\x1b[39m'))).toBe('\x1b[31m␛[32mgood␛[39m\x1b[39m')
    expect(terminalText('\uf8ff31mx')).toBe('\uf8ff31mx')
  })

  it('reach both streams, and nothing else does', () => {
    const written: string[] = []
    const writer = { write: (text: string) => written.push(text) }
    const out = createOutput(
      () => writer,
      () => writer,
      false,
    )
    out.result('\x1b]0;title\x07')
    out.say(`${painter(true)('good', 'ok')} \x1b[1A`)
    expect(written).toEqual(['␛]0;title␇', '\x1b[32mok\x1b[39m ␛[1A\n'])
  })
})

describe('jsonText', () => {
  it('is the same data without a character that a terminal obeys', () => {
    const value = { 'k\u202ey': ['\x1b[2J', '\x9b', '\u2028', '\u{e0041}', 'ü\n'], n: 1 }
    const text = jsonText(value)
    expect(JSON.parse(text)).toEqual(value)
    expect(visible(text)).toBe(text)
    expect(text.endsWith('\n')).toBe(true)
  })
})

const whyNoBash = missing('bash')

describe.skipIf(whyNoBash)(`quoteWord${because(whyNoBash)}`, () => {
  it.each(['a\x1b[2Jb', "it's \x07 \\ü", 'line\nfeed', '\u202e/bin/sh', '\x9b31m', '$(id)\x1b`id`'])(
    '%j reads back unchanged and is visible',
    (word) => {
      const quoted = quoteWord(word)
      expect(visibleLine(quoted)).toBe(quoted)
      const { stdout } = spawnSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })
      expect(stdout).toBe(word)
    },
  )
})
