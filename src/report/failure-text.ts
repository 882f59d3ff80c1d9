/** Renders the cause of a failed guest: what happened, why, and what to do. */
import type { BootCause } from '../boot/outcome.ts'
import { type Paint, wrap } from './layout.ts'

const labelled = (label: string, text: string, width: number, paint: Paint): string[] =>
  wrap(text, width - 8).map(
    (line, index) => `  ${paint('quiet', (index === 0 ? label : '').padEnd(6))}${line}`,
  )

/** @param reference where more about it is written */
export const renderCause = (
  { what, why, hint, check, fix }: Omit<BootCause, 'id'>,
  reference: string | null,
  width: number,
  paint: Paint,
): string[] => {
  const [first = '', ...rest] = wrap(what, width)
  return [
    paint('bad', first),
    ...rest.map((line) => paint('bad', line)),
    ...(why ? labelled('why', why, width, paint) : []),
    ...(hint ? labelled('do', hint, width, paint) : []),
    ...(fix
      ? labelled('fix', `chv-doctor fix ${check ?? fix.id}`, width, paint)
      : check
        ? labelled('look', `chv-doctor check ${check}`, width, paint)
        : []),
    ...(reference ? labelled('see', reference, width, paint) : []),
  ]
}
