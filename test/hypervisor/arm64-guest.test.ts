import { describe, expect, it } from 'vitest'
import { inspectKernel } from '../../src/formats/kernel.ts'
import { arm64Guest } from '../../src/hypervisor/arm64-guest.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('the test guest for aarch64', () => {
  const guest = arm64Guest('hello', 0x0900_0000)

  it('is a whole arm64 Image', async () => {
    const read = async (offset: number, length: number) => guest.subarray(offset, offset + length)
    expect(await inspectKernel(read, guest.length)).toMatchObject({ form: 'Image' })
    // Documentation/arch/arm64/booting.rst: two instructions, text_offset, image_size, flags, magic.
    expect(hex(guest.subarray(0, 8))).toBe('1000001400000000')
    const fields = new DataView(guest.buffer)
    expect(fields.getBigUint64(8, true)).toBe(0n)
    expect(fields.getBigUint64(16, true)).toBe(BigInt(guest.length))
    expect(fields.getBigUint64(24, true)).toBe(0b1000n)
    expect(hex(guest.subarray(32, 64))).toBe(`${'00'.repeat(24)}41524d6400000000`)
  })

  it('ends with its line and a zero', () => {
    expect(Buffer.from(guest.subarray(-7)).toString('latin1')).toBe('hello\n\0')
  })

  it.each([0x0900_1000, -0x1_0000, 0x1_0000_0000])('does not reach a serial port at %d', (serial) => {
    expect(() => arm64Guest('hello', serial)).toThrow(RangeError)
  })
})
