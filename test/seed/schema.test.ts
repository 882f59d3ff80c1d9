/** What cloud-init's own validation says of these cases is in test/e2e/cloud-init.test.ts. */
import { describe, expect, it } from 'vitest'
import { faultOfSchema } from '../../src/seed/schema.ts'
import { parseSeedYaml } from '../../src/seed/yaml.ts'
import { schemaCases, unknownKeys } from '../helpers/schema-cases.ts'

const faultOf = (text: string) => faultOfSchema(parseSeedYaml(`#cloud-config\n${text}\n`))

describe('the schema of cloud-init', () => {
  it.each([...schemaCases, ...unknownKeys])('%s', (text, what) => {
    expect(faultOf(text)?.what ?? null).toBe(what)
  })

  it('tells keys that are passed over from values that are not taken', () => {
    expect(faultOf('package: [git]')?.kind).toBe('ignored')
    expect(faultOf('hostname: 12')?.kind).toBe('mismatch')
  })

  it('allows names that are deprecated, which work', () => {
    expect(faultOf('users: [{name: sky, ssh-authorized-keys: [ssh-ed25519 AAAA]}]')).toBeNull()
    expect(faultOf('ssh_pwauth: unchanged')).toBeNull()
  })

  it('never shows a value', () => {
    for (const text of ['password: 31415', 'users: [{name: sky, passwd: 31415}]', 'ssh_keys: 31415'])
      expect(faultOf(text)?.what).toMatch(/^(?!.*31415).*that is an integer/)
  })

  it('takes 10,000 entries', () => {
    const files = '  - {path: /etc/motd, content: hello}\n'.repeat(10_000)
    expect(faultOf(`write_files:\n${files}`)).toBeNull()
  })
})
