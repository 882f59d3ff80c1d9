import { describe, expect, it } from 'vitest'
import { consoleReader, lastLines } from '../../src/boot/console-text.ts'

// What EDK2, GRUB, systemd and agetty print on a serial console.
const raw =
  '\x1b[2J\x1b[01;01H\x1b[=3h\x1b[2J\x1b[01;01HBdsDxe: loading Boot0001\r\n\x1b[0m\x1b[37m\x1b[40m  GRUB\x1b[K\x1b(B\r\n' +
  '[\x1b[0;32m  OK  \x1b[0m] Started \x1b[0;1;39mssh.service\x1b[0m.\r\n\x1b]0;title\x07\x07cloud login: '
const clean = 'BdsDxe: loading Boot0001\n  GRUB\n[  OK  ] Started ssh.service.\ncloud login: '

describe('consoleReader', () => {
  it('gives back what a person would read', () => expect(consoleReader().feed(raw)).toBe(clean))

  it('does so however the stream is cut', () => {
    for (let size = 1; size < 40; size++) {
      const reader = consoleReader()
      let text = ''
      for (let at = 0; at < raw.length; at += size) text += reader.feed(raw.slice(at, at + size))
      expect(text.replaceAll(/\n+/g, '\n'), `pieces of ${size}`).toBe(clean)
    }
  })

  it('does not wait for ever for the end of an escape', () => {
    const reader = consoleReader()
    reader.feed('\x1b]0;')
    expect(reader.feed(`${'x'.repeat(300)}\nhello\n`)).toContain('hello')
  })
})

it('lastLines leaves out blank lines', () => {
  expect(lastLines('a\n\n  \nb  \nc\n', 2)).toEqual(['b', 'c'])
})
