/** Where the files of a seed come from: the configuration, or a directory of the user's own. */

import { guestSuffix } from '../config/guests.ts'
import type { Config } from '../config/keys.ts'
import type { Host } from '../host/host.ts'
import { messageOf } from '../util/errors.ts'
import { parseRecord, recordName, recordOf, type SeedRecord } from './identity.ts'
import { readSeedImage, seedText } from './image.ts'

export interface SeedSource {
  /** Why there is nothing to make a seed from, and what to do: a sentence. */
  readonly refusal: string | null
  /** The files that go into the image under their own names; content is null where they stand there already. */
  readonly files: readonly { readonly path: string; readonly content: string | null; readonly why: string }[]
}

/** The three files as the configuration says. @throws UsageError when `ssh_public_key_file` is no public key */
export const surveyConfiguration = async (host: Host, config: Config): Promise<SeedSource> => {
  const { seedFor } = await import('./seed-for-host.ts')
  const { seed, hashed } = await seedFor(host, config)
  const directory = `${config.data_dir}/seed${guestSuffix(config.guest)}`
  const plain = 'write user-data, with the password as it is: nothing here can hash it'
  return {
    refusal: null,
    files: [
      {
        path: `${directory}/user-data`,
        content: seed.userData,
        why: hashed ? 'write user-data' : plain,
      },
      { path: `${directory}/meta-data`, content: seed.metaData, why: 'write meta-data' },
      { path: `${directory}/network-config`, content: seed.networkConfig, why: 'write network-config' },
    ],
  }
}

/** What the image that stands there remembers of those before it. */
const recordIn = async (host: Host, path: string): Promise<SeedRecord | null> => {
  if ((await host.stat(path)) === null || !(await host.canAccess(path, 'read'))) return null
  return parseRecord(seedText(await readSeedImage(host, path), recordName))
}

/** Files of a NoCloud seed; the last two may be absent. */
const names = ['user-data', 'meta-data', 'network-config', 'vendor-data'] as const

/** The user's own files, as they are, with a record by which a stale instance-id is seen later. */
export const surveyDirectory = async (host: Host, config: Config, directory: string): Promise<SeedSource> => {
  const refuse = (why: string): SeedSource => ({
    refusal: `seed_dir: ${why}`,
    files: [],
  })
  let texts: (string | null)[]
  try {
    texts = await Promise.all(names.map((name) => host.readText(`${directory}/${name}`)))
  } catch (error) {
    return refuse(`${messageOf(error)}.`)
  }
  // A YAML parser, loaded only where there is something to parse.
  const { parseSeed } = await import('./facts.ts')
  const text = new Map(names.map((name, index) => [name as string, texts[index] ?? null]))
  const { faults, instanceId } = parseSeed((name) => text.get(name) ?? null)
  // Without a network-config cloud-init asks for addresses by DHCP: the check says what that means here.
  const fault = Object.entries(faults).find(
    ([name, why]) => !(name === 'network-config' && why === 'is missing'),
  )
  if (fault) return refuse(`${directory}/${fault[0]} ${fault[1]}; mend it, or set seed_dir to null.`)
  const files = {
    'user-data': text.get('user-data') ?? '',
    'meta-data': text.get('meta-data') ?? '',
    'network-config': text.get('network-config') ?? null,
    'vendor-data': text.get('vendor-data') ?? null,
  }
  const record = recordOf(directory, instanceId ?? '', files, await recordIn(host, config.seed))
  return {
    refusal: null,
    files: [
      ...names
        .filter((name) => files[name] !== null)
        .map((name) => ({ path: `${directory}/${name}`, content: null, why: '' })),
      {
        path: `${config.data_dir}/seed${guestSuffix(config.guest)}/${recordName}`,
        content: `${JSON.stringify(record)}\n`,
        why: 'write down what the image is made from',
      },
    ],
  }
}
