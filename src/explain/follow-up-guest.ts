/** What follows in a guest, and for those who log in to it: a seed that was not read, a key that was not used. */
import { isCause, isError, type Rule } from './follow-up-rule.ts'
import type { Found } from './ranking.ts'

/** Nothing of the user-data was applied. */
const isSeedUnread = isCause(
  'cloud-init-not-config',
  'cloud-init-yaml',
  'cloud-init-disabled',
  'cloud-init-no-blkid',
  'seed-not-valid',
  'seed-part-not-merged',
  'seed-server-unreached',
  'guest-cloud-init-no-seed',
  'user-data-first-line-late',
  'user-data-first-line-misspelt',
  'user-data-still-encoded',
  'seed-password-not-hashed',
  'seed-password-locked',
  'seed-meta-data-missing',
  'seed-label-other',
)

const isKeyUnused = isCause(
  'ssh-key-unreadable',
  'ssh-key-file-denied',
  'ssh-key-file-open',
  'ssh-signature-refused',
  'ssh-agent-refused',
  'sshd-key-file-mode',
  'sshd-user-not-allowed',
  'account-locked',
)

const isLoginRefused = isCause('ssh-key-refused', 'ssh-password-refused', 'provisioner-login-refused')

/** Of what a module of cloud-init says, the words that are known. */
const isModule = ({ diagnosis: { cause } }: Found): boolean =>
  /^cloud-init-(?!module-failed|status|schema|deprecated)/.test(cause) || cause === 'password-not-set'

const isJob = isCause('unit-job-failed')

export const guestRules: readonly Rule[] = [
  // What is wrong with the seed is why none was found.
  {
    first: isCause('seed-meta-data-missing', 'seed-label-other', 'seed-not-valid'),
    later: isCause('cloud-init-disabled', 'guest-cloud-init-no-seed'),
    anyOrder: true,
  },
  {
    first: isSeedUnread,
    later: (found) => isLoginRefused(found) || isCause('guest-login-refused')(found),
    anyOrder: true,
  },
  {
    first: (found) =>
      isError(found) && /^(?:guest-)?cloud-init-(?!stage-skipped)/.test(found.diagnosis.cause),
    later: isCause('cloud-init-stage-skipped'),
  },
  { first: isKeyUnused, later: isLoginRefused, anyOrder: true },
  { first: isModule, later: isCause('cloud-init-module-failed'), anyOrder: true },
  {
    first: isCause(
      'docker-no-firewall',
      'container-cgroups-missing',
      'docker-no-overlay',
      'docker-no-veth',
      'docker-no-subnet',
    ),
    later: isCause('guest-unit-docker', 'docker-daemon-unreached'),
    anyOrder: true,
  },
  { first: isCause('cloud-init-packages-failed'), later: isCause('cloud-init-script-command-missing') },
  { first: isCause('guest-no-names'), later: isCause('package-server-unreached'), anyOrder: true },
  {
    first: (found) => isError(found) && !isCause('rsync-peer-ended', 'unknown')(found),
    later: isCause('rsync-peer-ended'),
    anyOrder: true,
  },
  {
    first: (found) => isError(found) && !isJob(found) && !isCause('unknown', 'dpkg-step-failed')(found),
    later: isJob,
    anyOrder: true,
  },
  // A step of a package ends because its service did not start, or the disk is full.
  {
    first: (found) => isError(found) && !isCause('unknown', 'dpkg-step-failed')(found),
    later: isCause('dpkg-step-failed'),
  },
  // What could not be asked for was looked for all the same, among what was at hand.
  {
    first: isCause(
      'package-repository-unreachable',
      'package-repositories-none',
      'package-unsigned',
      'apt-release-gone',
      'apt-release-expired',
      'apt-sources-malformed',
      'apt-lists-mismatch',
      'dnf-mirrors-gone',
      'package-server-unreached',
      'guest-no-names',
      'name-server-silent',
    ),
    later: isCause('package-unknown'),
    anyOrder: true,
  },
]
