import { guestNetwork } from '../src/config/derived.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract.ts'
import { parseFat } from '../src/formats/fat.ts'
import { describeKind } from '../src/formats/magic.ts'
import { type FileFacts, fleeting, lookAtFile, unusable } from './shared/artifact.ts'
import type { NetworkFacts, SeedFacts } from './shared/seed-facts.ts'

interface Facts {
  readonly file: FileFacts | null
  /** The FAT volume label; null when the content is no FAT file system. */
  readonly label: string | null
  readonly seed: SeedFacts | null
}

/** Ours has 8 MiB; one that holds three text files is never much larger. */
const largest = 64 * 2 ** 20

const seedFiles = ['user-data', 'meta-data', 'network-config'] as const

const fix = { id: 'create-cloud-init', args: {} } as const
const expected = 'a FAT image labelled CIDATA with the three files'

/** What the network-config and the configuration disagree about, worst first. */
const disagreement = (network: NetworkFacts, config: Config): Verdict | null => {
  const at = config.seed
  const wrong = (found: string, wanted: string): Verdict => ({
    status: 'fail',
    found,
    expected: wanted,
    at,
    fix,
  })
  const { addresses, gateways } = guestNetwork(config)
  if (network.macs.length > 0 && !network.macs.includes(config.guest_mac)) {
    return wrong(
      `the seed matches MAC ${network.macs.join(', ')}`,
      `${config.guest_mac}, which the guest gets`,
    )
  }
  if (addresses.length === 0)
    return network.dhcp4 ? null : wrong('the seed does not ask for an address by DHCP', 'dhcp4: true')
  const address = addresses.find((each) => !network.addresses.includes(each))
  if (address !== undefined) {
    return wrong(`the seed gives the guest ${network.addresses.join(', ') || 'no address'}`, address)
  }
  const gateway = gateways.find((each) => !network.gateways.includes(each))
  if (gateway !== undefined) {
    return wrong(
      network.gateways.length > 0
        ? `the seed routes through ${network.gateways.join(', ')}`
        : 'the seed has no default route',
      `a default route via ${gateway}`,
    )
  }
  if (network.nameservers.length === 0) {
    return {
      status: 'warn',
      found: 'the seed names no name server',
      expected: 'name servers, or the guest resolves nothing',
      at,
      fix,
    }
  }
  if (network.gateway4)
    return {
      status: 'warn',
      found: 'the seed uses gateway4, which netplan deprecated',
      expected: 'routes: [{ to: default, via: … }]',
      at,
      fix,
    }
  return null
}

/** Takes a CD image or a large file system for a seed as cloud-init does, but does not look into it. */
const unseen = ({ kind, size }: FileFacts): string | null =>
  kind === 'ISO 9660' ? 'an ISO image' : kind === 'FAT' && size > largest ? 'a large FAT image' : null

const noSeed = ({ kind }: FileFacts): string =>
  kind === 'data' ? 'no FAT image' : kind === 'FAT' ? 'a FAT32 or damaged FAT image' : describeKind(kind)

export const cloudInit = defineCheck<'cloud-init', Facts>({
  id: 'cloud-init',
  title: 'The NoCloud seed image, by its content',
  group: 'artifacts',
  probe: async (host, config) => {
    const file = await lookAtFile(host, config.seed)
    const readable = file?.type === 'file' && file.readable && file.size <= largest
    const bytes = readable ? await host.readBytes(config.seed, 0, largest) : null
    const fat = bytes && parseFat(bytes)
    const text = (name: string) => {
      const content = fat?.read(name)
      return content ? new TextDecoder().decode(content) : null
    }
    if (!fat) return { file, label: null, seed: null }
    // A YAML parser, loaded only where there is something to parse.
    const { parseSeed } = await import('./shared/seed-facts.ts')
    return { file, label: fat.label, seed: parseSeed(text) }
  },
  judge: ({ file, label, seed }, config) => {
    const at = config.seed
    const wrong = (found: string, wanted = expected): Verdict => ({
      status: 'fail',
      found,
      expected: wanted,
      at,
      fix,
    })
    if (!file) return wrong('missing')
    const bad = unusable(at, file, expected)
    if (bad) return bad
    const other = unseen(file)
    if (other) {
      return {
        status: 'warn',
        found: `${other}, not looked into`,
        expected,
        at,
        hint: 'Compare its MAC and addresses with your configuration yourself.',
      }
    }
    if (label === null || !seed) return wrong(noSeed(file))
    // cloud-init looks for the label in upper or lower case (NoCloud data source).
    if (label.toUpperCase() !== 'CIDATA')
      return wrong(label ? `its label is ${label}` : 'it has no label', 'the label CIDATA')
    const broken = seedFiles.find((name) => seed.faults[name] !== undefined)
    if (broken && !(broken === 'network-config' && config.network === 'none')) {
      return wrong(`${broken} ${seed.faults[broken]}`, 'valid user-data, meta-data, network-config')
    }
    const clash = config.network !== 'none' && seed.network ? disagreement(seed.network, config) : null
    const found =
      config.network === 'none'
        ? 'CIDATA, valid'
        : `CIDATA, gives ${config.guest_mac} ${guestNetwork(config).addresses.join(' ') || 'DHCP'}`
    return clash ?? fleeting(at, 'seed') ?? { status: 'ok', found }
  },
})
