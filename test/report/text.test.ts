import { describe, expect, it } from 'vitest'
import type { Result } from '../../src/contract/report.ts'
import { wrapCommand } from '../../src/report/layout.ts'
import { renderText } from '../../src/report/text.ts'
import { terminalText } from '../../src/util/printable.ts'
import { reportOf } from '../helpers/report.ts'

const base = { title: 't', durationMs: 12.4 }
const results: Result[] = [
  { ...base, id: 'kvm', group: 'host', status: 'ok', found: 'API 12; a machine and a CPU were created' },
  {
    ...base,
    id: 'kernel-build-tools',
    group: 'tools',
    status: 'fail',
    found: 'a finding that is a good deal longer than one line of a terminal has room for',
    expected: 'something else that is just as long and has to be wrapped as well, into its own column',
    path: '/home/sky/.local/share/chv-doctor/resolute.raw',
    fix: { id: 'fetch-image', args: {} },
  },
  {
    ...base,
    id: 'memory',
    group: 'host',
    status: 'warn',
    found: 'little',
    expected: 'more',
    hint: 'buy some',
  },
  { ...base, id: 'tun', group: 'host', status: 'unknown', reason: 'no answer within 10 s' },
  {
    ...base,
    id: 'tap-address',
    group: 'network',
    status: 'skip',
    reason: 'blocked by tun',
    blockedBy: 'tun',
  },
]
const report = reportOf(results)

describe('renderText', () => {
  it('is complete without colour', () => {
    expect(
      renderText(report, { color: false, width: 80, detail: 'all', advice: true }),
    ).toMatchInlineSnapshot(`
      "chv-doctor 1.2.3: firmware boot, network tap, image resolute

      host
        ok      kvm                 API 12; a machine and a CPU were created     12 ms
        warn    memory              little                                       12 ms
                                    expected  more
                                    do        buy some
        unknown tun                 no answer within 10 s                        12 ms

      tools
        FAIL    kernel-build-tools  a finding that is a good deal longer than    12 ms
                                    one line of a terminal has room for
                                    /home/sky/.local/share/chv-doctor/resolute.raw
                                    expected  something else that is just as long and
                                              has to be wrapped as well, into its own
                                              column
                                    fix       chv-doctor fix kernel-build-tools

      network
        skip    tap-address         blocked by tun                               12 ms

      1 failed, 1 unknown, 1 warning, 1 ok, 1 skipped in 40 ms
      Next: \`chv-doctor fix\` shows what it would change, and asks before it does.
      "
    `)
  })
  it.each([60, 72, 80, 100, 200])('fits %d columns', (columns) => {
    const text = renderText(report, { color: false, width: columns, detail: 'all', advice: true })
    for (const line of text.split('\n'))
      if (!line.includes('/home/')) expect(line.length, line).toBeLessThanOrEqual(columns)
  })
  it('says the same with colour', () => {
    const coloured = terminalText(renderText(report, { color: true, width: 80, detail: 'all', advice: true }))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    expect(coloured.replaceAll(/\x1b\[\d+m/g, '')).toBe(
      renderText(report, { color: false, width: 80, detail: 'all', advice: true }),
    )
    expect(coloured).toContain('\x1b[31mFAIL')
  })
  it('gives the boot command in a form that can be pasted', () => {
    const bootCommand = [
      '/opt/my vm/cloud-hypervisor',
      '--firmware',
      '/a',
      '--disk',
      'path=/b,image_type=raw',
      'path=/c',
      '--cpus',
      'boot=2',
    ]
    const text = renderText(
      { ...report, bootCommand },
      { color: false, width: 60, detail: 'all', advice: true },
    )
    const pasted = text
      .slice(text.indexOf('\n', text.indexOf('Start the guest:')) + 1)
      .replaceAll('\\\n', ' ')
    expect(pasted.trim().split(/ +(?![^']*' )/)).toEqual([
      "'/opt/my vm/cloud-hypervisor'",
      ...bootCommand.slice(1),
    ])
  })
})

it('wrapCommand loses no word and ends every line but the last in a backslash', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`)
  const lines = wrapCommand(words, 40, '  ')
  expect(lines.slice(0, -1).every((line) => line.endsWith(' \\') && line.length <= 40)).toBe(true)
  expect(lines.join(' ').replaceAll('\\', '').split(/\s+/).filter(Boolean)).toEqual(words)
})
