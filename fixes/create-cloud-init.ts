import type { Config } from '../src/config/keys.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { Step } from '../src/contract/step.ts'
import type { Host } from '../src/host/host.ts'
import { type SeedSource, surveyConfiguration, surveyDirectory } from '../src/seed/source.ts'
import { tempPath } from '../src/util/temp-path.ts'

/** KiB, as in upstream's script. */
const sizeKiB = '8192'

const write = ({ path, content, why }: SeedSource['files'][number]): readonly Step[] =>
  // user-data contains at least the hash of the password; only the owner needs the others.
  content === null ? [] : [{ kind: 'write', path, content, mode: 0o600, why }]

export const createCloudInit = defineFix<'create-cloud-init', Record<string, never>, SeedSource>({
  id: 'create-cloud-init',
  title: 'Make the NoCloud seed image',
  programs: { 'mkfs.fat': 'dosfstools', mcopy: 'mtools' },
  survey: (host: Host, _args, config: Config) =>
    config.seed_dir === null
      ? surveyConfiguration(host, config)
      : surveyDirectory(host, config, config.seed_dir),
  plan: (_args, config, { refusal, files }) => {
    if (refusal !== null) return [{ kind: 'manual', text: refusal }]
    const temporary = tempPath(config.seed, 'part')
    return [
      ...files.flatMap(write),
      {
        kind: 'run',
        // mkdosfs by the one name that every distribution has.
        argv: ['mkfs.fat', '-n', 'CIDATA', '-C', temporary, sizeKiB],
        root: false,
        why: 'create an empty FAT image labelled CIDATA',
        temporary,
        undo: [],
      },
      {
        kind: 'run',
        argv: ['chmod', '600', temporary],
        root: false,
        why: 'make it readable by you alone: the password goes into it',
        undo: [],
      },
      {
        kind: 'run',
        argv: ['mcopy', '-o', '-i', temporary, ...files.map(({ path }) => path), '::'],
        root: false,
        why: `copy ${files.length === 3 ? 'the three' : 'these'} files into it`,
        undo: [],
      },
      {
        kind: 'publish',
        from: temporary,
        to: config.seed,
        why: 'give the seed image its name',
        reversible: true,
      },
    ]
  },
})
