/** Reports whose every text tries to become markup, code or control. */
import type { Report, Result } from '../../src/contract/report.ts'
import { reportOf } from './report.ts'

const texts = [
  '<script>window.hacked = 1</script>',
  '"><img src=x onerror="window.hacked = 1">',
  "' onmouseover='window.hacked = 1",
  '</title></style></script><script>window.hacked = 1</script>',
  '<svg/onload=window.hacked=1>',
  '<!-- ',
  '&lt;script&gt;window.hacked = 1&lt;/script&gt;',
  'a|b `c` [d](javascript:window.hacked=1) # e * f',
  '\u001b[2J\u202egpj.exe\u0000',
  'https://example.org/x.png <link rel=stylesheet href=https://example.org/x.css>',
  '<meta http-equiv="refresh" content="0;url=https://example.org/">',
] as const

/** @returns one report for each text, with the text wherever a report has room for one */
export const hostileReports = (): readonly Report[] =>
  texts.map((text, index) => {
    const results: readonly Result[] = (['fail', 'warn', 'unknown'] as const).map((status) => ({
      id: `check-${status}`,
      title: text,
      group: text,
      status,
      code: `check-${status}/bad`,
      found: text,
      reason: text,
      expected: text,
      hint: text,
      path: text,
      durationMs: 1,
    }))
    return reportOf(results, {
      version: text,
      host: `${text} ${index}`,
      profile: { boot: 'firmware', network: 'tap', image: 'x' },
      exitCode: 1,
    })
  })
