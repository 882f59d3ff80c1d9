import { type Arch, type Artifact, agreed, pinned, single, upstream } from './artifact.ts'

const releases = 'https://github.com/cloud-hypervisor/cloud-hypervisor/releases/download'

const files: Readonly<Record<Arch, string>> = {
  x86_64: 'cloud-hypervisor-static',
  aarch64: 'cloud-hypervisor-static-aarch64',
}

const of = (arch: Arch, version: string, digest: string | null, sure = '', bytes: number | null = null) =>
  pinned(version, `${releases}/v${version}/${files[arch]}`, digest, sure, bytes)

/**
 * Releases of Cloud Hypervisor, newest first: the static (musl) binaries, which run on every
 * distribution. Upstream publishes neither sums nor signatures; between 46.0 and 52.0 no public
 * recipe pins a release either.
 */
export const hypervisors: Readonly<Record<Arch, readonly [Artifact, ...Artifact[]]>> = {
  x86_64: [
    of('x86_64', '53.0', '448af3d4e59b22c2987f7df94c213ad40fb53a10d437e42b5ee6c4fce7c29ecc', agreed),
    of('x86_64', '52.0', '829af01ff075bb96c4f183905134c453a88d68cbabdc6b87df21098842581ee9', upstream),
    of('x86_64', '51.2', null),
    of('x86_64', '50.2', null),
    of('x86_64', '49.0', null),
    of('x86_64', '46.0', '00b5cf2976847d2f21d2b7266038c8fc40bd14f2a542115055e9e214867edc9e', single),
    of('x86_64', '35.1', 'e8426b0733248ed559bea64eb04d732ce8a471edc94807b5e2ecfdfc57136ab4', single),
  ],
  aarch64: [
    of('aarch64', '53.0', 'f192b510eea1c710cbc439d716bb0573c223fc463dbe3e6523788a2b7ef62850', agreed),
    of('aarch64', '52.0', 'bf004ddc1a148f47caa87ac49a783b8dbd6bf9bc27abe522ed197df7b982d3b1', upstream),
    of('aarch64', '51.2', null),
    of('aarch64', '50.2', null),
    of('aarch64', '49.0', null),
    of('aarch64', '46.0', 'a5a19c7e7326a5ca5dcf83a7b895a03e81cdac8c7d0690d4e94133cc89d38561', single),
    of('aarch64', '35.1', '071a0b4918565ce81671ecd36d65b87351c85ea9ca0fbf73d4a67ec810efe606', single),
  ],
}

const remoteFiles: Readonly<Record<Arch, string>> = {
  x86_64: 'ch-remote-static',
  aarch64: 'ch-remote-static-aarch64',
}

const remoteOf = (arch: Arch, version: string, digest: string, sure: string, bytes: number | null) =>
  pinned(version, `${releases}/v${version}/${remoteFiles[arch]}`, digest, sure, bytes)

/** ch-remote of the release that is fetched: it speaks to the API of that one. */
export const remotes: Readonly<Record<Arch, readonly [Artifact]>> = {
  x86_64: [
    remoteOf(
      'x86_64',
      '53.0',
      '13f32ba952e6791fd901f2279be2055fbacc64005f96c42a8e90d58860df84a7',
      agreed,
      1_798_776,
    ),
  ],
  aarch64: [
    remoteOf(
      'aarch64',
      '53.0',
      'ade26617f74264467e1381f146fd1face6b8b0fb13c5ec84f4acedd72f972596',
      single,
      null,
    ),
  ],
}
