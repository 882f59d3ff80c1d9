import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatOf, inspectImage } from '../../src/formats/disk-image.ts'
import { magicLength } from '../../src/formats/magic.ts'
import { run } from '../helpers/images.ts'
import { corrupted } from '../helpers/random.ts'
import { scratch } from '../helpers/scratch.ts'

const made = (format: string, ...options: string[]): Uint8Array => {
  const path = `${scratch()}/image`
  run('qemu-img', ['create', '-q', '-f', format, ...options, path, '40M'])
  return Uint8Array.from(readFileSync(path).subarray(0, magicLength))
}

const size = 40 * 2 ** 20

describe('inspectImage', () => {
  it.each([
    ['qcow2', [], { format: 'qcow2', size, refusal: null }],
    ['qcow2', ['-o', 'compat=0.10'], { format: 'qcow2', size, refusal: null }],
    ['qcow2', ['-o', 'compression_type=zstd'], { format: 'qcow2', size, refusal: null }],
    ['qcow2', ['-o', 'extended_l2=on,cluster_size=128k'], { format: 'qcow2', size, refusal: null }],
    ['vmdk', [], { format: 'vmdk', size, refusal: null }],
    ['vmdk', ['-o', 'subformat=streamOptimized'], { format: 'vmdk', size, refusal: null }],
    ['vpc', ['-o', 'force_size=on'], { format: 'vpc', size, refusal: null }],
    ['vhdx', [], { format: 'vhdx', size: null, refusal: null }],
    ['raw', [], { format: 'raw', size: null, refusal: null }],
  ] as const)('reads what qemu-img makes: %s %j', (format, options, expected) => {
    expect(inspectImage(made(format, ...options))).toEqual(expected)
  })

  it('refuses a VMDK whose header leads elsewhere than qemu-img looks', () => {
    const image = made('vmdk')
    const text = Buffer.from('parentFileNameHint="/etc/shadow"')
    // qemu-img reads at 512 whatever the header says, and takes the word from anywhere in there.
    const planted = Uint8Array.from(image)
    planted.set(text, 512 + 5000)
    expect(inspectImage(planted)?.refusal).toMatch(/^names a parent, /)
    const led = Uint8Array.from(image)
    new DataView(led.buffer).setBigUint64(28, 40n, true)
    expect(inspectImage(led)?.refusal).toMatch(/^names its parts, /)
    const sizeless = Uint8Array.from(image)
    new DataView(sizeless.buffer).setBigUint64(12, 0n, true)
    expect(inspectImage(sizeless)?.refusal).toMatch(/^names its parts, /)
  })

  it('refuses a qcow2 that is marked as corrupt, or of a version to come', () => {
    const image = made('qcow2')
    new DataView(image.buffer).setBigUint64(72, 2n)
    expect(inspectImage(image)?.refusal).toBe('is marked as corrupt')
    new DataView(image.buffer).setUint32(4, 4)
    expect(inspectImage(image)?.refusal).toBe('is qcow2 of version 4, which is not known')
  })

  it.each(['empty', 'web page', 'text', 'gzip', 'ELF'] as const)('takes %s for no disk', (kind) => {
    expect(formatOf(kind)).toBeNull()
  })

  it('does not fail on what is corrupt or cut short', () => {
    for (const image of [made('qcow2'), made('vmdk'), made('vpc'), made('vhdx')]) {
      for (let seed = 1; seed <= 300; seed++) {
        expect(() => inspectImage(corrupted(image, seed, 600)), `seed ${seed}`).not.toThrow()
        expect(() => inspectImage(image.subarray(0, seed)), `${seed} bytes`).not.toThrow()
      }
    }
  })
})
