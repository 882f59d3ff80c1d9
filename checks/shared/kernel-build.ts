/** When what builds a guest kernel matters at all. */
import type { Config } from '../../src/config/keys.ts'
import type { Host } from '../../src/host/host.ts'

export const notForFirmware = (config: Config): string | null =>
  config.boot === 'firmware' ? 'not needed: only building a guest kernel needs it' : null

/** Whether there is a kernel already, so that none has to be built. */
export const hasKernel = async (host: Host, config: Config): Promise<boolean> =>
  (await host.stat(config.kernel)) !== null

export const kernelIsThere = 'not needed: there is a guest kernel already'
