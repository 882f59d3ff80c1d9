import { guestSuffix } from '../src/config/guests.ts'
import { defineFix, type Step } from '../src/contract.ts'
import { UsageError } from '../src/errors.ts'
import type { Seed } from '../src/seed.ts'

interface Survey {
  readonly seed: Seed
}

/** Public keys in the order in which they are preferred. */
const keyNames = ['id_ed25519.pub', 'id_ecdsa.pub', 'id_rsa.pub']

/** One line of authorized_keys(5) without options. */
const publicKey = /^(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/=]+( [^\n]*)?$/

/** KiB, as upstream's script makes it: plenty for three text files, and FAT needs some room. */
const sizeKiB = '8192'

export const createCloudInit = defineFix<'create-cloud-init', Record<string, never>, Survey>({
  id: 'create-cloud-init',
  title: 'Make the NoCloud seed image',
  programs: { 'mkfs.fat': 'dosfstools', mcopy: 'mtools' },
  survey: async (host, _args, config) => {
    const paths = config.ssh_key ? [config.ssh_key] : keyNames.map((name) => `${host.user.home}/.ssh/${name}`)
    const [{ makeSeed }, ...keys] = await Promise.all([
      import('../src/seed.ts'),
      ...paths.map((path) => host.readText(path)),
    ])
    const key = keys.find((text) => text !== null)?.trim() ?? null
    if (config.ssh_key && key === null) throw new UsageError(`ssh_key: there is no ${config.ssh_key}.`)
    // A private key must never get into a guest.
    if (key !== null && !publicKey.test(key)) {
      throw new UsageError(
        `${config.ssh_key ? `ssh_key: ${config.ssh_key}` : 'The key in ~/.ssh'} is no public key (one line that starts with ssh-, ecdsa- or sk-).`,
      )
    }
    return { seed: makeSeed(config, key) }
  },
  plan: (_args, config, { seed }) => {
    const folder = `${config.data_dir}/seed${guestSuffix(config.guest)}`
    const files = {
      'user-data': seed.userData,
      'meta-data': seed.metaData,
      'network-config': seed.networkConfig,
    }
    const temporary = config.seed.replace(/[^/]*$/, (name) => `.${name}.part`)
    const writes = Object.entries(files).map(
      // user-data holds a password, and nobody but its owner needs the others either.
      ([name, content]): Step => ({
        kind: 'write',
        path: `${folder}/${name}`,
        content,
        mode: 0o600,
        why: `write ${name}`,
      }),
    )
    return [
      ...writes,
      {
        kind: 'run',
        // mkdosfs by the one name that every distribution has.
        argv: ['mkfs.fat', '-n', 'CIDATA', '-C', temporary, sizeKiB],
        root: false,
        why: 'make an empty FAT image labelled CIDATA',
        temporary,
        undo: [],
      },
      {
        kind: 'run',
        argv: ['chmod', '600', temporary],
        root: false,
        why: 'let nobody else read the password that goes into it',
        undo: [],
      },
      {
        kind: 'run',
        argv: [
          'mcopy',
          '-o',
          '-i',
          temporary,
          ...Object.keys(files).map((name) => `${folder}/${name}`),
          '::',
        ],
        root: false,
        why: 'copy the three files into it',
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
