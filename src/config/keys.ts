/**
 * Every configuration key, once: what it means, what it takes and what it is when nobody says.
 * The loader, the JSON Schema, `chv-doctor init`, the environment variables and docs/config.md are
 * all made from this table, so that they cannot disagree.
 */
import { imageIds } from '../catalogue/images.ts'
import { kernelSource } from '../catalogue/kernels.ts'
import { addressesOf, guestSuffix, macOf } from './guests.ts'

export interface Config {
  readonly boot: 'firmware' | 'kernel'
  readonly network: 'tap' | 'bridge' | 'none'
  readonly bridge: string
  readonly guest: number
  readonly hypervisor: string
  readonly hypervisor_url: string | null
  readonly hypervisor_sha256: string | null
  readonly capability: 'auto' | 'always'
  readonly data_dir: string
  readonly image: string
  readonly image_build: 'pinned' | 'current'
  readonly image_url: string | null
  readonly image_sha256: string | null
  readonly image_sums_url: string | null
  readonly image_key: string | null
  readonly disk: string
  /** Bytes; null leaves the size of the image. */
  readonly disk_size: number | null
  readonly keep_download: boolean
  readonly firmware: string
  readonly firmware_url: string | null
  readonly firmware_sha256: string | null
  readonly kernel: string
  readonly kernel_url: string | null
  readonly kernel_sha256: string | null
  readonly kernel_build: boolean
  readonly kernel_git: string
  readonly initramfs: string | null
  readonly cmdline: string
  readonly seed: string
  readonly seed_dir: string | null
  readonly attach_seed: 'always' | 'once'
  readonly cpus: number
  /** Bytes. */
  readonly memory: number
  readonly hugepages: boolean
  readonly queues: number
  readonly tap: string
  readonly guest_range: string
  readonly host_address: string
  /** With prefix length, or "dhcp" where a bridge leads to somebody who answers. */
  readonly guest_address: string
  readonly ipv6: 'none' | 'masquerade' | 'routed'
  readonly guest_range6: string
  readonly guest_mac: string
  readonly nat: boolean
  readonly nameservers: readonly string[]
  readonly persist: boolean
  readonly guest_user: string
  readonly guest_password: string
  readonly guest_ssh_password: boolean
  readonly ssh_key: string | null
  readonly mirrors: Readonly<Record<string, string>>
  readonly allow_unverified: boolean
  readonly offline: boolean
  /** Seconds that one check may take. */
  readonly timeout: number
  /** Seconds that `boot --verify` waits for the guest. */
  readonly boot_timeout: number
  readonly ignore: Readonly<Record<string, string>>
  readonly checks: readonly string[]
}

export type Kind =
  | 'string'
  | 'path'
  | 'program'
  | 'integer'
  | 'size'
  | 'boolean'
  | 'enum'
  | 'cidr'
  | 'cidr-or-dhcp'
  | 'range6'
  | 'mac'
  | 'addresses'
  | 'paths'
  | 'reasons'
  | 'mirrors'
  | 'interface'
  | 'sha256'
  | 'url'
  | 'user'

/** What the defaults depend on. */
export interface Environment {
  readonly arch: string
  readonly home: string
  /** `$XDG_DATA_HOME`, already defaulted to `~/.local/share`. */
  readonly dataHome: string
}

export interface Key {
  readonly name: keyof Config
  readonly kind: Kind
  readonly about: string
  readonly values?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** Whether "not set" is a value of its own. */
  readonly optional?: true
  /** The default; it may build on the keys above it. */
  readonly fallback: (so: Environment, above: Config) => unknown
  /** How the default is written where it is not known yet (templates, documentation). */
  readonly shown: string
}

