/** Inputs whose size can be chosen, and what a parser does with them: the work has to grow as they do. */
import { entriesOf } from '../../../src/config/yaml-file.ts'
import { findSum } from '../../../src/download/sums.ts'
import { diagnose } from '../../../src/explain/diagnose.ts'
import { parseFat } from '../../../src/formats/fat.ts'
import { parseIso } from '../../../src/formats/iso9660.ts'
import { capabilityText, netAdminInText } from '../../../src/host/capabilities.ts'
import { parseInterfaces } from '../../../src/host/interfaces.ts'
import { parseSave } from '../../../src/network/iptables-save.ts'
import { parseRuleset } from '../../../src/network/nft-json.ts'
import type { Chain } from '../../../src/network/rules.ts'
import { simulate } from '../../../src/network/simulate.ts'
import { parseSeed } from '../../../src/seed/facts.ts'
import { UsageError } from '../../../src/util/errors.ts'
import { fatWith, isoWith } from './images.ts'
import { iptablesWide, nftWide } from './rules.ts'

const way = { tap: 'vm-tap0', guest: '192.168.249.2/24', uplink: 'eth0' }
export const judgeRules = (chains: readonly Chain[]) => simulate(chains, way)

/** A refusal is an answer, too: it has to come as soon as one. */
const orRefuse = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
  }
}

const readAll = (root: ReturnType<typeof parseIso>) => {
  for (const name of ['user-data', 'meta-data', 'network-config', 'vendor-data']) root?.read(name)
}

export interface Growth {
  readonly id: string
  /** The smaller of the two sizes; the larger is ten times that. */
  readonly size: number
  readonly work: (size: number) => () => unknown
}

const text = (piece: string) => (size: number) => piece.repeat(size)
const log =
  (piece: string): Growth['work'] =>
  (size) => {
    const output = text(piece)(size)
    return () => diagnose(output)
  }

const names = (size: number) => Array.from({ length: size }, (_, index) => `N${index}.;1`)

export const growths: readonly Growth[] = [
  {
    id: 'iptables-save with many chains',
    size: 60,
    work: (size) => {
      const save = iptablesWide(size)
      return () => judgeRules(parseSave(save, 'iptables-nft'))
    },
  },
  {
    id: 'nft with many chains',
    size: 60,
    work: (size) => {
      const json = nftWide(size)
      return () => judgeRules(parseRuleset(json))
    },
  },
  {
    id: 'ISO 9660 with many names',
    size: 2600,
    work: (size) => {
      const image = isoWith(names(size))
      return () => readAll(parseIso(image))
    },
  },
  {
    id: 'FAT with many names',
    size: 300,
    work: (size) => {
      const image = fatWith(Array.from({ length: size }, (_, index) => `N${index}`))
      return () => readAll(parseFat(image))
    },
  },
  {
    id: 'ip -j with many interfaces',
    size: 500,
    work: (size) => {
      const json = JSON.stringify(
        Array.from({ length: size }, (_, index) => ({ ifname: `e${index}`, flags: ['UP'], addr_info: [] })),
      )
      return () => parseInterfaces(json)
    },
  },
  {
    id: 'configuration with many keys',
    size: 1500,
    work: (size) => {
      const yaml = Array.from({ length: size }, (_, index) => `k${index}: ${index}\n`).join('')
      return () => orRefuse(() => entriesOf('/x.yaml', yaml))
    },
  },
  {
    id: 'configuration with many aliases',
    size: 300,
    work: (size) => {
      const yaml = `a: &a [1, 2, 3]\n${Array.from({ length: size }, (_, index) => `k${index}: [*a, *a]\n`).join('')}`
      return () => orRefuse(() => entriesOf('/x.yaml', yaml))
    },
  },
  {
    id: 'configuration with keys in keys',
    size: 20,
    work: (size) => {
      const yaml = `a: ${'{'.repeat(size)}b${'}'.repeat(size)}\n`
      return () => orRefuse(() => entriesOf('/x.yaml', yaml))
    },
  },
  {
    id: 'seed with keys in keys',
    size: 20,
    work: (size) => {
      const yaml = `#cloud-config\na: ${'{'.repeat(size)}b${'}'.repeat(size)}\n`
      return () => parseSeed(() => yaml)
    },
  },
  {
    id: 'seed with many users',
    size: 300,
    work: (size) => {
      const yaml = `#cloud-config\nusers:\n${Array.from({ length: size }, (_, index) => `  - name: u${index}\n`).join('')}`
      return () => parseSeed(() => yaml)
    },
  },
  {
    id: 'seed with deep nesting',
    size: 40,
    work: (size) => {
      const yaml = `#cloud-config\n${'['.repeat(size)}${']'.repeat(size)}\n`
      return () => parseSeed(() => yaml)
    },
  },
  {
    id: 'log of one repeated error',
    size: 60,
    work: log('Error booting VM: VmBoot(DeviceManager(Disk(Os { code: 2 })))\n'),
  },
  { id: 'log of a chain without end', size: 60, work: log('  1: Cannot open disk path\n') },
  { id: 'log of panics', size: 60, work: log("thread 'vmm' panicked at 'x', vmm/src/lib.rs:1:2\n") },
  { id: 'log of commands', size: 40, work: log('cloud-hypervisor --disk path=a --net tap=x \\\n') },
  { id: 'log of one long line', size: 3000, work: log('VmBoot(Error(') },
  { id: 'log of quotes', size: 3000, work: log('"\\') },
  { id: 'log of blanks', size: 3000, work: log(' \t') },
  { id: 'log of one phrase in a line', size: 120, work: log('cannot open disk path ') },
  { id: 'log of times', size: 60, work: log('2026-11-23T12:00:00.123Z host cloud-hypervisor[12]: ') },
  {
    id: 'checksum file',
    size: 2000,
    work: (size) => {
      const list = `${'a'.repeat(64)}  file\n`.repeat(size)
      return () => findSum(list, { file: 'none', algorithm: 'sha256' })
    },
  },
  {
    id: 'checksum file of one line',
    size: 5000,
    work: (size) => {
      const list = `${'a'.repeat(size)} `
      return () => findSum(list, { file: 'none', algorithm: 'sha256' })
    },
  },
  {
    id: 'getcap',
    size: 1000,
    work: (size) => {
      const output = `/x ${'cap_net_admin,'.repeat(size)}+ep`
      return () => netAdminInText(capabilityText('/x', output))
    },
  },
]
