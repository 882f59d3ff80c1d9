/** What is fetched for a configuration on an architecture, where the user names no address of his own. */
import type { Arch, Artifact } from './artifact.ts'
import { builtInCatalogue, type Catalogue } from './catalogue.ts'
import type { Firmware } from './firmwares.ts'
import { buildOf } from './images.ts'
import { type KernelArtifact, kernelFor } from './kernels.ts'

export interface Choice {
  readonly hypervisor: Artifact | undefined
  /** ch-remote of the same release. */
  readonly remote: Artifact | undefined
  /** The best firmware that is known to start the image. */
  readonly firmware: Firmware | undefined
  readonly image: Artifact | undefined
  readonly kernel: KernelArtifact | undefined
}

/** The two keys of the configuration that choose an image. */
interface ImageChoice {
  readonly image: string
  readonly image_channel: 'pinned' | 'current'
}

/**
 * @param catalogue the one in force; that of this release when absent
 * @returns undefined for what the catalogue does not have for the architecture
 */
export const chosenFor = (
  config: ImageChoice,
  arch: string,
  catalogue: Catalogue = builtInCatalogue,
): Choice => {
  const { hypervisors, remotes, firmwares, kernels, images } = catalogue
  const of = <T>(table: Readonly<Record<Arch, readonly T[]>>): readonly T[] => table[arch as Arch] ?? []
  return {
    hypervisor: of<Artifact>(hypervisors)[0],
    remote: of<Artifact>(remotes)[0],
    firmware: of<Firmware>(firmwares).find((firmware) => firmware.starts(config.image)),
    image: buildOf(config.image, config.image_channel, arch, images),
    kernel: kernelFor(arch, kernels),
  }
}
