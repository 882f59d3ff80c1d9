/** Puts the entries of a signed catalogue ahead of those of this release. */
import { type Arch, type Artifact, archs, pinned } from './artifact.ts'
import { builtInCatalogue, type Catalogue, type SignedOrigin } from './catalogue.ts'
import { type Firmware, startsOf } from './firmwares.ts'
import type { KernelArtifact } from './kernels.ts'
import type { SignedEntry, SignedText } from './signed-text.ts'

const artifactOf = ({ version, url, sha256, bytes }: SignedEntry): Artifact =>
  pinned(version, url, sha256, 'digest from a signed catalogue', bytes)

/** Signed ones come first; those of this release that have the version of one of them are replaced by it. */
const ahead = <T extends Artifact>(signed: readonly T[], ours: readonly T[]): readonly T[] => [
  ...signed,
  ...ours.filter(({ version }) => !signed.some((one) => one.version === version)),
]

/**
 * Entries are added or replaced, never removed; the keys that verify, and what is verified by a list of sums,
 * stay those of this release.
 */
export const withSigned = ({ artifacts, version, date }: SignedText, fingerprint: string): Catalogue => {
  const { hypervisors, remotes, firmwares, kernels, images } = builtInCatalogue
  const signed: SignedOrigin = { fingerprint, version, date }
  const named = (name: string, arch: Arch) =>
    artifacts.filter((entry) => entry.name === name && entry.arch === arch)
  const forEach = <T>(tableFor: (arch: Arch) => readonly T[]) => ({
    x86_64: tableFor('x86_64'),
    aarch64: tableFor('aarch64'),
  })
  const firmwaresFor = (arch: Arch): readonly Firmware[] =>
    // The order of the names stays: a firmware that starts every image is before one that starts some.
    [...new Set(firmwares[arch].map(({ name }) => name))].flatMap((name) =>
      ahead<Firmware>(
        named(name, arch).map((entry) => ({ ...artifactOf(entry), name, starts: startsOf[name] })),
        firmwares[arch].filter((firmware) => firmware.name === name),
      ),
    )
  const formsOf = (arch: Arch): readonly KernelArtifact['form'][] =>
    arch === 'aarch64' ? ['Image'] : ['vmlinux', 'bzImage']
  const kernelsFor = (arch: Arch): readonly KernelArtifact[] =>
    formsOf(arch).flatMap((form) =>
      ahead<KernelArtifact>(
        named(form, arch).map((entry) => ({ ...artifactOf(entry), arch, form })),
        kernels.filter((kernel) => kernel.arch === arch && kernel.form === form),
      ),
    )
  const imagesOf = Object.entries(images).map(([name, image]) => {
    const builds = archs.flatMap((arch) =>
      named(name, arch).map((entry) => [arch, artifactOf(entry)] as const),
    )
    return [name, { ...image, pinned: { ...image.pinned, ...Object.fromEntries(builds) } }] as const
  })
  return {
    hypervisors: forEach((arch) => ahead(named('cloud-hypervisor', arch).map(artifactOf), hypervisors[arch])),
    remotes: forEach((arch) => ahead(named('ch-remote', arch).map(artifactOf), remotes[arch])),
    firmwares: forEach(firmwaresFor),
    kernels: archs.flatMap(kernelsFor),
    images: Object.fromEntries(imagesOf),
    signed,
  }
}
