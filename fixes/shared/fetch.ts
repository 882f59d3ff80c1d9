/** How an artifact is obtained: from the configuration's address or the catalogue, verified or not at all. */
import { type Artifact, addressesOf } from '../../src/catalogue/artifact.ts'
import type { Integrity } from '../../src/catalogue/integrity.ts'
import { mirrored } from '../../src/catalogue/mirrors.ts'
import type { Config } from '../../src/config/keys.ts'
import type { DownloadStep, ManualStep } from '../../src/contract/step.ts'
import { fileNameIn } from '../../src/util/units.ts'

interface Wanted {
  /** For sentences: "the firmware". */
  readonly what: string
  /** The same with its name and version, where it comes from the catalogue. */
  readonly known: string | undefined
  /** Prefix of its configuration keys: "firmware" for firmware_url and firmware_sha256. */
  readonly key: 'firmware' | 'image' | 'hypervisor' | 'ch_remote' | 'kernel'
  readonly catalogue: Artifact | undefined
  readonly path: (url: string) => string
  readonly mode: number
}

const manual = (text: string): ManualStep => ({ kind: 'manual', text })

/** What the user's own address is verified with. */
const ownProof = (config: Config, key: Wanted['key'], url: string): Integrity => {
  const digest = config[`${key}_sha256`]
  if (digest !== null) return { by: 'digest', algorithm: 'sha256', digest }
  const sums = key === 'image' ? config.image_checksums_url : null
  if (sums === null) return { by: 'nothing' }
  return {
    by: 'sums',
    url: sums,
    algorithm: /sha512/i.test(sums) ? 'sha512' : 'sha256',
    file: decodeURIComponent(fileNameIn(url)),
    signature:
      config.image_signing_key === null ? null : { url: `${sums}.gpg`, key: config.image_signing_key },
  }
}

/** Why a proof is too weak to install anything on it unasked, or null. */
const weakness = (proof: Integrity): string | null => {
  if (proof.by === 'nothing') return 'Nothing can verify'
  // An attacker who changes the file in transit can also change a checksum file that is fetched the same way.
  const open = proof.by === 'sums' && proof.signature === null && proof.url.startsWith('http:')
  return open ? `Only an unsigned list over http (${proof.url}) can verify` : null
}

/** @returns the download, or what only the user can decide */
export const fetchStep = (
  config: Config,
  { what, known, key, catalogue, path, mode }: Wanted,
): DownloadStep | ManualStep => {
  const own = config[`${key}_url`]
  const name = own === null ? (known ?? what) : what
  const source =
    own !== null
      ? { url: own, proof: ownProof(config, key, own), bytes: null }
      : catalogue && mirrored(catalogue, config.mirrors, config.allow_unverified)
  if (!source) {
    return manual(
      `The catalogue does not have ${name} for this architecture: set ${key}_url and ${key}_sha256.`,
    )
  }
  const { url, proof, bytes } = source
  const weak = weakness(proof)
  // A guest runs the other files; these run on the host, and later runs prefer them to those in PATH.
  const isProgram = key === 'hypervisor' || key === 'ch_remote'
  if (weak !== null && (isProgram || !config.allow_unverified)) {
    return manual(
      `${weak} ${url}: set ${key}_sha256 to its digest${isProgram ? '.' : ', or allow_unverified to true if you trust it as it is.'}`,
    )
  }
  const remote = addressesOf(source).filter((address) => !address.startsWith('file:'))
  if (config.offline && remote.length > 0) {
    return manual(
      `Offline: fetch ${remote.join(' and ')} elsewhere and name the directory in \`mirrors\`, or set ${key}_url to file:///… (with ${key}_sha256).`,
    )
  }
  return { kind: 'download', url, path: path(url), proof, bytes, mode, why: `fetch ${name}` }
}
