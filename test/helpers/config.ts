import { type Values, withDefaults } from '../../src/config/defaults.ts'
import type { Config } from '../../src/config/keys.ts'

/** The default configuration of user sky on an x86_64 host, with some keys changed. */
export const configWith = (changes: Partial<Config> = {}, arch = 'x86_64'): Config =>
  withDefaults(new Map(Object.entries(changes)) as Values, {
    arch,
    home: '/home/sky',
    dataHome: '/home/sky/.local/share',
  })
