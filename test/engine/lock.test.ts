import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processIdentity, tryLock } from '../../src/files/lock.ts'
import { scratch } from '../helpers/scratch.ts'

describe('tryLock', () => {
  it('makes its directory, names its holder, and leaves nothing behind', async () => {
    const directory = `${scratch()}/not/there`
    const release = await tryLock(`${directory}/lock`)
    if (typeof release === 'number') throw new Error(`held by ${release}`)
    expect(readFileSync(`${directory}/lock`, 'utf8')).toBe(await processIdentity(process.pid))
    await release()
    expect(readdirSync(directory)).toEqual([])
  })

  it('can be released when somebody removed it', async () => {
    const path = `${scratch()}/lock`
    const first = await tryLock(path)
    if (typeof first === 'number') throw new Error(`held by ${first}`)
    await first()
    await expect(first()).resolves.toBeUndefined()
  })

  it('names the living process that holds it, and leaves its lock alone', async () => {
    const path = `${scratch()}/lock`
    const parent = (await processIdentity(process.ppid)) ?? ''
    writeFileSync(path, parent)
    expect(await tryLock(path)).toBe(process.ppid)
    expect(readFileSync(path, 'utf8')).toBe(parent)
    expect(readdirSync(dirname(path))).toEqual(['lock'])
  })

  it.each([
    ['a process that is gone', () => String(spawnSync('true').pid)],
    // Ids are used again, in a container by every run.
    ['an earlier process with our own pid', () => `${process.pid} 1`],
    ['an earlier process with the pid of a running one', () => `${process.ppid} 1`],
    ['nobody (killed before it wrote its pid)', () => ''],
    ['something else', () => 'not a pid'],
    ['a process group', () => '-1'],
  ])('takes over the lock of %s', async (_name, content) => {
    const path = `${scratch()}/lock`
    writeFileSync(path, content())
    const release = await tryLock(path)
    if (typeof release === 'number') throw new Error(`held by ${release}`)
    expect(readFileSync(path, 'utf8')).toBe(await processIdentity(process.pid))
    await release()
    expect(existsSync(path)).toBe(false)
  })
})
