/** Reports of a fleet that does not exist: the recorded hosts of test/facts, each under many names. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const reports = new URL('../facts/reports/', import.meta.url).pathname

const recorded = () =>
  readdirSync(reports)
    .filter((name) => name.endsWith('.json.txt'))
    .sort()
    .map((name) => {
      const text = readFileSync(reports + name, 'utf8')
      return [
        name.slice(0, -'.json.txt'.length),
        JSON.parse(text.slice(text.indexOf('\n'), text.lastIndexOf('}') + 1)),
      ]
    })

/** Most hosts of a fleet are well. */
const sound = ['nested', 'debian12-ready', 'debian12-ready-root', 'kernel-ready']

const roles = ['runner', 'web', 'build', 'edge']

/** @returns reports, the same for the same count */
export const fleetReports = (count) => {
  const all = recorded()
  const well = all.filter(([name]) => sound.includes(name))
  return Array.from({ length: count }, (_, index) => {
    const [, report] = index % 5 < 3 ? well[index % well.length] : all[index % all.length]
    const host = `${roles[index % roles.length]}-${String(index + 1).padStart(3, '0')}`
    const startedAt = new Date(Date.UTC(2026, 10, 26, 6, 0, index % 3600)).toISOString()
    return { ...report, host, startedAt }
  })
}

/**
 * Writes these reports into a directory that exists.
 * @returns their paths
 */
export const writeFleet = (directory, count) =>
  fleetReports(count).map((report) => {
    const path = `${directory}/${report.host}.json`
    writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`)
    return path
  })
