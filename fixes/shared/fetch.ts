/** How an artifact is obtained: from the configuration's address or the catalogue, verified or not at all. */
import type { Artifact } from '../../src/catalogue.ts'
import type { Config } from '../../src/config/keys.ts'
import type { DownloadStep, ManualStep } from '../../src/contract.ts'

interface Wanted {
  /** For sentences: "the firmware". */
  readonly what: string
  /** Prefix of its configuration keys: "firmware" for firmware_url and firmware_sha256. */
  readonly key: 'firmware' | 'image' | 'hypervisor' | 'kernel'
  readonly catalogue: Artifact | undefined
  readonly path: (url: string) => string
  readonly mode: number
}

const manual = (text: string): ManualStep => ({ kind: 'manual', text })

/** @returns the download, or what only the user can decide */
export const fetchStep = (
  config: Config,
  { what, key, catalogue, path, mode }: Wanted,
): DownloadStep | ManualStep => {
  const own = config[`${key}_url`]
  const url = own ?? catalogue?.url
  const sha256 = own === null ? (catalogue?.sha256 ?? null) : config[`${key}_sha256`]
  if (url === undefined) {
    return manual(
      `The catalogue does not have ${what} for this architecture: set ${key}_url and ${key}_sha256.`,
    )
  }
  if (sha256 === null && !config.allow_unverified) {
    return manual(
      `Nothing can verify ${url}: set ${key}_sha256 to its digest, or allow_unverified to true if you trust it as it is.`,
    )
  }
  if (config.offline && !url.startsWith('file:')) {
    return manual(`Offline: fetch ${url} elsewhere and set ${key}_url to file:///… (with ${key}_sha256).`)
  }
  return {
    kind: 'download',
    url,
    path: path(url),
    sha256,
    bytes: own === null ? (catalogue?.bytes ?? null) : null,
    mode,
    why: `fetch ${what}`,
  }
}
