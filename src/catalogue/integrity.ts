export type DigestAlgorithm = 'sha256' | 'sha512'

/** How a downloaded file is known to be the right one. */
export type Integrity =
  | { readonly by: 'digest'; readonly algorithm: DigestAlgorithm; readonly digest: string }
  | {
      /** A list of digests that the vendor publishes beside the file, as `sha256sum` prints it. */
      readonly by: 'sums'
      readonly algorithm: DigestAlgorithm
      readonly url: string
      /** The name of the file in the list. */
      readonly file: string
      /** A detached OpenPGP signature of the list; `key` names one of the catalogue or is the path of a key file. */
      readonly signature: { readonly url: string; readonly key: string } | null
    }
  /** Only when the user allowed unverified artifacts. */
  | { readonly by: 'nothing' }
