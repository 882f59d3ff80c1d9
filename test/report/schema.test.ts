/** The published schemas are made from the code and say what the program really prints and accepts. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { configSchema } from '../../scripts/docs/config-schema.ts'
import { keys } from '../../src/config/keys.ts'
import { parseValue } from '../../src/config/parse-value.ts'
import { configTemplate } from '../../src/config/template.ts'
import { repository } from '../helpers/disposable-host.ts'
import { runCli } from '../helpers/run-cli.ts'

const read = (name: string) => JSON.parse(readFileSync(`${repository}/docs/${name}`, 'utf8'))

describe('docs/config.schema.json', () => {
  it('accepts every default and refuses an unknown key', async () => {
    const { parse } = await import('yaml')
    const validate = new Ajv2020({ strict: true }).compile(configSchema())
    const everything = parse(configTemplate('x').replaceAll(/^#(?=[a-z_0-9]+: )/gm, ''))
    expect(Object.keys(everything)).toEqual(keys.map((key) => key.name))
    delete everything.disk
    validate(everything)
    expect(validate.errors).toBeNull()
    expect(validate({ tapp: 'x' })).toBe(false)
    expect(validate({ boot: 'floppy' })).toBe(false)
  })
  it.each([
    ['tap', '.'],
    ['tap', '..'],
    ['tap', 'a'.repeat(16)],
    ['hypervisor_url', 'https://'],
    ['hypervisor_url', 'https://x/y z'],
    ['image_sha256', 'abc'],
    ['guest_mac', '12:34'],
    ['gateway_address', 'dhcp'],
    ['guest_range6', 'fd00::1'],
    ['guest_user', 'Root'],
    ['memory', 'lots'],
    ['cpus', 0],
    ['ignore', { memory: '' }],
    ['mirrors', { 'http://a/': 'https://b/' }],
    ['mirrors', { 'https://a/': 'ftp://b/' }],
  ])('refuses %s: %j, as the loader does', (name, value) => {
    const validate = new Ajv2020({ strict: true }).compile(configSchema())
    expect(validate({ [name]: value })).toBe(false)
    const key = keys.find((one) => one.name === name)
    expect(key && parseValue(key, value, { base: '/', home: '/' })).toHaveProperty('wrong')
  })
  it.each(keys.filter((key) => key.kind === 'enum').map((key) => [key.name, key] as const))(
    '%s: its default is one of its values',
    (_, key) => expect('default' in key && key.values).toContain('default' in key && key.default),
  )
})

describe('docs/report.schema.json', () => {
  it('describes what `check --format json` prints on this host', async () => {
    const { stdout } = await runCli(['check', '--format', 'json'])
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(read('report.schema.json'))
    validate(JSON.parse(stdout))
    expect(validate.errors).toBeNull()
  })
})
