/** When what builds a guest kernel matters at all. */
import type { Config } from '../../src/config/keys.ts'

export const notForFetched = (config: Config): string | null =>
  config.boot === 'firmware'
    ? 'not needed: only building a guest kernel needs it'
    : config.kernel_build
      ? null
      : 'not needed: the guest kernel is fetched, not built'

export const kernelIsThere = 'not needed: there is a guest kernel already'
