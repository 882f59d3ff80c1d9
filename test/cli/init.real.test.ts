import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { runCli } from '../helpers/run-cli.ts'

it('init writes a file that is valid for the schema that it names, fresh and with every key set', async () => {
  const home = mkdtempSync(`${tmpdir()}/chv-init-`)
  onTestFinished(() => rmSync(home, { recursive: true }))
  expect((await runCli(['init'], { home })).code).toBe(0)
  const text = readFileSync(`${home}/chv-doctor.yaml`, 'utf8')
  const [, address = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text) ?? []
  const schema = JSON.parse(readFileSync(fileURLToPath(address), 'utf8'))
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
  const whole = parse(text.replaceAll(/^#(?=[a-z_0-9]+: )/gm, ''))
  expect([validate(parse(text)), validate(whole), Object.keys(whole).length > 30]).toEqual([true, true, true])
  expect(validate([])).toBe(false)
  expect((await runCli(['init', '--print'], { home })).stdout).toBe(text)
  expect((await runCli(['check', '--only', 'platform'], { home })).code).toBe(0)
})
