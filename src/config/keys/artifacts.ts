/** The files that a guest needs, and where they come from. */
import { imageIds } from '../../catalogue/images.ts'
import { kernelSource } from '../../catalogue/kernels.ts'
import type { Shapes } from '../kinds.ts'

export const artifactKeys = {
  hypervisor: {
    guard: 'starts this program',
    kind: 'program',
    about: 'The Cloud Hypervisor binary: a name that is looked for, or an absolute path.',
    default: 'cloud-hypervisor',
  },
  hypervisor_url: {
    guard: 'replaces the source of the hypervisor',
    kind: 'url',
    optional: true,
    about: 'Where to get the binary instead of the catalogue (https:, http: or file:).',
  },
  hypervisor_sha256: {
    kind: 'sha256',
    optional: true,
    about: 'The digest of hypervisor_url.',
  },
  ch_remote_url: {
    guard: 'replaces the source of ch-remote',
    kind: 'url',
    optional: true,
    about: 'Where to get ch-remote of the release of hypervisor_url (https:, http: or file:).',
  },
  ch_remote_sha256: {
    kind: 'sha256',
    optional: true,
    about: 'The digest of ch_remote_url.',
  },
  net_admin_capability: {
    formerly: 'capability',
    kind: 'enum',
    values: ['auto', 'always'],
    about: 'Ask for cap_net_admin on the binary only where the TAP makes it necessary, or always.',
    default: 'auto',
  },
  catalogue_url: {
    guard: 'replaces the catalogue',
    kind: 'url',
    optional: true,
    about:
      'Where `update --catalogue` gets a signed catalogue (https: or file:); its signature is in URL.asc.',
  },
  catalogue_key: {
    guard: 'replaces the key that signs the catalogue',
    kind: 'path',
    optional: true,
    about: 'The armored OpenPGP public key that signs the catalogue of catalogue_url.',
  },
  data_dir: {
    guard: 'moves files out of your home directory',
    kind: 'path',
    about: 'Where downloaded and generated files live.',
    computed: true,
  },
  image: {
    kind: 'enum',
    values: imageIds,
    about: 'The cloud image of the guest.',
    default: 'resolute',
  },
  image_channel: {
    formerly: 'image_build',
    kind: 'enum',
    values: ['pinned', 'current'],
    about: 'One certain build of the image where the catalogue pins one, or the newest.',
    default: 'pinned',
  },
  image_url: {
    guard: 'replaces the source of the image',
    kind: 'url',
    optional: true,
    about: 'Where to get the image instead of the catalogue (https:, http: or file:).',
  },
  image_sha256: {
    kind: 'sha256',
    optional: true,
    about: 'The digest of image_url.',
  },
  image_checksums_url: {
    guard: 'replaces the checksums of the image',
    formerly: 'image_sums_url',
    kind: 'url',
    optional: true,
    about: 'A list of sums (SHA256SUMS or SHA512SUMS) that names the file of image_url.',
  },
  image_signing_key: {
    guard: 'replaces the key that signs the image',
    formerly: 'image_key',
    kind: 'path',
    optional: true,
    about:
      'The OpenPGP public key that signs image_checksums_url; the signature has that address with .gpg behind it.',
  },
  disk: {
    kind: 'path',
    about: 'The guest disk, raw.',
    computed: true,
  },
  disk_size: {
    kind: 'size',
    min: 2 ** 20,
    optional: true,
    about: 'Grow the guest disk to this, as 20G; it never shrinks. Null: as large as the image.',
  },
  keep_download: {
    kind: 'boolean',
    about: 'Keep the downloaded image beside the disk made from it, for the next disk.',
    default: true,
  },
  firmware: {
    kind: 'path',
    about: 'The firmware: CLOUDHV.fd or hypervisor-fw.',
    computed: true,
  },
  firmware_url: {
    guard: 'replaces the source of the firmware',
    kind: 'url',
    optional: true,
    about: 'Where to get the firmware instead of the catalogue (https:, http: or file:).',
  },
  firmware_sha256: {
    kind: 'sha256',
    optional: true,
    about: 'The digest of firmware_url.',
  },
  kernel: {
    kind: 'path',
    about: 'The guest kernel for `boot: kernel`: vmlinux or bzImage, on aarch64 an Image.',
    computed: true,
  },
  kernel_url: {
    guard: 'replaces the source of the kernel',
    kind: 'url',
    optional: true,
    about: 'Where to get the kernel instead of the catalogue (https:, http: or file:).',
  },
  kernel_sha256: {
    kind: 'sha256',
    optional: true,
    about: 'The digest of kernel_url.',
  },
  kernel_build: {
    kind: 'boolean',
    about: 'Build the kernel from source instead of fetching one.',
    default: false,
  },
  kernel_source: {
    guard: 'builds the kernel from this source',
    formerly: 'kernel_git',
    kind: 'url',
    about: 'The git repository that it is built from, with its branch or tag behind "#".',
    default: kernelSource,
  },
  initramfs: {
    kind: 'path',
    optional: true,
    about: 'The initramfs for `boot: kernel`; kernels of distributions need theirs.',
  },
  cmdline: {
    kind: 'string',
    about: 'The kernel command line for `boot: kernel`.',
    default: 'console=hvc0 root=/dev/vda1 rw',
  },
} as const satisfies Shapes
