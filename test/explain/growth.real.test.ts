/**
 * The work grows with the text, not faster: hostile lines of repeated pieces, ten times as long, must not
 * take a hundred times as long. Ratios of processor time are compared, never times.
 */
import { describe, expect, it } from 'vitest'
import { knowledge } from '../../src/explain/causes/registry.ts'
import { diagnose } from '../../src/explain/diagnose.ts'
import { compile, type Pattern, subjectOf } from '../../src/explain/patterns.ts'
import { signalLines } from '../../src/explain/signals.ts'
import { reasonWords } from '../../src/explain/unknown/reasons/reason-in-line.ts'
import { parts } from '../../src/explain/unknown/reasons/reason-of-part.ts'
import { terms } from '../../src/explain/unknown/terms/terms-in.ts'

const patterns = knowledge.flatMap(([, causes]) =>
  causes.flatMap((cause): readonly Pattern[] => [
    ...(cause.patterns ?? []),
    ...[...(cause.line ?? []), ...(cause.signal ? signalLines(cause.signal) : [])].map((line) => [line]),
  ]),
)

/** What a piece looks like at its start; the end of the last one is left out, so that nothing matches. */
const sample = (piece: Pattern[number]): string =>
  typeof piece === 'string'
    ? piece
    : typeof piece === 'number'
      ? `code: ${piece}`
      : piece.source
          .replace(/\(\?<\w+>|\(\?[:!=]|\\b|[\^$()]/g, '')
          .replace(/\\(.)/g, '$1')
          .replace(/\{\d+,\d*\}|[*+?]/g, '')

const hostile = (pattern: Pattern, length: number): string => {
  const piece = pattern.map(sample).join(' ').slice(0, -1)
  return (piece || 'a').repeat(Math.ceil(length / (piece.length || 1))).slice(0, length)
}

/** Microseconds of processor time, the least of some runs. */
const cost = (work: () => void): number => {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return user + system
  })
  return Math.min(...times)
}

/** Ten times the text is ten times the work; a square would be a hundred times. */
const maxRatio = 40
/** Below this a clock says nothing. */
const noise = 20_000

describe('a cause', () => {
  it('is searched in a time that grows with the text', () => {
    const slow = patterns.flatMap((pattern) => {
      const matcher = compile(pattern)
      const texts = [10_000, 100_000].map((length) => subjectOf(hostile(pattern, length)))
      const [short = 0, long = 0] = texts.map((subject) => cost(() => matcher(subject)))
      return long > noise && long > maxRatio * Math.max(short, 500)
        ? [`${pattern.join(' … ')}: ${short} ${long}`]
        : []
    })
    expect(slow).toEqual([])
  }, 120_000)
})

describe('the words of a line that is not known', () => {
  it('are searched in a time that grows with the text', () => {
    const expressions = [
      ...terms.map(([expression]) => expression),
      ...reasonWords.map(([expression]) => expression),
      ...parts.map(({ words }) => words),
    ]
    const slow = expressions.flatMap((expression) => {
      const [short = 0, long = 0] = [10_000, 100_000].map((length) => {
        const text = hostile([expression], length)
        return cost(() => expression.test(text))
      })
      return long > noise && long > maxRatio * Math.max(short, 500) ? [`${expression}: ${short} ${long}`] : []
    })
    expect(slow).toEqual([])
  }, 120_000)
})

describe('a text', () => {
  const lines: readonly (readonly [name: string, piece: string])[] = [
    ['levels in one line', 'Error booting VM › Cannot create virtio-net device › '],
    ['open brackets', 'VmBoot(DeviceManager(CreateVirtioNet('],
    ['quotation marks', 'msg="level=error "'],
    ['escaped quotation marks', '\\"["Error from API",'],
    ['prefixes', 'Nov 23 12:00:00 host unit[1]: '],
    ['paths', '/a/b/cloud-hypervisor --'],
    ['lists', '["Error from API","x",'],
    ['braces', '{"msg":"{'],
    ['parts of a configuration', '"net":[{"fd":[1],"mac":"x",'],
    ['flags', '--serial tty --disk path= '],
    ['words', 'cloud-hypervisor: 0.1s: <vmm> '],
    ['blanks', ' \t'],
    ['names of values', 'ErrErro'],
    ['backslashes', 'failed \\\\\\'],
    ['inner marks', 'failed Caused by: desc = message: "a", details: '],
    ['bytes', 'failed [1, 2, 3, 4, 5, 6, 7, '],
    ['frames of a kernel', '? fuse_dax_read_iter+0x41/'],
    ['frames of Go', 'github.com/a/b/c/d/'],
    ['frames of Python', 'File "/usr/lib/a/'],
    ['frames of Rust', '  14:     0x7f03909062c0 - <a::b::'],
    ['names in camel case', 'ApiSocketInUse'],
    ['fields of a command that failed', 'ProcessExecutionError: Command: Exit code: '],
  ]
  it.each(lines)(
    'of one line of %s',
    (_, piece) => {
      const [short = 0, long = 0] = [10_000, 100_000].map((length) => {
        const text = piece.repeat(Math.ceil(length / piece.length))
        return cost(() => diagnose(text))
      })
      // A line is cut, so that the longer one costs about the same.
      expect(long > noise && long > maxRatio * Math.max(short, 500)).toBe(false)
    },
    60_000,
  )
  it.each(lines)(
    'of many lines of %s',
    (_, piece) => {
      const [short = 0, long = 0] = [10_000, 100_000].map((length) => {
        const text = `${piece.repeat(4)}\n`.repeat(Math.ceil(length / piece.length / 4))
        return cost(() => diagnose(text))
      })
      expect(long > noise && long > maxRatio * Math.max(short, 500)).toBe(false)
    },
    60_000,
  )
  it('of many heads above a graver error', () => {
    const [short = 0, long = 0] = [1000, 10_000].map((count) => {
      const heads = 'ERROR a step of it:\n'.repeat(count)
      const text = `${heads}ERROR could not open /srv/x: Permission denied (os error 13)\n`
      return cost(() => diagnose(text))
    })
    expect(long > noise && long > maxRatio * Math.max(short, 500)).toBe(false)
  }, 60_000)
})
