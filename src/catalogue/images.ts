/** Cloud images by the value of `image:`; the first one is the default. */
import { type Arch, type Artifact, agreed, pinned } from './artifact.ts'

export interface Image {
  readonly title: string
  /** The month in which its free security updates ended, or null. */
  readonly endOfLife: string | null
  /** One certain build, where an independent source pins its digest. */
  readonly pinned: Readonly<Partial<Record<Arch, Artifact>>>
  /** The newest build, whatever that is today: verified by the sums beside it. */
  readonly current: Readonly<Record<Arch, Artifact>>
}

/** What distributions call the architectures. */
const debianArch: Readonly<Record<Arch, string>> = { x86_64: 'amd64', aarch64: 'arm64' }

const ubuntuBase = 'https://cloud-images.ubuntu.com/releases'

/** Canonical signs the sums of every build. */
const ubuntu = (
  codename: string,
  number: string,
  pins: readonly (readonly [arch: Arch, build: string, sha256: string])[] = [],
  endOfLife: string | null = null,
): Image => {
  const file = (arch: Arch) => `ubuntu-${number}-server-cloudimg-${debianArch[arch]}.img`
  const directory = `${ubuntuBase}/${codename}/release`
  const current = (arch: Arch): Artifact => ({
    version: 'current',
    url: `${directory}/${file(arch)}`,
    bytes: null,
    proof: {
      by: 'sums',
      algorithm: 'sha256',
      url: `${directory}/SHA256SUMS`,
      file: file(arch),
      signature: { url: `${directory}/SHA256SUMS.gpg`, key: 'ubuntu-cloud-images' },
    },
    provenance: 'sums signed by Canonical',
  })
  return {
    title: `Ubuntu ${number} LTS`,
    endOfLife,
    pinned: Object.fromEntries(
      pins.map(([arch, build, sha256]) => [
        arch,
        pinned(build, `${ubuntuBase}/${codename}/release-${build}/${file(arch)}`, sha256, agreed),
      ]),
    ),
    current: { x86_64: current('x86_64'), aarch64: current('aarch64') },
  }
}

/** Debian publishes sums of its cloud images without a signature: https is all that vouches for them. */
const debian = (codename: string, number: string): Image => {
  const directory = `https://cloud.debian.org/images/cloud/${codename}/latest`
  const current = (arch: Arch): Artifact => {
    const file = `debian-${number}-genericcloud-${debianArch[arch]}.qcow2`
    return {
      version: 'current',
      url: `${directory}/${file}`,
      bytes: null,
      proof: { by: 'sums', algorithm: 'sha512', url: `${directory}/SHA512SUMS`, file, signature: null },
      provenance: 'unsigned checksum file from the same site over https',
    }
  }
  return {
    title: `Debian ${number}`,
    endOfLife: null,
    pinned: {},
    current: { x86_64: current('x86_64'), aarch64: current('aarch64') },
  }
}

export const images: Readonly<Record<string, Image>> = {
  resolute: ubuntu('resolute', '26.04', [
    ['x86_64', '20260520', 'dced94c031cc1f23dee14419a3723a5b110df9938de0ac31913a2bfd07c755b4'],
    ['aarch64', '20260520', '5e091e27d60116efbb0c743b8dd5cb2d15618e414ef04db0817ed43c8e2d7c7b'],
  ]),
  noble: ubuntu('noble', '24.04', [
    ['x86_64', '20250502.1', '8e7d1781c14d309f4ad6fa01d6cdb5fbf6adf95a509394135634f6a283d1f33f'],
  ]),
  jammy: ubuntu('jammy', '22.04', [
    ['x86_64', '20250508', '0cf20b41a17dbea17b2ac2a08c1c9b677748940c11a0381a02931e0af1a1fb52'],
  ]),
  focal: ubuntu('focal', '20.04', [], '2025-05'),
  trixie: debian('trixie', '13'),
  bookworm: debian('bookworm', '12'),
}

export const imageIds: readonly string[] = Object.keys(images)

/** The build of an image that is fetched: the pinned one where that is wanted and there is one. */
export const buildOf = (
  image: string,
  build: 'pinned' | 'current',
  arch: string,
  from: Readonly<Record<string, Image>> = images,
): Artifact | undefined => {
  const entry = from[image]
  const pin = build === 'pinned' ? entry?.pinned[arch as Arch] : undefined
  return pin ?? entry?.current[arch as Arch]
}
