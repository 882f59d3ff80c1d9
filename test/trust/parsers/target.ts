/** A parser of the product as a fuzzer sees it. */
export interface Target {
  readonly id: string
  /** Valid inputs to start from. */
  readonly seeds: readonly (string | Uint8Array)[]
  /** The format is JSON, or lines of JSON. */
  readonly json?: true
  /** Words of the format. */
  readonly words?: readonly string[]
  /** @throws only what `allows` accepts, whatever the input */
  run(input: Buffer): unknown
  /** Declared errors: anything else is a crash. */
  allows?(error: unknown): boolean
}
