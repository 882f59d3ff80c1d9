/**
 * SARIF 2.1.0 for tools that collect findings of many kinds. A host has no lines of source: the location of a
 * result is its check.
 */
import type { Report, Result } from '../../contract/report.ts'
import { details } from './details.ts'

const level = { fail: 'error', unknown: 'warning', warn: 'note' } as const

type Finding = Result & { readonly status: keyof typeof level }

const isFinding = (result: Result): result is Finding => result.status in level

const location = ({ id }: Result) => ({
  logicalLocations: [{ name: id, fullyQualifiedName: `chv-doctor/${id}`, kind: 'module' }],
})

const idOf = ({ code, id }: Result): string => code ?? id

/** @returns the log, ending in a newline */
export const renderSarif = ({ results, version, startedAt, exitCode }: Report): string => {
  const findings = results.filter(isFinding)
  const rules = new Map(findings.map((finding) => [idOf(finding), finding]))
  const ids = [...rules.keys()]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'chv-doctor',
            version,
            rules: [...rules].map(([id, { title }]) => ({
              id,
              shortDescription: { text: `${title}.` },
              help: { text: `Run chv-doctor explain ${id.replace(/\/.*/, '')}.` },
            })),
          },
        },
        invocations: [
          { executionSuccessful: true, exitCode, ...(startedAt ? { startTimeUtc: startedAt } : {}) },
        ],
        results: findings.map((finding) => ({
          ruleId: idOf(finding),
          ruleIndex: ids.indexOf(idOf(finding)),
          level: level[finding.status],
          message: { text: [finding.found ?? finding.reason ?? '', ...details(finding)].join('\n') },
          locations: [location(finding)],
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}
