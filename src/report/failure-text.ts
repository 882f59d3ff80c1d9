/** Why a guest failed, for people: what happened, why, and what to do. */
import type { BootCause } from '../boot/outcome.ts'
import { type Paint, wrap } from './layout.ts'

const labelled = (label: string, text: string, columns: number, paint: Paint): string[] =>
  wrap(text, columns - 8).map(
    (line, index) => `  ${paint('quiet', (index === 0 ? label : '').padEnd(6))}${line}`,
  )

/** @param reference where more about it is written */
export const renderCause = (
  { what, why, hint, check, fix }: Omit<BootCause, 'id'>,
  reference: string | null,
  columns: number,
  paint: Paint,
): string[] => {
  const [first = '', ...rest] = wrap(what, columns)
  return [
    paint('bad', first),
    ...rest.map((line) => paint('bad', line)),
    ...(why ? labelled('why', why, columns, paint) : []),
    ...(hint ? labelled('do', hint, columns, paint) : []),
    ...(fix
      ? labelled('fix', `chv-doctor fix ${check ?? fix.id}`, columns, paint)
      : check
        ? labelled('look', `chv-doctor check ${check}`, columns, paint)
        : []),
    ...(reference ? labelled('see', reference, columns, paint) : []),
  ]
}
