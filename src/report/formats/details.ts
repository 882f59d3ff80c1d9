import type { Result } from '../../contract/report.ts'

/** The command that repairs a finding; null where no fix does. */
export const fixCommand = ({ id, fix, status }: Result): string | null =>
  fix && status !== 'unknown' ? `chv-doctor fix ${id}` : null

/** What else a result says, a line each, "label: text"; nothing for what is in order. */
export const details = (result: Result): readonly string[] => {
  const { code, path, expected, blockedBy, hint, status } = result
  if (status === 'ok') return []
  const command = fixCommand(result)
  return [
    ...(code === undefined ? [] : [`code: ${code}`]),
    ...(path === undefined ? [] : [`path: ${path}`]),
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(blockedBy === undefined ? [] : [`blocked by: ${blockedBy}`]),
    ...(command === null ? [] : [`fix: ${command}`]),
    ...(hint === undefined ? [] : [`do: ${hint}`]),
    ...(status === 'skip' ? [] : [`more: chv-doctor explain ${result.id}`]),
  ]
}
