/** The published schemas are made from the code and say what the program really prints and accepts. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/json-schema.ts'
import { keys } from '../../src/config/keys.ts'
import { configTemplate } from '../../src/config/template.ts'
import { repository } from '../helpers/disposable-host.ts'
import { runCli } from '../helpers/run-cli.ts'

const read = (name: string) => JSON.parse(readFileSync(`${repository}/docs/${name}`, 'utf8'))

describe('docs/config.schema.json', () => {
  it('is what the table of keys says (run with UPDATE=1 to write it)', () => {
    const path = `${repository}/docs/config.schema.json`
    if (process.env.UPDATE) writeFileSync(path, `${JSON.stringify(configSchema(), null, 2)}\n`)
    expect(read('config.schema.json')).toEqual(configSchema())
  })
  it('accepts every default and refuses an unknown key', async () => {
    const { parse } = await import('yaml')
    const validate = new Ajv2020({ strict: true }).compile(configSchema())
    const everything = parse(configTemplate().replaceAll(/^#(?=[a-z_0-9]+: )/gm, ''))
    expect(Object.keys(everything)).toEqual(keys.map((key) => key.name))
    delete everything.disk
    validate(everything)
    expect(validate.errors).toBeNull()
    expect(validate({ tapp: 'x' })).toBe(false)
    expect(validate({ boot: 'floppy' })).toBe(false)
  })
})

describe('docs/report.schema.json', () => {
  it('describes what `check --format json` prints on this host', async () => {
    const { stdout } = await runCli(['check', '--format', 'json'])
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(read('report.schema.json'))
    validate(JSON.parse(stdout))
    expect(validate.errors).toBeNull()
  })
})
