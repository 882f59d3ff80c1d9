/**
 * What can be fetched: pinned versions with their digests. A digest is here only when independent
 * public recipes agree on it or the vendor publishes it; where there is none the artifact is listed
 * without and is never installed silently.
 */
export type Arch = 'x86_64' | 'aarch64'

export interface Artifact {
  readonly version: string
  readonly url: string
  readonly sha256: string | null
  readonly bytes: number | null
}

const github = 'https://github.com/cloud-hypervisor'

/** The static (musl) release binary: runs on every distribution. */
export const hypervisors: Readonly<Record<Arch, Artifact>> = {
  x86_64: {
    version: '53.0',
    url: `${github}/cloud-hypervisor/releases/download/v53.0/cloud-hypervisor-static`,
    sha256: '448af3d4e59b22c2987f7df94c213ad40fb53a10d437e42b5ee6c4fce7c29ecc',
    bytes: null,
  },
  aarch64: {
    version: '53.0',
    url: `${github}/cloud-hypervisor/releases/download/v53.0/cloud-hypervisor-static-aarch64`,
    sha256: 'f192b510eea1c710cbc439d716bb0573c223fc463dbe3e6523788a2b7ef62850',
    bytes: null,
  },
}

/** EDK2 for Cloud Hypervisor: boots every supported Ubuntu, which hypervisor-fw 0.5.0 does not. */
export const firmwares: Readonly<Record<Arch, Artifact>> = {
  x86_64: {
    version: 'ch-1e1b96f126',
    url: `${github}/edk2/releases/download/ch-1e1b96f126/CLOUDHV.fd`,
    sha256: '9fb511fc0dd423d90a79615a90a8ace9b9e078b4a115ea2c459e0ac2f4e60218',
    bytes: 4 * 2 ** 20,
  },
  aarch64: {
    version: 'ch-1e1b96f126',
    url: `${github}/edk2/releases/download/ch-1e1b96f126/CLOUDHV_EFI.fd`,
    sha256: '460cefa75c72461745ac2f8e828ac8646475f93823101980dfc3f5967175c1ef',
    bytes: null,
  },
}

const ubuntu = 'https://cloud-images.ubuntu.com/releases'

/** Cloud images by the value of `image:`; the first one is the default. */
export const images: Readonly<
  Record<string, { readonly title: string } & Readonly<Partial<Record<Arch, Artifact>>>>
> = {
  resolute: {
    title: 'Ubuntu 26.04 LTS',
    x86_64: {
      version: '20260520',
      url: `${ubuntu}/resolute/release-20260520/ubuntu-26.04-server-cloudimg-amd64.img`,
      sha256: 'dced94c031cc1f23dee14419a3723a5b110df9938de0ac31913a2bfd07c755b4',
      bytes: null,
    },
    aarch64: {
      version: '20260520',
      url: `${ubuntu}/resolute/release-20260520/ubuntu-26.04-server-cloudimg-arm64.img`,
      sha256: '5e091e27d60116efbb0c743b8dd5cb2d15618e414ef04db0817ed43c8e2d7c7b',
      bytes: null,
    },
  },
  noble: {
    title: 'Ubuntu 24.04 LTS',
    x86_64: {
      version: '20250502.1',
      url: `${ubuntu}/noble/release-20250502.1/ubuntu-24.04-server-cloudimg-amd64.img`,
      sha256: '8e7d1781c14d309f4ad6fa01d6cdb5fbf6adf95a509394135634f6a283d1f33f',
      bytes: null,
    },
  },
  jammy: {
    title: 'Ubuntu 22.04 LTS',
    x86_64: {
      version: '20250508',
      url: `${ubuntu}/jammy/release-20250508/ubuntu-22.04-server-cloudimg-amd64.img`,
      sha256: '0cf20b41a17dbea17b2ac2a08c1c9b677748940c11a0381a02931e0af1a1fb52',
      bytes: null,
    },
  },
}

export const imageIds: readonly string[] = Object.keys(images)
