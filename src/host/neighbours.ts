import type { Argv } from '../util/argv.ts'
import { execCapture } from './exec.ts'

const timeoutMs = 5000

/**
 * The MAC that the kernel's neighbour table has for an address on an interface (ip-neighbour(8)).
 * @param ip the path of the program
 * @returns lower case; null where there is no entry, or address resolution failed
 */
export const neighbourMac = async (ip: string, address: string, device: string): Promise<string | null> => {
  const argv: Argv = [ip, '-j', 'neigh', 'show', address, 'dev', device]
  const { stdout } = await execCapture(argv, timeoutMs)
  try {
    const [entry] = JSON.parse(stdout || '[]') as { lladdr?: string; state?: string[] }[]
    return entry?.state?.includes('FAILED') ? null : (entry?.lladdr?.toLowerCase() ?? null)
  } catch {
    return null
  }
}
