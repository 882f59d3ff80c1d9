/** The NoCloud seed, and the user that it creates. */
import type { Shapes } from '../kinds.ts'

export const seedKeys = {
  seed: {
    kind: 'path',
    about: 'The NoCloud seed image (cloud-init).',
    computed: true,
  },
  seed_dir: {
    kind: 'path',
    optional: true,
    about: 'A directory with your own user-data, meta-data and network-config, used as they are.',
  },
  attach_seed: {
    kind: 'enum',
    values: ['always', 'once'],
    about: 'Give the guest the seed at every boot, or only until cloud-init has carried it out.',
    default: 'always',
  },
  guest_user: {
    kind: 'user',
    about: 'The user that cloud-init creates.',
    default: 'cloud',
  },
  guest_password: {
    kind: 'string',
    about: 'Its console password (for ssh see ssh_password_auth).',
    default: 'cloud123',
  },
  ssh_password_auth: {
    formerly: 'guest_ssh_password',
    kind: 'boolean',
    about: 'Let the password in over ssh too; otherwise ssh takes keys only.',
    default: false,
  },
  ssh_public_key_file: {
    formerly: 'ssh_key',
    kind: 'path',
    optional: true,
    about: 'A public key for that user; without it the first of ~/.ssh/id_*.pub that exists.',
  },
} as const satisfies Shapes
