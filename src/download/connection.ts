/** Why no connection came about, in words: what Node prints are names of calls and numbers. */
import { errnoOf, messageOf } from '../util/errors.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no DNS server knows that name, or none is reached; where a proxy leads out, set HTTPS_PROXY',
  EAI_AGAIN: 'no DNS server answers',
  ECONNREFUSED: 'nothing accepts connections there',
  ENETUNREACH: 'this host has no route to it',
  EHOSTUNREACH: 'this host has no route to it, or that machine does not answer',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'the other side ended the connection',
}

/** @returns what went wrong on the way to a server, followed by what Node says of it */
export const whyNotConnected = (error: unknown): string => {
  // node-fetch repeats the address, which the final sentence has already.
  const said = messageOf(error).replace(/^request to \S+ failed, reason: /, '')
  const reason = reasons[errnoOf(error) ?? '']
  return reason === undefined ? said : `${reason} (${said || errnoOf(error)})`
}
