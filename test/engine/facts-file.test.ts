import { expect, it } from 'vitest'
import { parseFacts, recordFacts, redact } from '../../src/engine/facts-file.ts'
import { configWith } from '../helpers/config.ts'
import { sky } from '../helpers/fake-host.ts'

it('takes names, homes and hosts out of every string, and only those', () => {
  const seen = {
    a: 'sky may not open /home/sky/x',
    b: ['blue skyline', 'host tower-1 is up'],
    c: { d: 'sky' },
  }
  expect(redact(seen, sky, 'tower-1')).toEqual({
    a: 'user may not open /home/user/x',
    b: ['blue skyline', 'host host is up'],
    c: { d: 'user' },
  })
  expect(redact('root owns /root/x', { name: 'root', home: '/root' }, 'localhost')).toBe(
    'root owns /home/user/x',
  )
})

it('records no password, key or address with credentials, and reads itself back', () => {
  const config = configWith({
    guest_password: 'hunter2',
    ssh_public_key_file: '/home/sky/.ssh/id.pub',
    image_url: 'https://me:pw@mirror/x',
  })
  const text = recordFacts('1', config, { observations: { kvm: { facts: { user: 'sky' } } } }, sky)
  for (const secret of ['hunter2', 'sky', 'me:pw']) expect(text).not.toContain(secret)
  expect(parseFacts('f', text).observations.kvm).toEqual({ facts: { user: 'user' } })
})

it.each(['{', '[]', '{}', '{"schema":"chv-doctor/facts/99","config":{},"observations":{}}'])(
  'refuses %s in one sentence',
  (text) => {
    expect(() => parseFacts('f.json', text)).toThrow(/^--facts-in f\.json: not/)
  },
)
