import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract.ts'
import { parseFat } from '../src/formats/fat.ts'
import { type FileFacts, isFleeting, lookAtFile, mistaken, unusable } from './shared/artifact.ts'
import { type NetworkFacts, parseSeed, type SeedFacts, seedFiles } from './shared/seed-facts.ts'

interface Facts {
  readonly file: FileFacts | null
  /** The FAT volume label; null when the content is no FAT file system. */
  readonly label: string | null
  readonly seed: SeedFacts | null
}

/** Ours has 8 MiB; one that holds three text files is never much larger. */
const largest = 64 * 2 ** 20

const fix = { id: 'create-cloud-init', args: {} } as const
const expected = 'a FAT image labelled CIDATA with the three files'

/** What the network-config and the configuration disagree about, worst first. */
const disagreement = (network: NetworkFacts, config: Config): Verdict | null => {
  const wrong = (found: string, wanted: string): Verdict => ({ status: 'fail', found, expected: wanted, fix })
  const gateway = config.host_address.split('/')[0] ?? ''
  if (network.macs.length > 0 && !network.macs.includes(config.guest_mac)) {
    return wrong(
      `the seed matches MAC ${network.macs.join(', ')}`,
      `${config.guest_mac}, which the guest gets`,
    )
  }
  if (!network.addresses.includes(config.guest_address)) {
    return wrong(
      `the seed gives the guest ${network.addresses.join(', ') || 'no address'}`,
      config.guest_address,
    )
  }
  if (!network.gateways.includes(gateway)) {
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
      fix,
    }
  }
  if (network.gateway4)
    return {
      status: 'warn',
      found: 'the seed uses gateway4, which netplan deprecated',
      expected: 'routes: [{ to: default, via: … }]',
      fix,
    }
  return null
}

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
    return { file, label: fat?.label ?? null, seed: fat ? await parseSeed(text) : null }
  },
  judge: ({ file, label, seed }, config) => {
    const path = config.seed
    if (!file) return { status: 'fail', found: `there is no ${path}`, expected, fix }
    const bad = unusable(path, file, expected)
    if (bad) return bad
    // cloud-init takes a CD image just as well; the doctor does not look into one.
    if (file.kind === 'ISO 9660')
      return {
        status: 'warn',
        found: `${path} is an ISO image, not looked into`,
        expected,
        hint: 'Compare its MAC and addresses with `chv-doctor init --print` yourself.',
      }
    if (label === null || !seed)
      return {
        status: 'fail',
        found: file.kind === 'data' ? `${path} is no FAT image` : mistaken(path, file.kind),
        expected,
        fix,
      }
    // cloud-init looks for the label in upper or lower case (NoCloud data source).
    if (label.toUpperCase() !== 'CIDATA')
      return {
        status: 'fail',
        found: label ? `its label is ${label}` : 'it has no label',
        expected: 'the label CIDATA',
        fix,
      }
    const broken = seedFiles.find((name) => seed.faults[name] !== undefined)
    const optional = broken === 'network-config' && config.network === 'none'
    if (broken && !optional)
      return {
        status: 'fail',
        found: `${broken} ${seed.faults[broken]}`,
        expected: 'valid user-data, meta-data, network-config',
        fix,
      }
    const wrong = config.network === 'tap' && seed.network ? disagreement(seed.network, config) : null
    if (wrong) return wrong
    if (isFleeting(path))
      return {
        status: 'warn',
        found: `${path} is gone after a reboot`,
        expected: 'a lasting place',
        hint: 'Move it and set `seed`.',
      }
    return { status: 'ok', found: `CIDATA, instance ${seed.instanceId}` }
  },
})
