import { guestNetwork } from '../src/config/derived.ts'
import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { describeKind } from '../src/formats/magic.ts'
import type { Host } from '../src/host/host.ts'
import type { SeedFacts } from '../src/seed/facts.ts'
import { generatedId } from '../src/seed/identity.ts'
import { maxSeedBytes, readSeedImage, seedText } from '../src/seed/image.ts'
import { type Disagreement, disagreement } from '../src/seed/verdict.ts'
import { Undetermined, UsageError } from '../src/util/errors.ts'
import { type FileFacts, lookAtFile, unusable, volatileLocation } from './shared/artifact.ts'

interface Facts {
  readonly file: FileFacts | null
  /** The volume label; null when the content is no file system that cloud-init takes for a seed. */
  readonly label: string | null
  readonly seed: SeedFacts | null
  /** What is in `seed_dir`, where there is one: a file that it lacks, and whether the image has the same. */
  readonly directory?: { readonly lacks: string | null; readonly same: boolean }
  /** Whether a generated image is what the configuration would make now. */
  readonly current?: boolean
}

const seedFiles = ['user-data', 'meta-data', 'network-config'] as const

const fix = { id: 'create-cloud-init', args: {} } as const
const expected = 'a FAT image labelled CIDATA with the three files'

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

/** Takes a large file system for a seed as cloud-init does, but does not look into it. */
const unseen = ({ kind, size }: FileFacts): string | null =>
  size <= maxSeedBytes
    ? null
    : kind === 'ISO 9660'
      ? 'a large ISO image'
      : kind === 'FAT'
        ? 'a large FAT image'
        : null

const noSeed = ({ kind }: FileFacts): string =>
  kind === 'data' ? 'no FAT image' : kind === 'FAT' ? 'a damaged FAT image' : describeKind(kind)

/** What is wrong inside, worst first; null for a seed that does what the configuration says. */
const faultInside = (seed: SeedFacts, config: Config): (Disagreement & { file: string }) | null => {
  const valid = 'valid user-data, meta-data, network-config'
  const broken = seedFiles.find((name) => seed.faults[name] !== undefined)
  if (broken && !(broken === 'network-config' && config.network === 'none')) {
    // A directory of one's own may leave it out on purpose.
    const optional = config.seed_dir && seed.faults[broken] === 'is missing'
    return optional
      ? {
          status: 'warn',
          found: 'no network-config: the guest will ask for DHCP',
          expected: 'one that gives it its address; nothing on the TAP answers DHCP',
          file: broken,
        }
      : { status: 'fail', found: `${broken} ${seed.faults[broken]}`, expected: valid, file: broken }
  }
  const clash = config.network !== 'none' && seed.network ? disagreement(seed.network, config) : null
  if (clash) return { ...clash, file: 'network-config' }
  if (seed.stale) {
    return {
      status: 'warn',
      found: `instance-id ${seed.instanceId} stood for other content`,
      expected: 'a new one, or a guest that has booted ignores the change',
      file: 'meta-data',
    }
  }
  if (seed.ignored)
    return { status: 'warn', found: `user-data ${seed.ignored}`, expected: valid, file: 'user-data' }
  return null
}

export const cloudInit = defineCheck<'cloud-init', Facts>({
  id: 'cloud-init',
  title: 'The NoCloud seed image, by its content',
  group: 'artifacts',
  probe: async (host, config) => {
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
    const seed = parseSeed(text)
    const current = config.seed_dir !== null || (await isCurrent(host, config, seed))
    return { file, label: image.label, seed, current, ...directory }
  },
  judge: ({ file, label, seed, directory, current = true }, config) => {
    const path = config.seed
    const wrong = (found: string, wanted = expected): Verdict => ({
      status: 'fail',
      found,
      expected: wanted,
      path,
      fix,
    })
    const bad = file && unusable(path, file, expected)
    if (bad) return bad
    if (directory?.lacks) {
      return {
        status: 'fail',
        found: `seed_dir has no ${directory.lacks}`,
        expected: 'user-data, meta-data and mostly network-config',
        path: `${config.seed_dir}/${directory.lacks}`,
        hint: 'Write it, or set `seed_dir` to null: then the doctor writes all three.',
      }
    }
    if (!file) return wrong('missing')
    const other = unseen(file)
    if (other) {
      return {
        status: 'warn',
        found: `${other}, not looked into`,
        expected,
        path,
        hint: 'Compare its MAC and addresses with your configuration yourself.',
      }
    }
    if (label === null || !seed) return wrong(noSeed(file))
    if (directory && !directory.same)
      return wrong('seed_dir has other files than the image', 'the same files')
    // cloud-init looks for the label in upper or lower case (NoCloud data source).
    if (label.toUpperCase() !== 'CIDATA')
      return wrong(label ? `its label is ${label}` : 'it has no label', 'the label CIDATA')
    const fault = faultInside(seed, config)
    if (fault) {
      const { file: name, ...verdict } = fault
      // What is wrong in the user's own files only the user can mend.
      if (!config.seed_dir) return { ...verdict, path, fix }
      const choice = name === 'network-config' && verdict.status === 'fail' ? ', or the configuration' : ''
      const hint = `Change that file${choice}; then \`chv-doctor fix cloud-init\`.`
      return { ...verdict, path: `${config.seed_dir}/${name}`, hint }
    }
    if (!current) {
      const found = 'made from other settings than those of now'
      const settings = 'the present user, password, ssh key and name servers'
      return { status: 'warn', found, expected: settings, path, fix }
    }
    const found =
      config.network === 'none'
        ? 'CIDATA, valid'
        : `CIDATA, gives ${config.guest_mac} ${guestNetwork(config).addresses.join(' ') || 'DHCP'}`
    return volatileLocation(path, 'seed') ?? { status: 'ok', found }
  },
})
