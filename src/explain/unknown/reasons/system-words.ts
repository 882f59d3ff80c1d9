/** Words for a reason that parts of a system use: file systems, logins, modules, boot loaders. */
import type { Words } from './reason.ts'

export const systemWords: Words = [
  [
    /\b(?:the )?root account is locked\b/,
    'The account has no password that may be used to log in.',
    'Set one in the image, or a key by cloud-init.',
  ],
  [
    /\bpreviously in use from another system\b/,
    'The machine that used it last did not give it back (export), or still uses it.',
    'Make sure that nothing else uses it before it is taken over by force.',
  ],
  [
    /\b[Mm]anual repair required\b/,
    'Its data contradicts itself, and it is not repaired without being asked.',
    'Make a copy first; then the repair tool of that program.',
  ],
  [/\bcorrupted or uncleanly shut down\b/, 'It was not closed when the system ended the last time.', null],
  [
    /\bnot permitted to log in yet\b/,
    'The system is still starting, and lets nobody but root in.',
    'Wait; `systemctl list-jobs` on its console shows what it waits for.',
  ],
  [/\bcredentials? (?:were|was|are|is) rejected\b/, 'User name, password or key were not accepted.', null],
  [
    /\bsignature and\/or required key missing - tainting kernel\b/,
    'The module is not signed and was loaded nevertheless: a remark.',
    null,
  ],
  [
    /\bsignature algorithm \S{1,60} not in\b|\bno mutual signature algorithm\b/,
    'The two sides have no signature algorithm in common.',
    'Use a newer client, or another kind of key (Ed25519).',
  ],
  [/\bexceeds size of device\b/, 'What lies on the device is larger than the device.', 'Compare both sizes.'],
  [
    /\btabs are not allowed\b/,
    'The file is indented by tabs where only spaces are allowed.',
    'The message or the lines below it name the line.',
  ],
  [
    /\bunknown filesystem type '(?:LVM2_member|crypto_LUKS|linux_raid_member|zfs_member|mpath_member|isw_raid_member|bcache)'/,
    'What is on that device is no file system, but a part of a volume that must be opened or put together before it is mounted.',
    '`lsblk -f`.',
  ],
  [
    /\bno mutual signature supported\b/,
    'The two sides of ssh share no way to sign with that key.',
    'Use a newer client, or another kind of key (Ed25519).',
  ],
  [
    /\billegal instruction \[#\d|\bundefined instruction\b/,
    'The processor met an instruction that it does not know or permit.',
    null,
  ],
  [
    /\bsparse file not allowed\b|\bdiskfilter writes are not supported\b/,
    'GRUB cannot write its environment (grubenv) on that file system or volume: it goes on without.',
    null,
  ],
]
