/** The drawing of the network, through the program; its content is in test/report/network-path.test.ts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/run-cli.ts'

const home = mkdtempSync(`${tmpdir()}/chv-network-`)
afterAll(() => rmSync(home, { recursive: true }))
const explain = (...args: string[]) => runCli(['explain', 'network', '--offline', ...args], { home })

describe('chv-doctor explain network', () => {
  it('gives the same as data, with the exit code of a check', async () => {
    const { stdout, code } = await explain('--format', 'json', '--guest', '2')
    const path = JSON.parse(stdout)
    expect(path).toMatchObject({ schema: 'chv-doctor/network/1', guest: 2, network: 'tap' })
    expect(path.hops.map(({ name }: { name: string }) => name).slice(0, 3)).toEqual([
      'guest',
      'vm-tap1',
      'host',
    ])
    // There is no seed in an empty home.
    expect([path.broken, code]).toEqual(['cloud-init', 1])
  })

  it('draws without colours off a terminal, within 80 columns', async () => {
    const { stdout } = await explain()
    expect(stdout).toMatch(/^The network of guest 1\n/)
    expect(stdout).not.toContain('\u001b')
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('has nothing to draw without a network', async () => {
    const { stdout, code } = await explain('--set', 'network=none')
    expect([stdout, code]).toEqual(['The guest has no network: `network: none`.\n', 0])
    const json = await explain('--set', 'network=none', '--format', 'json')
    expect(JSON.parse(json.stdout)).toMatchObject({ network: 'none', hops: [], broken: null })
  })

  it.each([
    [['--format', 'jsno'], '--format is "jsno"; did you mean "json"?'],
    [['--guest', '9'], 'guest 9 does not fit guest_range'],
    [['--guest', 'two'], '--guest is "two"; give a whole number'],
  ])('refuses %j with one sentence', async (args, message) => {
    const { stderr, code } = await explain(...args)
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })
})
