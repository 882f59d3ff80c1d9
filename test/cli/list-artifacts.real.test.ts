import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { archs } from '../../src/catalogue/artifact.ts'
import { chosenFor } from '../../src/catalogue/choice.ts'
import { machineArch } from '../../src/host/host.ts'
import { configWith } from '../helpers/config.ts'
import { runCli } from '../helpers/run-cli.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(`${tmpdir()}/chv-artifacts-`)
})
afterEach(() => rmSync(home, { recursive: true }))

const list = (...args: string[]) => runCli(['list', 'artifacts', ...args], { home })

interface Row {
  readonly kind: string
  readonly arch: string
  readonly url: string
  readonly proof: { readonly by: string }
  readonly chosen: boolean
}

describe('list artifacts', () => {
  it('marks what would be fetched here, and says what verifies each', async () => {
    const { stdout, code } = await list('--set', 'image=noble', '--set', 'image_channel=current')
    expect(code).toBe(0)
    expect(stdout.match(/^\* (?!is what).*$/gm)).toEqual([
      expect.stringMatching(/^\* cloud-hypervisor +53\.0$/),
      expect.stringMatching(/^\* ch-remote +53\.0/),
      expect.stringMatching(/^\* CLOUDHV +ch-1e1b96f126/),
      expect.stringMatching(/^\* noble +current$/),
    ])
    expect(stdout).toMatch(/noble +current\n +Ubuntu 24\.04 LTS; sums signed by Canonical\n/)
    expect(stdout).toMatch(/focal +current\n +Ubuntu 20\.04 LTS, end of life/)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('has everything for both architectures as JSON', async () => {
    const { stdout } = await list('--json')
    const { artifacts } = JSON.parse(stdout) as { artifacts: readonly Row[] }
    for (const arch of archs) {
      const kinds = artifacts.filter((row) => row.arch === arch).map((row) => row.kind)
      expect(new Set(kinds)).toEqual(new Set(['hypervisor', 'firmware', 'image', 'kernel']))
    }
    const chosen = artifacts.filter((row) => row.chosen)
    expect(chosen.map((row) => row.kind)).toEqual(['hypervisor', 'hypervisor', 'firmware', 'image'])
    expect(new Set(chosen.map((row) => row.arch))).toEqual(new Set([machineArch()]))
    for (const row of artifacts) expect(row.url).toMatch(/^https:/)
    for (const row of chosen) expect(row.proof.by).not.toBe('nothing')
  })

  it('names all addresses that have to be mirrored, and nothing else', async () => {
    const { stdout } = await list('--urls', '--set', 'image=jammy', '--set', 'image_channel=current')
    const directory = 'https://cloud-images.ubuntu.com/releases/jammy/release'
    const { hypervisor, remote, firmware, image } = chosenFor(
      configWith({ image: 'jammy', image_channel: 'current' }),
      machineArch(),
    )
    expect(stdout.trim().split('\n')).toEqual([
      hypervisor?.url,
      remote?.url,
      firmware?.url,
      image?.url,
      `${directory}/SHA256SUMS`,
      `${directory}/SHA256SUMS.gpg`,
    ])
  })

  it('takes a kernel instead of the firmware where the guest starts so', async () => {
    const { stdout } = await list('--urls', '--set', 'boot=kernel')
    expect(stdout).toMatch(/\/linux\/releases\/download\//)
    expect(stdout).not.toMatch(/edk2/)
  })

  it.each([
    [['list', 'artifacts', '--urls', '--json'], 'Give --json or --urls, not both.'],
    [['list', '--urls'], '--urls goes with `chv-doctor list artifacts`.'],
  ])('%j is a usage error', async (args, message) => {
    const { stderr, code } = await runCli(args, { home })
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })
})
