import { describe, expect, it } from 'vitest'
import { parseSeed } from '../../src/seed/facts.ts'
import { disagreement } from '../../src/seed/verdict.ts'
import { configWith } from '../helpers/config.ts'
import { userDataCases } from '../helpers/user-data-cases.ts'

const mac = '12:34:56:78:90:ab'
const meta = 'instance-id: x\n'
const network = `version: 2\nethernets: { e: { match: { macaddress: "${mac}" }, addresses: [192.168.249.2/24] } }\n`

const seedOf = (files: Readonly<Record<string, string | Uint8Array>>) => {
  const all = { 'user-data': '#cloud-config\n', 'meta-data': meta, 'network-config': network, ...files }
  return parseSeed((name) => (all as Record<string, string | Uint8Array>)[name] ?? null, mac)
}

describe('user-data', () => {
  it.each(userDataCases)('%s', (_name, content, works) => {
    expect(seedOf({ 'user-data': content }).faults['user-data'] === undefined).toBe(works)
  })

  it('is not parsed where it is larger than a person writes, and quickly where it has many keys', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `k${at}: 1\n`).join('')
    expect(seedOf({ 'user-data': `#cloud-config\n${many}` }).faults).toEqual({})
    const large = `#cloud-config\n# ${'x'.repeat(2 ** 19)}\n`
    expect(seedOf({ 'user-data': large }).faults['user-data']).toBe(
      'is not valid YAML: it is larger than 512 KiB',
    )
  })

  it('is refused where a key is a list or a map, before such keys in keys take all memory', () => {
    const nested = `#cloud-config\na: ${'{'.repeat(300)}b${'}'.repeat(300)}\n`
    expect(seedOf({ 'user-data': nested }).faults['user-data']).toBe(
      'is not valid YAML: a key is a list or a map',
    )
  })

  it('says what is wrong with a command that is a map', () => {
    const { faults } = seedOf({ 'user-data': '#cloud-config\nruncmd:\n  - echo "a": b\n' })
    expect(faults['user-data']).toBe('has a runcmd with a map instead of a command, for want of quotes')
  })

  it('names the users of all its parts', () => {
    const part = (user: string) => `--b\nContent-Type: text/cloud-config\n\nusers: [{name: ${user}}]\n`
    const text = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${part('one')}${part('two')}--b--\n`
    expect(seedOf({ 'user-data': text }).users).toEqual(['one', 'two'])
  })
})

describe('network-config', () => {
  const codeOf = (text: string) => {
    const { faults, network: facts } = seedOf({ 'network-config': text })
    return faults['network-config'] ?? (facts && (disagreement(facts, configWith())?.code ?? 'ok'))
  }
  const via = 'routes: [{to: default, via: 192.168.249.1}], nameservers: {addresses: [9.9.9.9]}'
  const ours = `eth0: {match: {macaddress: "${mac}"}`
  const one = (name: string, address: string, subnet: string) =>
    `{type: physical, name: ${name}, mac_address: "${address}", subnets: [${subnet}]}`
  const settings = 'gateway: 192.168.249.1, dns_nameservers: [9.9.9.9]'

  it.each([
    ['an address on the interface', `ethernets: {${ours}, addresses: [192.168.249.2/24], ${via}}}`, 'ok'],
    [
      'an address with options',
      `ethernets: {${ours}, addresses: [{192.168.249.2/24: {label: x}}], ${via}}}`,
      'ok',
    ],
    [
      'an address on a bridge over it',
      `ethernets: {${ours}}}\nbridges: {br0: {interfaces: [eth0], addresses: [192.168.249.2/24], ${via}}}`,
      'ok',
    ],
    [
      'an address on another interface',
      `ethernets: {${ours}, dhcp4: true}, e1: {match: {macaddress: "52:54:00:11:22:33"}, addresses: [192.168.249.2/24], ${via}}}`,
      'asks-for-dhcp',
    ],
    [
      'a route in another table',
      `ethernets: {${ours}, addresses: [192.168.249.2/24], routes: [{to: default, via: 192.168.249.1, table: 101}]}}`,
      'no-default-route',
    ],
  ])('version 2: %s', (_name, text, code) => expect(codeOf(`version: 2\n${text}\n`)).toBe(code))

  it.each([
    ['a prefix', one('eth0', mac, `{type: static, address: 192.168.249.2, prefix: 24, ${settings}}`), 'ok'],
    [
      'an address on another interface',
      `${one('eth0', mac, '{type: dhcp4}')}, ${one('eth1', '52:54:00:11:22:33', `{type: static, address: 192.168.249.2/24, ${settings}}`)}`,
      'asks-for-dhcp',
    ],
  ])('version 1: %s', (_name, devices, code) =>
    expect(codeOf(`version: 1\nconfig: [${devices}]\n`)).toBe(code),
  )

  it('is read as PyYAML reads it', () => {
    expect(codeOf('version:\t2\nethernets: {}\n')).toBe(
      'is not valid YAML: a tab stands where only spaces may (line 1)',
    )
  })
})
