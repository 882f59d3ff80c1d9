import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeKind, kindOf, magicLength } from '../../src/formats/magic.ts'
import { fatImage, run } from '../helpers/images.ts'
import { because, missing } from '../helpers/needs.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'
import { scratch } from '../helpers/scratch.ts'

const text = (content: string): Uint8Array => Buffer.from(content, 'latin1')

/** Zeros with a signature somewhere. */
const signed = (at: number, content: string): Uint8Array => {
  const bytes = new Uint8Array(magicLength)
  bytes.set(text(content), at)
  return bytes
}

const page = '<!DOCTYPE html>\n<html><title>Sign in</title></html>'

describe('kindOf', () => {
  it.each([
    ['nothing', text(''), 'empty'],
    ['a web page', text(page), 'web page'],
    ['a web page after blank lines, in capitals', text('\r\n\n <HTML>'), 'web page'],
    ['the error of an object store', text('<?xml version="1.0"?><Error>AccessDenied</Error>'), 'web page'],
    ['an error in words', text('404: Not Found\n'), 'text'],
    ['a Git LFS pointer', text('version https://git-lfs.github.com/spec/v1\n'), 'text'],
    ['one zero', text('\0'), 'data'],
    ['text with a zero in it', text('hello\0world'), 'data'],
    ['an ELF file', pvhElf, 'ELF'],
    ['an OVMF volume', signed(40, '_FVH'), 'EFI volume'],
    ['an OVMF volume cut within its signature', signed(40, '_FVH').subarray(0, 43), 'data'],
    ['a PE file', signed(0, 'MZ'), 'PE'],
    [
      'a kernel that is a PE file as well',
      Buffer.concat([signed(0, 'MZ').subarray(0, 0x202), text('HdrS')]),
      'bzImage',
    ],
    [
      'an arm64 kernel that is a PE file as well',
      Buffer.concat([signed(0, 'MZ').subarray(0, 56), text('ARM\x64')]),
      'arm64 Image',
    ],
    ['a CD image', signed(0x8001, 'CD001'), 'ISO 9660'],
    ['gzip', text('\x1f\x8b\x08'), 'gzip'],
    ['xz', text('\xfd7zXZ\0'), 'xz'],
    ['zstd', text('\x28\xb5\x2f\xfd'), 'zstd'],
    ['zip', text('PK\x03\x04'), 'zip'],
    ['a VMDK descriptor', text('# Disk DescriptorFile\nversion=1\n'), 'VMDK'],
  ] as const)('%s', (_name, bytes, kind) => {
    expect(kindOf(bytes)).toBe(kind)
  })

  it.skipIf(missing('qemu-img')).each([
    ['qcow2', 'qcow2'],
    ['vmdk', 'VMDK'],
    ['vpc', 'VHD'],
    ['vhdx', 'VHDX'],
    ['raw', 'data'],
  ] as const)(`what qemu-img makes as %s${because(missing('qemu-img'))}`, (format, kind) => {
    const path = `${scratch()}/disk.raw`
    run('qemu-img', ['create', '-q', '-f', format, path, '4M'])
    expect(kindOf(readFileSync(path).subarray(0, magicLength))).toBe(kind)
  })

  it.skipIf(missing('mkdosfs', 'mcopy')).each([
    ['12', 1024],
    ['16', 8192],
    ['32', 40_960],
  ])(`what mkdosfs makes as FAT%s${because(missing('mkdosfs', 'mcopy'))}`, (bits, kib) => {
    const image = fatImage({}, { kib, options: ['-F', bits, '-s', '1'] })
    expect(kindOf(image.subarray(0, magicLength))).toBe('FAT')
  })
})

describe('describeKind', () => {
  it.each([
    ['empty', 'an empty file'],
    ['web page', 'a web page'],
    ['text', 'plain text'],
    ['ELF', 'an ELF file'],
    ['xz', 'an xz file'],
    ['gzip', 'a gzip file'],
    ['qcow2', 'a qcow2 image'],
    ['VHDX', 'a VHDX image'],
    ['ISO 9660', 'an ISO 9660 image'],
    ['EFI volume', 'an EFI volume'],
    ['arm64 Image', 'an arm64 Image'],
    ['bzImage', 'a bzImage'],
    ['FAT', 'a FAT image'],
    ['data', 'unknown data'],
  ] as const)('%s is %s', (kind, words) => {
    expect(describeKind(kind)).toBe(words)
  })
})
