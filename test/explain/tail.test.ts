/** The end of a stream, with true line numbers however it arrives. */
import { describe, expect, it } from 'vitest'
import { readTail } from '../../src/explain/tail.ts'

async function* chunks(text: string, size: number) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const text = Array.from({ length: 100 }, (_, at) => `line ${at + 1} – ü\n`).join('')

describe('readTail', () => {
  it.each([1, 3, 16, 1000, 100_000])('keeps all that fits, in pieces of %i bytes', async (size) => {
    const tail = await readTail(chunks(text, size), 1_000_000)
    expect(tail).toMatchObject({ text, firstLine: 1, bytes: Buffer.byteLength(text) })
  })
  it.each([1, 3, 16, 100])('else the end, from the start of a line, in pieces of %i bytes', async (size) => {
    const { text: end, firstLine, bytes } = await readTail(chunks(text, size), 200)
    expect(bytes).toBe(Buffer.byteLength(text))
    expect(end).toBe(
      text
        .split('\n')
        .slice(firstLine - 1)
        .join('\n'),
    )
    expect(end.startsWith(`line ${firstLine} –`)).toBe(true)
    expect(Buffer.byteLength(end)).toBeGreaterThan(150)
  })
  it('is empty for nothing', async () => {
    expect(await readTail(chunks('', 1), 10)).toMatchObject({ text: '', firstLine: 1, bytes: 0 })
  })
})
