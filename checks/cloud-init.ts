import { guestNetwork } from '../src/config/derived.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { describeKind, type Kind } from '../src/formats/magic.ts'
import type { Host } from '../src/host/host.ts'
import type { SeedFacts } from '../src/seed/facts.ts'
import { generatedId } from '../src/seed/identity.ts'
import { maxSeedBytes, readSeedImage, seedText } from '../src/seed/image.ts'
import { type Disagreement, disagreement } from '../src/seed/verdict.ts'
import { Undetermined, UsageError } from '../src/util/errors.ts'
import { humanBytes } from '../src/util/units.ts'
import { type FileFacts, fileFindings, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'
import { seedFindings } from './shared/seed-findings.ts'

interface Facts {
  readonly file: FileFacts | null
  /** The volume label; null when the content is no file system that cloud-init takes for a seed. */
  readonly label: string | null
  /** Of a FAT image without that label: the one in its boot sector, where it is cloud-init's. */
  readonly bootLabel?: string
  readonly seed: SeedFacts | null
  /** What is in `seed_dir`, where there is one: a file that it lacks, and whether the image has the same. */
  readonly directory?: { readonly lacks: string | null; readonly same: boolean }
  /** Whether a generated image is what the configuration would make now. */
  readonly current?: boolean
}

const seedFiles = ['user-data', 'meta-data', 'network-config'] as const

const fix = { id: 'create-cloud-init', args: {} } as const
const goodImage = 'a FAT image labelled CIDATA with the three files'

const findings = {
  ...fileFindings,
  ...seedFindings,
  missing: finding({ found: 'missing', expected: goodImage }),
  'directory-lacks-file': finding<{ file: string }>({
    found: ({ file }) => `seed_dir has no ${file}`,
    expected: 'user-data, meta-data and, for most guests, network-config',
    hint: 'Write it, or set `seed_dir` to null: then chv-doctor writes all three.',
  }),
  'not-inspected': finding<{ kind: 'ISO 9660' | 'FAT'; size: number }>({
    found: ({ kind, size }) =>
      `a ${kind === 'FAT' ? 'FAT' : 'ISO'} image of ${humanBytes(size)}, which is not inspected`,
    expected: goodImage,
    hint: 'Compare its MAC and addresses with your configuration yourself.',
  }),
  'not-a-seed': finding<{ kind: Kind }>({
    found: ({ kind }) =>
      kind === 'data' ? 'no FAT image' : kind === 'FAT' ? 'a damaged FAT image' : describeKind(kind),
    expected: goodImage,
  }),
  'directory-differs': finding({
    found: 'the files in seed_dir differ from those in the image',
    expected: 'the same files',
  }),
  'wrong-label': finding<{ label: string }>({
    found: ({ label }) => (label ? `its label is ${label}` : 'it has no label'),
    expected: 'the label CIDATA',
  }),
  'label-in-boot-sector': finding<{ label: string }>({
    found: ({ label }) => `the label ${label} stands in the boot sector alone`,
    expected: 'the label CIDATA in the root directory: cloud-init reads the other one from 20.3 on',
  }),
  outdated: finding({
    found: 'made from settings that have changed since',
    expected: 'the present user, password, ssh key and name servers',
  }),
}

type SeedVerdict = Verdict<typeof findings>

const compareDirectory = async (host: Host, directory: string, text: (name: string) => string | null) => {
  const names = [...seedFiles, 'vendor-data']
  const own = await Promise.all(names.map((name) => host.readText(`${directory}/${name}`)))
  return {
    lacks: names.slice(0, 2).find((_, index) => own[index] === null) ?? null,
    same: names.every((name, index) => own[index] === text(name)),
  }
}

/** Whether a seed that the fix made is the one that it would make now; true for one of another hand. */
const isCurrent = async (host: Host, config: Config, seed: SeedFacts): Promise<boolean> => {
  // From a directory that the configuration no longer names.
  if (seed.packed) return false
  if (!seed.instanceId?.startsWith('chv-doctor-')) return true
  const { seedFor } = await import('../src/seed/seed-for-host.ts')
  try {
    const { userData, networkConfig } = (await seedFor(host, config)).seed
    return generatedId(userData, networkConfig) === seed.instanceId
  } catch (error) {
    // A wrong or hidden key is no fault of the image; the fix says it.
    if (error instanceof UsageError || error instanceof Undetermined) return true
    throw error
  }
}

/** The kind of a file system that cloud-init accepts as a seed and that is too large to be inspected, or null. */
const largeSeed = ({ kind, size }: FileFacts): 'ISO 9660' | 'FAT' | null =>
  size > maxSeedBytes && (kind === 'ISO 9660' || kind === 'FAT') ? kind : null

/** cloud-init looks for these two alone (DataSourceNoCloud.py). */
const isSeedLabel = (label: string): boolean => label === 'CIDATA' || label === 'cidata'

type InnerFault = { readonly status: 'warn' | 'fail'; readonly file: (typeof seedFiles)[number] } & (
  | Disagreement
  | { readonly code: 'invalid-file'; readonly values: { readonly file: string; readonly fault: string } }
  | { readonly code: 'no-network-config' }
  | { readonly code: 'reused-instance-id'; readonly values: { readonly id: string } }
  | {
      readonly code: 'ignored-user-data' | 'user-data-mismatch'
      readonly values: { readonly what: string }
    }
)

/** What is wrong inside, worst first; null for a seed that does what the configuration says. */
const faultInside = (seed: SeedFacts, config: Config): InnerFault | null => {
  const broken = seedFiles.find((name) => seed.faults[name] !== undefined)
  if (broken && !(broken === 'network-config' && config.network === 'none')) {
    // A directory of the user may leave network-config out on purpose.
    if (config.seed_dir && seed.missing?.includes(broken))
      return { status: 'warn', code: 'no-network-config', file: 'network-config' }
    const values = { file: broken, fault: seed.faults[broken] ?? '' }
    return { status: 'fail', code: 'invalid-file', values, file: broken }
  }
  const clash = config.network !== 'none' && seed.network ? disagreement(seed.network, config) : null
  if (clash) {
    const harmless = clash.code === 'no-name-server' || clash.code === 'gateway4-deprecated'
    return { status: harmless ? 'warn' : 'fail', ...clash, file: 'network-config' }
  }
  if (seed.stale)
    return {
      status: 'warn',
      code: 'reused-instance-id',
      values: { id: seed.instanceId ?? '' },
      file: 'meta-data',
    }
  if (seed.ignored)
    return { status: 'warn', code: 'ignored-user-data', values: { what: seed.ignored }, file: 'user-data' }
  if (seed.mismatch)
    return { status: 'warn', code: 'user-data-mismatch', values: { what: seed.mismatch }, file: 'user-data' }
  return null
}

/** Files of the user are for the user to change; a seed that chv-doctor wrote is written again. */
const verdictInside = ({ file, ...fault }: InnerFault, config: Config): SeedVerdict => {
  if (config.seed_dir === null) return { ...fault, path: config.seed, fix }
  const choice = file === 'network-config' && fault.status === 'fail' ? ', or the configuration' : ''
  const hint = `Change that file${choice}; then \`chv-doctor fix cloud-init\`.`
  return { ...fault, path: `${config.seed_dir}/${file}`, hint }
}

export const cloudInit = defineCheck({
  id: 'cloud-init',
  title: 'The NoCloud seed image, by its content',
  group: 'artifacts',
  beforeBoot: 'required',
  looksAt: 'seed',
  networkPlace: { hop: 'guest' },
  settings: ['seed', 'guest_mac'],
  findings,
  probe: async (host, config): Promise<Facts> => {
    const file = await lookAtFile(host, config.seed)
    const readable = file?.type === 'file' && file.readable && file.size <= maxSeedBytes
    const image = readable ? await readSeedImage(host, config.seed) : null
    const text = (name: string) => seedText(image, name)
    const directory = config.seed_dir
      ? { directory: await compareDirectory(host, config.seed_dir, text) }
      : {}
    if (!image) return { file, label: null, seed: null, ...directory }
    // A YAML parser, loaded only where there is something to parse.
    const { parseSeed } = await import('../src/seed/facts.ts')
    const seed = parseSeed((name) => image.read(name), config.guest_mac)
    const current = config.seed_dir !== null || (await isCurrent(host, config, seed))
    const { label, bootLabel = '' } = image
    const inBootSector = !isSeedLabel(label) && isSeedLabel(bootLabel) ? { bootLabel } : {}
    return { file, label, ...inBootSector, seed, current, ...directory }
  },
  judge: ({ file, label, bootLabel, seed, directory, current = true }, config) => {
    const path = config.seed
    const bad = file && unusable(path, file)
    if (bad) return bad
    if (directory?.lacks) {
      const { lacks } = directory
      const missing = `${config.seed_dir}/${lacks}`
      return { status: 'fail', code: 'directory-lacks-file', values: { file: lacks }, path: missing }
    }
    if (!file) return { status: 'fail', code: 'missing', path, fix }
    const large = largeSeed(file)
    if (large)
      return { status: 'warn', code: 'not-inspected', values: { kind: large, size: file.size }, path }
    if (label === null || !seed)
      return { status: 'fail', code: 'not-a-seed', values: { kind: file.kind }, path, fix }
    if (directory && !directory.same) return { status: 'fail', code: 'directory-differs', path, fix }
    if (!isSeedLabel(label) && bootLabel === undefined)
      return { status: 'fail', code: 'wrong-label', values: { label }, path, fix }
    const fault = faultInside(seed, config)
    if (fault) return verdictInside(fault, config)
    if (bootLabel !== undefined)
      return { status: 'warn', code: 'label-in-boot-sector', values: { label: bootLabel }, path, fix }
    if (!current) return { status: 'warn', code: 'outdated', path, fix }
    const found =
      config.network === 'none'
        ? 'CIDATA, valid'
        : `CIDATA, gives ${config.guest_mac} ${guestNetwork(config).addresses.join(' ') || 'DHCP'}`
    return volatileLocation(path, 'seed') ?? { status: 'ok', found }
  },
})
