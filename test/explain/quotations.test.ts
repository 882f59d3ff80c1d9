import { describe, expect, test } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const causesOf = (text: string) => diagnose(text).map(({ cause, confidence }) => `${cause} ${confidence}`)

describe('a sentence that quotes a program', () => {
  test.each([
    ["Then it fails with: qemu-img: Could not open 'a.img': Permission denied", 'image-file-denied likely'],
    [
      "The log says “qemu-img: Could not open 'a.img': Permission denied” as root, too.",
      'image-file-denied likely',
    ],
    [
      'Now I get `-bash: ./cloud-hypervisor: Permission denied` as root, too.',
      'binary-not-executable likely',
    ],
  ])('%s', (text, cause) => {
    expect(causesOf(text)).toEqual([cause])
  })

  test('where the program crashed is told, though Markdown took the quotation marks of the message', () => {
    const text = "I see `thread 'vmm' (4711) panicked at vmm/src/device_manager.rs:1203:30:` again."
    expect(diagnose(text)[0]?.what).toContain('while setting up a device')
  })

  test.each([
    'I read `the docs about vhost-user` and nothing works.',
    'It says: there was an error',
    'A friend says "you should buy a larger disk" to me.',
  ])('tells of nothing: %s', (text) => {
    expect(causesOf(text)).toEqual([])
  })

  test('the lines of a log are read as they are', () => {
    const quoting = "The log says “qemu-img: Could not open 'a.img': Permission denied”"
    const log = [...Array.from({ length: 40 }, (_, at) => `[${at}] still fine`), quoting]
    expect(causesOf(log.join('\n'))).toEqual(['unknown possible'])
  })
})
