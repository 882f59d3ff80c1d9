import { lookup } from 'node:dns/promises'
import { get } from 'node:http'
import { describe, expect, it } from 'vitest'
import { whyNotConnected } from '../../src/download/connection.ts'

const errorOf = (url: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    get(url, () => reject(new Error(`${url} answered`))).on('error', resolve)
  })

describe('why no connection came about', () => {
  it('is said in words where nothing listens, for one address and for several', async () => {
    for (const url of ['http://127.0.0.1:1/', 'http://localhost:1/'])
      expect(whyNotConnected(await errorOf(url))).toMatch(
        /^nothing accepts connections there \(.*ECONNREFUSED/,
      )
  })

  it('is said in words where a name is not known, with the proxy that may be missing', async () => {
    const error = await lookup('no-such-host.invalid').catch((caught: unknown) => caught)
    expect(whyNotConnected(error)).toMatch(/^no DNS server .* \(getaddrinfo E\w+ no-such-host\.invalid\)$/)
  })

  it('does not repeat the address that node-fetch names', () => {
    const error = Object.assign(new Error('request to https://x/y failed, reason: read ECONNRESET'), {
      code: 'ECONNRESET',
    })
    expect(whyNotConnected(error)).toBe('the other side ended the connection (read ECONNRESET)')
  })

  it('is what Node says where no words are known', () => {
    expect(whyNotConnected(new Error('certificate has expired'))).toBe('certificate has expired')
  })
})
