import { expect, it } from 'vitest'
import { sayFailure } from '../../src/commands/say-failure.ts'

const message = '/home/u/data/CLOUDHV.fd could not be fetched in 3 attempts: no DNS server answers.'

const said = (live: boolean): string => {
  const lines: string[] = []
  const nothing = () => {}
  sayFailure(
    {
      look: { color: false, width: 40, home: '/home/u' },
      terminal: {
        interactive: live,
        live: live && { color: false, ascii: false },
        color: false,
        width: 40,
        ascii: false,
      },
      out: { say: (line) => void lines.push(line), text: nothing, result: nothing, resetTerminal: nothing },
    },
    'fetch-firmware',
    message,
  )
  return lines.join('\n')
}

it('says on a terminal what failed without breaking a word', () => {
  expect(said(true)).toBe(
    'failed fetch-firmware: ~/data/CLOUDHV.fd\ncould not be fetched in 3 attempts: no\nDNS server answers.',
  )
})

it('says in a file what failed on one line', () => {
  expect(said(false)).toBe(`failed fetch-firmware: ${message.replace('/home/u', '~')}`)
})
