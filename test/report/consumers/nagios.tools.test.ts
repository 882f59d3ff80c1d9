/**
 * The plugin's line, read by the rules of https://www.monitoring-plugins.org/doc/guidelines.html: exit codes,
 * one line of text, performance data 'label'=value[UOM];[warn];[crit];[min];[max].
 */
import { describe, expect, it } from 'vitest'
import { runCli } from '../../helpers/run-cli.ts'
import { documents } from './documents.ts'

const states = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']
const number = String.raw`-?[0-9]+(?:\.[0-9]+)?`
const range = `@?(?:(?:~|${number})?:)?(?:${number})?`
const datum = new RegExp(
  `^(?<label>[^'= ]+|'[^'=]+')=(?<value>${number})(?<unit>[um]?s|%|[KMGT]?B|c)?(?:;(${range}))?(?:;(${range}))?(?:;(${number})?)?(?:;(${number})?)?$`,
)

/** Naemon and Nagios read this much of a line. */
const maxBytes = 8192

describe('nagios', () => {
  it('is a line by the plugin guidelines', async () => {
    for (const [of, text] of Object.entries(await documents('nagios'))) {
      const [line = '', ...rest] = text.split('\n')
      expect([of, rest]).toEqual([of, ['']])
      expect(Buffer.byteLength(line)).toBeLessThan(maxBytes)
      const [shown = '', data = '', ...bars] = line.split('|')
      expect(bars).toEqual([])
      expect(shown).toMatch(new RegExp(`^CHV-DOCTOR (${states.join('|')}) - \\S`))
      const labels = data
        .trim()
        .split(' ')
        .map((one) => datum.exec(one)?.groups?.label)
      expect([of, labels]).toEqual([of, ['failed', 'unknown', 'warnings', 'ok', 'time']])
    }
  })

  it('has thresholds that agree with the state', async () => {
    const { 'hostile texts': text = '' } = await documents('nagios')
    // More than 0 failed is critical, more than 0 warnings is a warning.
    expect(text).toMatch(/ failed=1;;0;0;5 .*warnings=1;0;;0;5 /)
  })

  it('exits as its consumers expect', async () => {
    const { stdout, code } = await runCli(['check', '--format', 'nagios'])
    expect(code).toBe(states.indexOf(/^CHV-DOCTOR ([A-Z]+) - /.exec(stdout)?.[1] ?? ''))
  })
})