export const keys: readonly Key[] = [
  {
    name: 'boot',
    kind: 'enum',
    values: ['firmware', 'kernel'],
    about: 'How the guest starts: a cloud image through firmware, or a kernel directly.',
    fallback: () => 'firmware',
    shown: 'firmware',
  },
  {
    name: 'network',
    kind: 'enum',
    values: ['tap', 'bridge', 'none'],
    about: 'What the guest is connected to: a TAP that this host routes, a TAP on a bridge, or nothing.',
    fallback: () => 'tap',
    shown: 'tap',
  },
  {
    name: 'bridge',
    kind: 'interface',
    about: 'The existing bridge for `network: bridge`.',
    fallback: () => 'br0',
    shown: 'br0',
  },
  {
    name: 'guest',
    kind: 'integer',
    min: 1,
    max: 4096,
    about: 'Which of several guests this is about; each has a TAP, MAC, subnet, disk and seed of its own.',
    fallback: () => 1,
    shown: '1',
  },
  {
    name: 'hypervisor',
    kind: 'program',
    about: 'The Cloud Hypervisor binary: a name that is looked for, or an absolute path.',
    fallback: () => 'cloud-hypervisor',
    shown: 'cloud-hypervisor',
  },
  {
    name: 'hypervisor_url',
    kind: 'url',
    optional: true,
    about: 'Where to get the binary instead of the catalogue (https:, http: or file:).',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'hypervisor_sha256',
    kind: 'sha256',
    optional: true,
    about: 'The digest of hypervisor_url.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'capability',
    kind: 'enum',
    values: ['auto', 'always'],
    about: 'Ask for cap_net_admin on the binary only where the TAP makes it necessary, or always.',
    fallback: () => 'auto',
    shown: 'auto',
  },
  {
    name: 'data_dir',
    kind: 'path',
    about: 'Where downloaded and generated files live.',
    fallback: (so) => `${so.dataHome}/chv-doctor`,
    shown: '~/.local/share/chv-doctor',
  },
  {
    name: 'image',
    kind: 'enum',
    values: imageIds,
    about: 'The cloud image of the guest.',
    fallback: () => 'resolute',
    shown: 'resolute',
  },
  {
    name: 'image_build',
    kind: 'enum',
    values: ['pinned', 'current'],
    about: 'One certain build of the image where the catalogue pins one, or the newest.',
    fallback: () => 'pinned',
    shown: 'pinned',
  },
  {
    name: 'image_url',
    kind: 'url',
    optional: true,
    about: 'Where to get the image instead of the catalogue (https:, http: or file:).',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'image_sha256',
    kind: 'sha256',
    optional: true,
    about: 'The digest of image_url.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'image_sums_url',
    kind: 'url',
    optional: true,
    about: 'A list of sums (SHA256SUMS or SHA512SUMS) that names the file of image_url.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'image_key',
    kind: 'path',
    optional: true,
    about: 'The OpenPGP public key that signs image_sums_url (in <image_sums_url>.gpg).',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'disk',
    kind: 'path',
    about: 'The guest disk, raw.',
    fallback: (_, c) => `${c.data_dir}/${c.image}${guestSuffix(c.guest)}.raw`,
    shown: '<data_dir>/<image>.raw',
  },
  {
    name: 'disk_size',
    kind: 'size',
    min: 2 ** 20,
    optional: true,
    about: 'Grow the guest disk to this, as 20G; it never shrinks. Null: as large as the image.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'keep_download',
    kind: 'boolean',
    about: 'Keep the downloaded image beside the disk made from it, for the next disk.',
    fallback: () => true,
    shown: 'true',
  },
  {
    name: 'firmware',
    kind: 'path',
    about: 'The firmware: CLOUDHV.fd or hypervisor-fw.',
    fallback: (so, c) => `${c.data_dir}/${so.arch === 'aarch64' ? 'CLOUDHV_EFI.fd' : 'CLOUDHV.fd'}`,
    shown: '<data_dir>/CLOUDHV.fd',
  },
  {
    name: 'firmware_url',
    kind: 'url',
    optional: true,
    about: 'Where to get the firmware instead of the catalogue (https:, http: or file:).',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'firmware_sha256',
    kind: 'sha256',
    optional: true,
    about: 'The digest of firmware_url.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'kernel',
    kind: 'path',
    about: 'The guest kernel for `boot: kernel`: vmlinux or bzImage, on aarch64 an Image.',
    fallback: (so, c) => `${c.data_dir}/${so.arch === 'aarch64' ? 'Image' : 'vmlinux'}`,
    shown: '<data_dir>/vmlinux',
  },
  {
    name: 'kernel_url',
    kind: 'url',
    optional: true,
    about: 'Where to get the kernel instead of the catalogue (https:, http: or file:).',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'kernel_sha256',
    kind: 'sha256',
    optional: true,
    about: 'The digest of kernel_url.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'kernel_build',
    kind: 'boolean',
    about: 'Build the kernel from source instead of fetching one.',
    fallback: () => false,
    shown: 'false',
  },
  {
    name: 'kernel_git',
    kind: 'url',
    about: 'The git repository that it is built from, with its branch or tag behind "#".',
    fallback: () => kernelSource,
    shown: kernelSource,
  },
  {
    name: 'initramfs',
    kind: 'path',
    optional: true,
    about: 'The initramfs for `boot: kernel`; kernels of distributions need theirs.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'cmdline',
    kind: 'string',
    about: 'The kernel command line for `boot: kernel`.',
    fallback: () => 'console=hvc0 root=/dev/vda1 rw',
    shown: 'console=hvc0 root=/dev/vda1 rw',
  },
  {
    name: 'seed',
    kind: 'path',
    about: 'The NoCloud seed image (cloud-init).',
    fallback: (_, c) => `${c.data_dir}/cloud-init${guestSuffix(c.guest)}.img`,
    shown: '<data_dir>/cloud-init.img',
  },
  {
    name: 'seed_dir',
    kind: 'path',
    optional: true,
    about: 'A directory with your own user-data, meta-data and network-config, used as they are.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'attach_seed',
    kind: 'enum',
    values: ['always', 'once'],
    about: 'Give the guest the seed at every boot, or only until cloud-init has carried it out.',
    fallback: () => 'always',
    shown: 'always',
  },
  { name: 'cpus', kind: 'integer', min: 1, max: 254, about: 'Virtual CPUs.', fallback: () => 2, shown: '2' },
  {
    name: 'memory',
    kind: 'size',
    min: 64 * 2 ** 20,
    about: 'Guest memory, as 512M or 2G.',
    fallback: () => 2 ** 30,
    shown: '1G',
  },
  {
    name: 'hugepages',
    kind: 'boolean',
    about: 'Back the guest memory with huge pages.',
    fallback: () => false,
    shown: 'false',
  },
  {
    name: 'queues',
    kind: 'integer',
    min: 2,
    max: 64,
    about: 'Network queues (num_queues): 2 is one pair; more needs a multi_queue TAP.',
    fallback: () => 2,
    shown: '2',
  },
  {
    name: 'tap',
    kind: 'interface',
    about: 'The TAP.',
    fallback: (_, c) => `vm-tap${c.guest - 1}`,
    shown: 'vm-tap0',
  },
  {
    name: 'guest_range',
    kind: 'cidr',
    about: 'Addresses of all guests: each has a /24 of it, or a /30 of a range smaller than a /23.',
    fallback: () => '192.168.248.0/21',
    shown: '192.168.248.0/21',
  },
  {
    name: 'host_address',
    kind: 'cidr',
    about: "The guest's gateway: the host on the TAP; on a bridge, the router. With its prefix length.",
    fallback: (_, c) => addressesOf(c.guest_range, c.guest).host,
    shown: '192.168.249.1/24',
  },
  {
    name: 'guest_address',
    kind: 'cidr-or-dhcp',
    about: 'The address of the guest, in the same subnet; on a bridge, dhcp unless it is set.',
    fallback: (_, c) => (c.network === 'bridge' ? 'dhcp' : addressesOf(c.guest_range, c.guest).guest),
    shown: '192.168.249.2/24',
  },
  {
    name: 'ipv6',
    kind: 'enum',
    values: ['none', 'masquerade', 'routed'],
    about: 'IPv6 for the guest behind a TAP: none, behind the address of the host, or with its own.',
    fallback: () => 'none',
    shown: 'none',
  },
  {
    name: 'guest_range6',
    kind: 'range6',
    about: 'IPv6 addresses of all guests, a /48 to /64: each has a /64 of it. For routed, one of yours.',
    fallback: () => 'fdc4:1d0c:7a3e::/48',
    shown: 'fdc4:1d0c:7a3e::/48',
  },
  {
    name: 'guest_mac',
    kind: 'mac',
    about: 'The MAC of the guest, in the seed and on the command line alike.',
    fallback: (_, c) => macOf(c.guest),
    shown: '12:34:56:78:90:ab',
  },
  {
    name: 'nat',
    kind: 'boolean',
    about: 'Let the guest into the internet through this host: forwarding and masquerade.',
    fallback: () => true,
    shown: 'true',
  },
  {
    name: 'nameservers',
    kind: 'addresses',
    about: 'Name servers of the guest.',
    fallback: () => ['9.9.9.9', '1.1.1.1'],
    shown: '[9.9.9.9, 1.1.1.1]',
  },
  {
    name: 'persist',
    kind: 'boolean',
    about: 'Whether the network of the guest is to survive a reboot of the host.',
    fallback: () => false,
    shown: 'false',
  },
  {
    name: 'guest_user',
    kind: 'user',
    about: 'The user that cloud-init creates.',
    fallback: () => 'cloud',
    shown: 'cloud',
  },
  {
    name: 'guest_password',
    kind: 'string',
    about: 'Its console password (for ssh see guest_ssh_password).',
    fallback: () => 'cloud123',
    shown: 'cloud123',
  },
  {
    name: 'guest_ssh_password',
    kind: 'boolean',
    about: 'Let the password in over ssh too; otherwise ssh takes keys only.',
    fallback: () => false,
    shown: 'false',
  },
  {
    name: 'ssh_key',
    kind: 'path',
    optional: true,
    about: 'A public key for that user; without it the first of ~/.ssh/id_*.pub that exists.',
    fallback: () => null,
    shown: 'null',
  },
  {
    name: 'mirrors',
    kind: 'mirrors',
    about:
      'Beginnings of catalogue addresses and what to put there: { "https://": "file:///srv/artifacts/" }.',
    fallback: () => ({}),
    shown: '{}',
  },
  {
    name: 'allow_unverified',
    kind: 'boolean',
    about: 'Install artifacts that nothing can verify.',
    fallback: () => false,
    shown: 'false',
  },
  {
    name: 'offline',
    kind: 'boolean',
    about: 'Do not use the network.',
    fallback: () => false,
    shown: 'false',
  },
  {
    name: 'timeout',
    kind: 'integer',
    min: 1,
    max: 600,
    about: 'Seconds that one check may take.',
    fallback: () => 10,
    shown: '10',
  },
  {
    name: 'boot_timeout',
    kind: 'integer',
    min: 1,
    max: 86_400,
    about: 'Seconds that `boot --verify` waits for the guest to come up.',
    fallback: () => 300,
    shown: '300',
  },
  {
    name: 'ignore',
    kind: 'reasons',
    about: 'Checks to leave out, each with the reason: { memory: "shared host, known" }.',
    fallback: () => ({}),
    shown: '{}',
  },
  {
    name: 'checks',
    kind: 'paths',
    about: 'Checks of your own: files that export `checks` (and `fixes`), see docs/own-checks.md.',
    fallback: () => [],
    shown: '[]',
  },
]
