import { execFileSync } from 'node:child_process'
import { chmodSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keepAside } from '../../src/files/backup.ts'
import { scratch } from '../helpers/scratch.ts'

const nobody = 65_534
const mayPretend =
  process.getuid?.() === 0 && readFileSync('/proc/sys/fs/protected_hardlinks', 'utf8').trim() === '1'

describe('keepAside', () => {
  it('does nothing where nothing is in the way', async () => {
    const folder = scratch()
    expect(await keepAside(`${folder}/disk.raw`)).toBeNull()
    expect(await keepAside(`${folder}/no/such/folder/disk.raw`)).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes the next free number and overwrites nothing', async () => {
    const folder = scratch()
    const path = `${folder}/disk.raw`
    writeFileSync(`${path}.old-1`, 'kept by hand')
    writeFileSync(`${path}.old-3`, 'later')
    for (const [content, name] of [
      ['a', `${path}.old-2`],
      ['b', `${path}.old-4`],
    ] as const) {
      writeFileSync(path, content)
      expect(await keepAside(path)).toBe(name)
      expect(readFileSync(name, 'utf8')).toBe(content)
    }
    expect(readFileSync(`${path}.old-1`, 'utf8')).toBe('kept by hand')
    expect(readdirSync(folder)).not.toContain('disk.raw')
  })

  it('keeps a symbolic link as the link, and its target where it is', async () => {
    const folder = scratch()
    writeFileSync(`${folder}/target`, 'precious')
    symlinkSync('target', `${folder}/link`)
    await keepAside(`${folder}/link`)
    expect(lstatSync(`${folder}/link.old-1`).isSymbolicLink()).toBe(true)
    expect(readFileSync(`${folder}/target`, 'utf8')).toBe('precious')
  })

  it('does not take a pipe away', async () => {
    const folder = scratch()
    execFileSync('mkfifo', [`${folder}/disk.raw`])
    await expect(keepAside(`${folder}/disk.raw`)).rejects.toThrow(
      /disk\.raw is .*; the doctor does not replace it/,
    )
    expect(readdirSync(folder)).toEqual(['disk.raw'])
  })

  // Only root can set this up: a file of root in somebody else's folder, as a run with sudo leaves it.
  it.skipIf(!mayPretend)('renames what must not be linked, and overwrites nothing then either', async () => {
    const folder = scratch()
    chmodSync(folder, 0o777)
    writeFileSync(`${folder}/disk.raw`, 'of root')
    writeFileSync(`${folder}/disk.raw.old-1`, 'kept before')
    process.seteuid?.(nobody)
    try {
      expect(await keepAside(`${folder}/disk.raw`)).toBe(`${folder}/disk.raw.old-2`)
    } finally {
      process.seteuid?.(0)
    }
    expect(readdirSync(folder).sort()).toEqual(['disk.raw.old-1', 'disk.raw.old-2'])
    expect(readFileSync(`${folder}/disk.raw.old-1`, 'utf8')).toBe('kept before')
    expect(readFileSync(`${folder}/disk.raw.old-2`, 'utf8')).toBe('of root')
  })
})
