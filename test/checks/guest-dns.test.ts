import { describe, expect, it } from 'vitest'
import { guestDns } from '../../checks/guest-dns.ts'
import type { Config } from '../../src/config/keys.ts'
import type { DnsAnswer } from '../../src/host/dns.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'
import { networkHost } from '../helpers/network.ts'

const verdict = (
  nameServers: Readonly<Record<string, DnsAnswer>>,
  config: Partial<Config> = {},
  files: Readonly<Record<string, string | null>> = {},
  ways = {},
) =>
  conclude(
    guestDns,
    {
      ...networkHost({ ways }),
      nameServers,
      files: {
        '/run/systemd/resolve/resolv.conf': null,
        '/etc/resolv.conf': 'nameserver 10.0.0.53\n',
        ...files,
      },
    },
    configWith(config),
  )

describe('guest-dns', () => {
  it('is ok when all answer; those of the host are not asked then', async () => {
    expect(await verdict({ '9.9.9.9': 'answers', '1.1.1.1': 'answers' })).toEqual({
      status: 'ok',
      found: '9.9.9.9, 1.1.1.1, asked from this host',
    })
  })

  it("fails when none answers and the host's own does", async () => {
    expect(await verdict({ '9.9.9.9': 'silent', '1.1.1.1': 'silent', '10.0.0.53': 'answers' })).toMatchObject(
      {
        status: 'fail',
        code: 'guest-dns/none-answers',
        values: { silent: ['9.9.9.9', '1.1.1.1'], refusing: [], useful: ['10.0.0.53'] },
        found: 'no answer from 9.9.9.9, 1.1.1.1',
        expected: 'name servers that answer, such as 10.0.0.53',
        hint: 'Set `nameservers: [10.0.0.53]`, then make the seed again.',
      },
    )
    expect(
      await verdict({ '9.9.9.9': 'refuses', '1.1.1.1': 'silent', '10.0.0.53': 'answers' }),
    ).toMatchObject({ status: 'fail', code: 'guest-dns/none-answers', values: { refusing: ['9.9.9.9'] } })
  })

  it('looks behind the stub of systemd-resolved', async () => {
    const files = {
      '/run/systemd/resolve/resolv.conf': '# comment\nnameserver 192.0.2.1\nnameserver fe80::1%eth0\n',
      '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0\n',
    }
    expect(
      await verdict({ '9.9.9.9': 'silent', '1.1.1.1': 'silent', '192.0.2.1': 'answers' }, {}, files),
    ).toMatchObject({
      status: 'fail',
      hint: expect.stringContaining('[192.0.2.1]'),
    })
  })

  it('warns when one of several does not answer, or none of anybody', async () => {
    expect(await verdict({ '9.9.9.9': 'silent', '1.1.1.1': 'answers', '10.0.0.53': 'silent' })).toMatchObject(
      {
        status: 'warn',
        code: 'guest-dns/some-do-not-answer',
        values: { silent: ['9.9.9.9'], useful: ['1.1.1.1'] },
        hint: 'Set `nameservers: [1.1.1.1]`, then make the seed again.',
      },
    )
    expect(await verdict({ '9.9.9.9': 'silent', '1.1.1.1': 'silent', '10.0.0.53': 'silent' })).toMatchObject({
      status: 'warn',
      code: 'guest-dns/none-answers-this-host',
    })
  })

  it.each(['127.0.0.53', '::1'])(
    'knows that %s is the guest itself, without asking anybody',
    async (address) => {
      expect(await verdict({}, { nameservers: [address], offline: true })).toMatchObject({
        status: 'fail',
        code: 'guest-dns/loopback-address',
        values: { address },
        hint: 'Set `nameservers: [10.0.0.53]`, then make the seed again.',
      })
    },
  )

  it('asks nobody offline or without a route', async () => {
    expect(await verdict({}, { offline: true })).toEqual({
      status: 'ok',
      found: '9.9.9.9, 1.1.1.1, not asked: offline',
    })
    expect(await verdict({}, {}, {}, { '9.9.9.9': null })).toMatchObject({ status: 'skip' })
  })

  it('warns when there are none', async () => {
    expect(await verdict({ '10.0.0.53': 'answers' }, { nameservers: [] })).toMatchObject({
      status: 'warn',
      code: 'guest-dns/none',
    })
  })
})
