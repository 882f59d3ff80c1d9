/** SARIF against its JSON schema. */
import { writeFileSync } from 'node:fs'
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { because } from '../../helpers/needs.ts'
import { scratch } from '../../helpers/scratch.ts'
import { consume, noPythonTools, pythonTool } from '../../helpers/test-tools.ts'
import { documents } from './documents.ts'

const validate = (reports: readonly string[]) => {
  const directory = scratch()
  writeFileSync(`${directory}/schema.json`, JSON.stringify(schema))
  const paths = reports.map((sarif, index) => {
    writeFileSync(`${directory}/${index}.sarif`, sarif)
    return `${directory}/${index}.sarif`
  })
  // A pattern in the schema is no regular expression of the stricter kind.
  const flags = ['--regex-variant', 'nonunicode', '--output-format', 'json']
  const file = ['--schemafile', `${directory}/schema.json`]
  return JSON.parse(consume(pythonTool('check-jsonschema'), [...flags, ...file, ...paths]).stdout)
}

describe('sarif and its schema', () => {
  it.skipIf(noPythonTools)(`agree${because(noPythonTools)}`, async () => {
    const reports = Object.values(await documents('sarif'))
    expect(validate(reports)).toMatchObject({ status: 'ok', errors: [] })
  })

  it.skipIf(noPythonTools)(`refuses a level that SARIF has not${because(noPythonTools)}`, async () => {
    const { 'hostile texts': sarif = '' } = await documents('sarif')
    const { errors } = validate([sarif.replace('"level": "error"', '"level": "fail"')])
    expect(errors).toMatchObject([{ path: '$.runs[0].results[1].level' }])
  })

  it('has a rule for every result', async () => {
    const { 'this host': sarif = '' } = await documents('sarif')
    const [run] = JSON.parse(sarif).runs
    expect(run.results.length).toBeGreaterThan(0)
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })
})
