import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keepAside } from '../../src/engine/keep-aside.ts'
import { scratch } from '../helpers/scratch.ts'

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

  // A folder stands for everything that must not be linked: with fs.protected_hardlinks also a file of root.
  it('renames what cannot be linked, and overwrites nothing then either', async () => {
    const folder = scratch()
    mkdirSync(`${folder}/disk.raw/inside`, { recursive: true })
    mkdirSync(`${folder}/disk.raw.old-1`)
    expect(await keepAside(`${folder}/disk.raw`)).toBe(`${folder}/disk.raw.old-2`)
    expect(readdirSync(folder).sort()).toEqual(['disk.raw.old-1', 'disk.raw.old-2'])
    expect(readdirSync(`${folder}/disk.raw.old-2`)).toEqual(['inside'])
  })
})
