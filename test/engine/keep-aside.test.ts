import { execFileSync } from 'node:child_process'
import { chmodSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { backUp } from '../../src/files/backup.ts'
import { because, missing, notRoot } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const nobody = 65_534
const whyNoPretence =
  notRoot ??
  (readFileSync('/proc/sys/fs/protected_hardlinks', 'utf8').trim() === '1'
    ? null
    : 'needs protected_hardlinks')

describe('keepAside', () => {
  it('does nothing where nothing is in the way', async () => {
    const directory = scratch()
    expect(await backUp(`${directory}/disk.raw`)).toBeNull()
    expect(await backUp(`${directory}/no/such/directory/disk.raw`)).toBeNull()
    expect(readdirSync(directory)).toEqual([])
  })

  it('takes the next free number and overwrites nothing', async () => {
    const directory = scratch()
    const path = `${directory}/disk.raw`
    writeFileSync(`${path}.old-1`, 'kept by hand')
    writeFileSync(`${path}.old-3`, 'later')
    for (const [content, name] of [
      ['a', `${path}.old-2`],
      ['b', `${path}.old-4`],
    ] as const) {
      writeFileSync(path, content)
      expect(await backUp(path)).toBe(name)
      expect(readFileSync(name, 'utf8')).toBe(content)
    }
    expect(readFileSync(`${path}.old-1`, 'utf8')).toBe('kept by hand')
    expect(readdirSync(directory)).not.toContain('disk.raw')
  })

  it('keeps a symbolic link as the link, and its target where it is', async () => {
    const directory = scratch()
    writeFileSync(`${directory}/target`, 'precious')
    symlinkSync('target', `${directory}/link`)
    await backUp(`${directory}/link`)
    expect(lstatSync(`${directory}/link.old-1`).isSymbolicLink()).toBe(true)
    expect(readFileSync(`${directory}/target`, 'utf8')).toBe('precious')
  })

  it.skipIf(missing('mkfifo'))(`does not take a pipe away${because(missing('mkfifo'))}`, async () => {
    const directory = scratch()
    execFileSync('mkfifo', [`${directory}/disk.raw`])
    await expect(backUp(`${directory}/disk.raw`)).rejects.toThrow(
      /disk\.raw is .*; the doctor does not replace it/,
    )
    expect(readdirSync(directory)).toEqual(['disk.raw'])
  })

  // Only root can set this up: a file of root in somebody else's directory, as a run with sudo leaves it.
  it.skipIf(whyNoPretence)(
    `renames what must not be linked, and overwrites nothing then either${because(whyNoPretence)}`,
    async () => {
      const directory = scratch()
      chmodSync(directory, 0o777)
      writeFileSync(`${directory}/disk.raw`, 'of root')
      writeFileSync(`${directory}/disk.raw.old-1`, 'kept before')
      process.seteuid?.(nobody)
      try {
        expect(await backUp(`${directory}/disk.raw`)).toBe(`${directory}/disk.raw.old-2`)
      } finally {
        process.seteuid?.(0)
      }
      expect(readdirSync(directory).sort()).toEqual(['disk.raw.old-1', 'disk.raw.old-2'])
      expect(readFileSync(`${directory}/disk.raw.old-1`, 'utf8')).toBe('kept before')
      expect(readFileSync(`${directory}/disk.raw.old-2`, 'utf8')).toBe('of root')
    },
  )
})
