/** One question to a name server: whether it answers at all, and as a resolver. */
import { errnoOf } from '../util/errors.ts'

/** "silent" covers everything that brings no answer: no route, a closed port, a lost packet. */
export type DnsAnswer = 'answers' | 'refuses' | 'silent'

/** Asked a second time after this, since UDP may lose it; the second try may take twice as long. */
const timeoutMs = 400

/** A server that works, but not for us. */
const refusals: readonly (string | null)[] = ['ESERVFAIL', 'ENOTIMP', 'EREFUSED']

/** Answers of a resolver that hides the root or knows nothing of it; an answer all the same. */
const answers: readonly (string | null)[] = ['ENODATA', 'ENOTFOUND', 'EFORMERR']

/** With a port Node.js first tries whether it is IPv6, by an expression that takes 4 ms to make. */
const serverAt = (address: string, port: number): string => {
  if (port === 53) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/**
 * @param address an IPv4 or IPv6 address
 * @param port where it listens; every name server of a guest does at 53
 */
export const askNameServer = async (address: string, signal: AbortSignal, port = 53): Promise<DnsAnswer> => {
  const { Resolver } = await import('node:dns/promises')
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
  const cancel = () => resolver.cancel()
  try {
    resolver.setServers([serverAt(address, port)])
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) return 'silent'
    // "Which are the name servers of the root?": every resolver knows.
    await resolver.resolveNs('.')
    return 'answers'
  } catch (error) {
    const code = errnoOf(error)
    if (refusals.includes(code)) return 'refuses'
    return answers.includes(code) ? 'answers' : 'silent'
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
