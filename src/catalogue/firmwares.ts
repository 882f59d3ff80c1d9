/** Firmware, and which image it starts. */
import { type Arch, type Artifact, agreed, pinned, single } from './artifact.ts'

const github = 'https://github.com/cloud-hypervisor'

export interface Firmware extends Artifact {
  readonly name: 'CLOUDHV' | 'hypervisor-fw'
  /** Whether it is known to start this image (a value of `image:`). */
  readonly starts: (image: string) => boolean
}

/**
 * CLOUDHV is EDK2, a whole UEFI: shim and GRUB of every image in the catalogue run on it. The minimal EFI of
 * rust-hypervisor-firmware fails in the shim and GRUB of everything newer than jammy (cloud-hypervisor issues
 * 7067 and 7356); upstream tests it with focal and jammy.
 */
export const startsOf: Readonly<Record<Firmware['name'], Firmware['starts']>> = {
  CLOUDHV: () => true,
  'hypervisor-fw': (image) => ['focal', 'jammy'].includes(image),
}

const cloudhv = (arch: Arch, tag: string, digest: string, sure: string): Firmware => ({
  ...pinned(
    tag,
    `${github}/edk2/releases/download/${tag}/${arch === 'aarch64' ? 'CLOUDHV_EFI.fd' : 'CLOUDHV.fd'}`,
    digest,
    sure,
    arch === 'aarch64' ? null : 4 * 2 ** 20,
  ),
  name: 'CLOUDHV',
  starts: startsOf.CLOUDHV,
})

const hypervisorFw = (arch: Arch, digest: string, bytes: number | null): Firmware => ({
  ...pinned(
    '0.5.0',
    `${github}/rust-hypervisor-firmware/releases/download/0.5.0/hypervisor-fw${arch === 'aarch64' ? '-aarch64' : ''}`,
    digest,
    agreed,
    bytes,
  ),
  name: 'hypervisor-fw',
  starts: startsOf['hypervisor-fw'],
})

/** The best one first: the first that starts an image is the one that is fetched for it. */
export const firmwares: Readonly<Record<Arch, readonly [Firmware, ...Firmware[]]>> = {
  x86_64: [
    cloudhv(
      'x86_64',
      'ch-1e1b96f126',
      '9fb511fc0dd423d90a79615a90a8ace9b9e078b4a115ea2c459e0ac2f4e60218',
      agreed,
    ),
    cloudhv(
      'x86_64',
      'ch-a54f262b09',
      '0624c06c5d07cb8efe38806890ce7076c41c0902f2fcd5b2376f107033e3222b',
      single,
    ),
    hypervisorFw('x86_64', '4a0a1e977368f6b15d2198a216bdedf9a350bf5e5ae07e29e695373ec16ad958', 135_960),
  ],
  aarch64: [
    cloudhv(
      'aarch64',
      'ch-1e1b96f126',
      '460cefa75c72461745ac2f8e828ac8646475f93823101980dfc3f5967175c1ef',
      single,
    ),
    hypervisorFw('aarch64', '2a22aed888572ae319e231b85a7b4de951c7eca8857730300653512d064c8102', null),
  ],
}

/** Debian's own build of CLOUDHV.fd, in releases newer than trixie; a package that apt verifies. */
export const packagedFirmware = {
  name: 'cloudhv-efi-x86-64',
  file: '/usr/share/cloudhv-efi-x86-64/CLOUDHV.fd',
} as const

/** The firmware that a digest stands for, whatever the architecture. */
export const knownFirmware = (digest: string | null): Firmware | null =>
  Object.values(firmwares)
    .flat()
    .find(({ proof }) => proof.by === 'digest' && proof.digest === digest) ?? null
