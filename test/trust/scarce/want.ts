/** What is missing on a host, as data: the doctor says so in its words and ends with a documented code. */
export interface Want {
  readonly id: string
  /** Bash with the functions of the scenario, on a host that is healthy before it. */
  readonly plant: string
  readonly user?: 'root' | 'sky'
  /** Put before the doctor. */
  readonly wrap?: readonly string[]
  readonly env?: Readonly<Record<string, string | null>>
  readonly args: readonly string[]
  /** Bash that gets the doctor as "$@", where its streams are what is scarce. */
  readonly through?: string
  /** The codes of docs/exit-codes.md that fit. */
  readonly codes: readonly number[]
  /** What it says of it. */
  readonly says: RegExp
  /** The size of the file system under the host. */
  readonly size?: string
}
