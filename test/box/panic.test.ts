import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { watchForPanic } from './panic.ts'

const fault = '[   31.402113] BUG: unable to handle page fault for address: ffffa3c1c0a3bff8'
const panic = '[   31.402999] Kernel panic - not syncing: Fatal exception in interrupt'
const end = `[   31.403555] ---[ end ${panic.slice(15)} ]---`

/** What was noticed, after each piece was shown. */
const noticed = async (pieces: readonly string[], patience?: number): Promise<readonly string[]> => {
  const console = new PassThrough()
  const quotes: string[] = []
  watchForPanic(console, (quoted) => quotes.push(quoted), patience)
  for (const piece of pieces) {
    console.write(piece)
    await sleep(1)
  }
  await sleep(20)
  return quotes
}

describe('a panic on the console', () => {
  it('is noticed once, in whatever pieces it arrives, and quoted with what led to it', async () => {
    const log = `box login: sky\r\n${fault}\r\n${panic}\r\n${end}\r\n`
    const quoted = [panic, 'box login: sky', fault, panic, end].join('\n')
    expect(await noticed([log, log])).toEqual([quoted])
    const pieces = log.match(/.{1,7}/gs) ?? []
    expect(await noticed(pieces)).toEqual([quoted])
  })

  it('is noticed with the number of the task or processor that some kernels print', async () => {
    expect(
      await noticed([panic.replace(']', '][    T1]'), '\n', end.replace(']', '][    T1]')]),
    ).toHaveLength(1)
  })

  it('is noticed where the kernel dies before its last words', async () => {
    expect(await noticed([`${panic}\n`], 0.005)).toEqual([`${panic}\n${panic}`])
    expect(await noticed([`${panic}\n`])).toEqual([])
  })

  it('is noticed where the emulator ends with it', async () => {
    const console = new PassThrough()
    const quote = new Promise<string>((resolve) => watchForPanic(console, resolve))
    console.end(`${panic}\n`)
    expect(await quote).toBe(`${panic}\n${panic}`)
  })

  it('is none where a program speaks of one', async () => {
    const said = 'FAIL guest: Kernel panic - not syncing: VFS: Unable to mount root fs'
    expect(await noticed([`${said}\n---[ end ${said.slice(12)} ]---\n`], 0.005)).toEqual([])
  })
})
