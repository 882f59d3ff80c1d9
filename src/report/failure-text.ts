/** Renders the cause of a failed guest: what happened, why, and what to do. */
import type { BootCause } from '../boot/outcome.ts'
import { beside, type Page } from './layout.ts'

const labelled = (label: string, text: string, page: Page): string[] => {
  const head = { text: `  ${page.paint('quiet', label.padEnd(6))}`, columns: 8 }
  return beside(head, 8, page.lines(text, page.width - 8), page)
}

/** @param reference where more about it is written */
export const renderCause = (
  { what, why, hint, check, fix }: Omit<BootCause, 'id'>,
  reference: string | null,
  page: Page,
): string[] => {
  const [first = '', ...rest] = page.lines(what)
  return [
    page.paint('bad', first),
    ...rest.map((line) => page.paint('bad', line)),
    ...(why ? labelled('why', why, page) : []),
    ...(hint ? labelled('do', hint, page) : []),
    ...(fix
      ? labelled('fix', `chv-doctor fix ${check ?? fix.id}`, page)
      : check
        ? labelled('look', `chv-doctor check ${check}`, page)
        : []),
    ...(reference ? labelled('see', reference, page) : []),
  ]
}
