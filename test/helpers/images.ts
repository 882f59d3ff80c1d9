/** Real disk and seed images, made by the real tools. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { scratch } from './scratch.ts'

// An ordinary user's PATH has no sbin on Debian, where mkdosfs and sfdisk are.
const env = { ...process.env, LC_ALL: 'C', PATH: `${process.env.PATH}:/usr/sbin:/sbin` }

export const run = (program: string, args: readonly string[], input = ''): string =>
  execFileSync(program, [...args], { env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] })

/** Makes a FAT image with files in its root directory. */
export const fatImage = (
  files: Readonly<Record<string, string | Uint8Array>>,
  { label = 'CIDATA' as string | null, kib = 1024, options = [] as readonly string[] } = {},
): Uint8Array => {
  const directory = scratch()
  const image = `${directory}/fat.img`
  run('mkdosfs', [...(label === null ? [] : ['-n', label]), ...options, '-C', image, String(kib)])
  mkdirSync(`${directory}/files`)
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(`${directory}/files/${name}`, content)
    run('mcopy', ['-i', image, `${directory}/files/${name}`, '::'])
  }
  const bytes = Uint8Array.from(readFileSync(image))
  rmSync(directory, { recursive: true })
  return bytes
}

/** A GPT disk with an EFI system partition, as a script for sfdisk. */
export const efiDisk = 'label: gpt\nsize=4M, type=uefi\nsize=8M, type=linux\n'

/** Makes a raw disk of 16 MiB with a partition table. */
export const rawDisk = (path: string, table: string): void => {
  writeFileSync(path, '')
  truncateSync(path, 16 * 2 ** 20)
  run('sfdisk', ['--quiet', path], table)
}
