/** Shows a page of docs/ on a terminal: the part of Markdown that these pages are written in. */
import { visibleLine } from '../util/printable.ts'
import { columnsOf, padTo } from '../util/text-width.ts'
import { beside, type Page } from './layout.ts'

const link = /\[([^\]]+)\]\(([^)\s]+)\)/g

/** The text of links alone: a path of the repository leads nowhere from here. */
const withoutLinks = (text: string): string => text.replace(link, (_, words: string) => words)

/** The words of a text, and whether each is emphasised. */
const emphasised = (text: string): readonly (readonly [word: string, isStrong: boolean])[] => {
  let isOpen = false
  return text.split(' ').map((word) => {
    const marks = word.split('**').length - 1
    const isStrong = isOpen || marks > 0
    if (marks % 2 === 1) isOpen = !isOpen
    return [word.replaceAll('**', ''), isStrong]
  })
}

/** Prose beside a bullet or nothing. */
const prose = (text: string, bullet: string, page: Page): string[] => {
  const words = emphasised(withoutLinks(text))
  const plain = words.map(([word]) => word).join(' ')
  const at = columnsOf(bullet)
  let index = 0
  const lines = page.lines(plain, page.width - at).map((line) =>
    line
      .split(' ')
      .map((word) => (words[index++]?.[1] ? page.paint('strong', word) : word))
      .join(' '),
  )
  return lines.map((line, number) => (number === 0 ? bullet : ' '.repeat(at)) + line)
}

const heading = (text: string, page: Page): string[] =>
  page.lines(withoutLinks(text)).map((line) => page.paint('strong', line))

const cellsOf = (row: string): readonly string[] =>
  row
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => withoutLinks(cell.trim()).replaceAll('**', ''))

/** A table: its first columns as wide as they are, the last one with what is left. */
const table = (rows: readonly string[], page: Page): string[] => {
  const cells = rows.filter((row) => !/^\|[\s|:-]+\|$/.test(row)).map(cellsOf)
  const count = Math.max(...cells.map((row) => row.length))
  const widths = Array.from({ length: count - 1 }, (_, index) =>
    Math.max(...cells.map((row) => columnsOf(row[index] ?? ''))),
  )
  const at = widths.reduce((sum, width) => sum + width + 2, 2)
  return cells.flatMap((row, index) => {
    const head = `  ${widths.map((width, column) => `${padTo(visibleLine(row[column] ?? ''), width)}  `).join('')}`
    const lines = page.lines(row.at(-1) ?? '', page.width - at)
    return beside({ text: head, columns: at }, at, lines, page, index === 0 ? 'quiet' : undefined)
  })
}

/** Where the links lead: to other pages of `explain`, and to documents. */
const linkLines = (text: string, page: Page): string[] => {
  const targets = [...text.matchAll(link)].map(([, , target = '']) => target)
  const ids = targets.flatMap(
    (target) => /^(?:\.\.\/(?:checks|fixes)\/)?([\w-]+)\.md/.exec(target)?.[1] ?? [],
  )
  const documents = targets.flatMap((target) => /^\.\.\/([\w-]+\.md)/.exec(target)?.[1] ?? [])
  const see = [
    ...[...new Set(ids)].map((id) => page.say(`chv-doctor explain ${id}`)),
    ...[...new Set(documents)].map((name) => `docs/${name}`),
  ]
  return see.length === 0 ? [] : ['', page.paint('strong', 'See also'), '', ...see.map((one) => `  ${one}`)]
}

/** Lines that belong to one block: a paragraph, an item of a list, a table. */
const startsBlock = (line: string): boolean => line === '' || /^(?:#+ |- |\d+\. |\||```)/.test(line)

/** @returns the lines of the page */
export const renderPage = (text: string, page: Page): string[] => {
  const source = text.trimEnd().split('\n')
  const out: string[] = []
  for (let index = 0; index < source.length; ) {
    const line = source[index++] ?? ''
    const rest = (belongs: (next: string) => boolean): string[] => {
      const lines: string[] = []
      while (index < source.length && belongs(source[index] ?? '')) lines.push(source[index++] ?? '')
      return lines
    }
    const [, item, words = ''] = /^(- |\d+\. )(.*)$/.exec(line) ?? []
    if (line === '') out.push('')
    else if (line.startsWith('#')) out.push(...heading(line.replace(/^#+ /, ''), page))
    else if (line.startsWith('```')) {
      out.push(...rest((next) => !next.startsWith('```')).map((code) => `    ${visibleLine(code)}`))
      index++
    } else if (line.startsWith('|')) out.push(...table([line, ...rest((next) => next.startsWith('|'))], page))
    else {
      const more = rest((next) => !startsBlock(next)).map((next) => next.trim())
      out.push(...prose([item ? words : line, ...more].join(' '), item ? `  ${item}` : '', page))
    }
  }
  return [...out, ...linkLines(text, page)]
}
