// What the benchmarks measured, kept in dist/bench and written as tables into docs/performance.md.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

const repository = new URL('../..', import.meta.url).pathname
const directory = `${repository}dist/bench`
const page = `${repository}docs/performance.md`

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
 * Keeps one table; a later run of the same takes its place.
 * @param columns heads of the columns
 * @param rows texts, as many in each as there are columns
 * @param note what a reader must know to read it
 * @param slug names the table where two titles begin alike
 */
export const record = (title, columns, rows, note = '', slug = slugOf(title)) => {
  mkdirSync(directory, { recursive: true })
  const figures = { title, columns, rows, note, ...circumstances() }
  writeFileSync(`${directory}/${slug}.json`, `${JSON.stringify(figures, null, 1)}\n`)
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

/** Writes all tables that were kept between the marks of the page. */
export const writePage = (path = page) => {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'))
  const all = files.map((name) => JSON.parse(readFileSync(`${directory}/${name}`, 'utf8')))
  const text = all.sort((a, b) => a.title.localeCompare(b.title)).map(tableOf)
  const [before, rest] = readFileSync(path, 'utf8').split(marks[0])
  const after = rest?.split(marks[1])[1]
  if (after === undefined) throw new Error(`${path} has no place for figures: ${marks.join(' and ')}`)
  writeFileSync(path, `${before}${marks[0]}\n\n${text.join('\n\n')}\n\n${marks[1]}${after}`)
}
