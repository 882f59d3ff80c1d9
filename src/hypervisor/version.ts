/** Versions of Cloud Hypervisor and the rules that depend on them. */
import { isOlder, releaseIn } from '../util/release.ts'

/**
 * The version in the output of `--version`: "cloud-hypervisor v49.0", "v36.0-48-gaf06adfd", "-dirty",
 * or "v53.0.0" from builds without git; from v53 a second line follows.
 * @returns a release with three numbers, such as "49.0.0", or null
 */
export const parseVersion = (
  output: string,
  program: 'cloud-hypervisor' | 'ch-remote' = 'cloud-hypervisor',
): string | null => {
  const word = new RegExp(`^${program}\\s+v?(\\d+\\.\\d+(?:\\.\\d+)?)`, 'm').exec(output)?.[1]
  return word === undefined ? null : releaseIn(word)
}

/** As upstream writes it: "49.0", "51.2". Tags have two numbers. */
export const displayVersion = (version: string): string => version.replace(/\.0$/, '')

/** What releases can do; sources are the release notes of the version that each range starts with. */
export const supports = {
  /** One `--disk A B` flag instead of repeated ones, in all that we compose. */
  ourCommandLine: (version: string) => !isOlder(version, '36.0.0'),
  /**
   * `image_type=` came with the fix of GHSA-jmr4-g2hv-mjj6: from then on a disk whose type is only
   * guessed refuses writes to sector 0, which growing a partition at the first boot needs. 50.0 has neither.
   */
  imageType: (version: string) => !isOlder(version, '50.1.0'),
  /**
   * A qcow2 overlay on a raw disk (#7570, in 51.0). Before 53.0 zeroes that a guest writes with WRITE_ZEROES
   * are lost on an overlay, and the data of the disk below shows again (#8245).
   */
  overlay: (version: string) => !isOlder(version, '53.0.0'),
  /** `--kernel` takes a bzImage as well (#6200); before it was a vmlinux or nothing. */
  bzImage: (version: string) => !isOlder(version, '39.0.0'),
} as const

/** CVE-2026-45782 (GHSA-f47p-p25q-83rh), a use after free in virtio-blk: fixed in 51.2 and 52.0. */
export const isVulnerable = (version: string): boolean => isOlder(version, '51.2.0')
