import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { knownHostsOf } from '../../src/files/known-hosts.ts'
import { scratch } from '../helpers/scratch.ts'

it('a guest keeps its file until its disk or its seed is another', async () => {
  const place = scratch()
  const disk = `${place}/disk.raw`
  writeFileSync(disk, 'one')
  const of = async (instanceId: string | null, guest = 1) =>
    (await knownHostsOf(`${place}/known`, { guest, disk, instanceId })).alias
  const first = await of('a')
  expect(first).toMatch(/^guest-1-[0-9a-f]{16}$/)
  // What a guest writes changes neither.
  writeFileSync(disk, 'two')
  expect(await of('a')).toBe(first)
  const others = [await of('b'), await of(null), await of('a', 2)]
  copyFileSync(disk, `${disk}.new`)
  rmSync(disk)
  copyFileSync(`${disk}.new`, disk)
  others.push(await of('a'))
  rmSync(disk)
  others.push(await of('a'))
  expect(new Set([first, ...others]).size).toBe(6)
  expect(statSync(`${place}/known`).mode & 0o777).toBe(0o700)
})

it('no key is believed from a directory that others can write', async () => {
  const place = scratch()
  mkdirSync(`${place}/known`, { mode: 0o777 })
  chmodSync(`${place}/known`, 0o777)
  const guest = { guest: 1, disk: '/none', instanceId: null }
  await expect(knownHostsOf(`${place}/known`, guest)).rejects.toThrow('is not a safe place')
})
