// What the benchmarks measured, as tables in docs/performance.md: the page keeps what a run did not measure again.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

const page = new URL('../../docs/performance.md', import.meta.url).pathname

/** What this run measured: the tables by their slugs. */
const measured = new Map()

/** Sizes and the like come after the first two words: another run with others takes the place of the table. */
const slugOf = (title) => title.toLowerCase().split(' ').slice(0, 2).join('-')

/** The machine and what ran on it: a figure without them says little. */
const circumstances = () => {
  const [processor] = cpus()
  const gib = Math.round(totalmem() / 2 ** 30)
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${processor?.model.trim() || process.arch}, ${gib} GiB, Linux`,
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}

/**
 * Keeps one table for the page; a later run of the same takes its place.
 * @param columns heads of the columns
 * @param rows texts, as many in each as there are columns
 * @param note what a reader must know to read it
 * @param slug names the table where two titles begin alike
 */
export const record = (title, columns, rows, note = '', slug = slugOf(title)) => {
  measured.set(slug, tableOf({ title, columns, rows, note, ...circumstances() }))
}

const tableOf = ({ title, columns, rows, note, date, machine, node, load }) =>
  [
    `### ${title}`,
    '',
    `${date}, Node ${node}, ${machine}, load ${load} at the end.${note ? ` ${note}` : ''}`,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')

const marks = ['<!-- figures -->', '<!-- end of figures -->']

/** @returns the tables of the page by their slugs, each with the comment that names it in front */
const tablesIn = (figures) => {
  const [, ...parts] = figures.split(/^<!-- table (\S+) -->$/m)
  return new Map(
    parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]?.trim() ?? '']] : [])),
  )
}

/** Puts what was measured between the marks of the page, beside the tables of other runs. */
export const writePage = (path = page) => {
  const [before, rest] = readFileSync(path, 'utf8').split(marks[0])
  const [figures, after] = rest?.split(marks[1]) ?? []
  if (after === undefined) throw new Error(`${path} has no place for figures: ${marks.join(' and ')}`)
  const tables = [...tablesIn(figures), ...measured]
  const text = [...new Map(tables)]
    .sort(([, a], [, b]) => a.localeCompare(b))
    .map(([slug, table]) => `<!-- table ${slug} -->\n${table}`)
  writeFileSync(path, `${before}${marks[0]}\n\n${text.join('\n\n')}\n\n${marks[1]}${after}`)
}
