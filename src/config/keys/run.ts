/** How chv-doctor itself runs. */
import type { Shapes } from '../kinds.ts'

export const runKeys = {
  mirrors: {
    guard: 'replaces sources of downloads',
    kind: 'mirrors',
    about:
      'Beginnings of catalogue addresses and what to put there: { "https://": "file:///srv/artifacts/" }.',
    default: {},
  },
  allow_unverified: {
    guard: 'installs what nothing verifies',
    kind: 'boolean',
    about:
      'Install artifacts that nothing can verify; never Cloud Hypervisor itself, which is always verified.',
    default: false,
  },
  offline: {
    kind: 'boolean',
    about: 'Do not use the network.',
    default: false,
  },
  check_timeout: {
    formerly: 'timeout',
    kind: 'integer',
    min: 1,
    max: 600,
    about: 'Seconds that one check may take.',
    default: 10,
  },
  boot_timeout: {
    kind: 'integer',
    min: 1,
    max: 86_400,
    about: 'Seconds that `boot --verify` waits for the guest to come up.',
    default: 300,
  },
  ignore: {
    kind: 'ignore-map',
    about:
      'Checks and findings to leave out, each with the reason and, if you like, the last day: { memory: "shared host", nat/no-masquerade: { reason: "moves in May", until: 2027-05-31 } }.',
    default: {},
  },
  severity: {
    kind: 'severity-map',
    about:
      'Findings that count as another kind than they are: { memory/too-little-available: fail, tap-device/in-use: warn }.',
    default: {},
  },
  profile: {
    kind: 'enum',
    values: ['default', 'production'],
    about:
      'What the host is for: `production` lets what the checks of the group advice say about security count as warnings.',
    default: 'default',
  },
  check_files: {
    guard: 'runs this code',
    formerly: 'checks',
    kind: 'paths',
    about: 'Checks of your own: files that export `checks` (and `fixes`), see docs/own-checks.md.',
    default: [],
  },
} as const satisfies Shapes
