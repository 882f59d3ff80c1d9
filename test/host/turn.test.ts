/** Turns of doctors: real processes and real sockets in the kernel. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isTurnTaken, takeTurn } from '../../src/host/turn.ts'

const never = new AbortController().signal

describe('a turn', () => {
  it('is waited for, and others take theirs one after the other', async () => {
    const name = randomUUID()
    const seen: string[] = []
    const end = await takeTurn(name, never)
    const others = [1, 2, 3].map(async (other) => {
      const endOther = await takeTurn(name, never)
      seen.push(`${other} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(`${other} ends`)
      endOther()
    })
    // As long as it is held, nobody begins.
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen).toEqual([])
    end()
    await Promise.all(others)
    expect(seen).toHaveLength(6)
    for (let at = 0; at < 6; at += 2) expect(seen[at + 1]).toBe(seen[at]?.replace('begins', 'ends'))
  })

  it('is of one name', async () => {
    const end = await takeTurn(randomUUID(), never)
    const other = randomUUID()
    expect(await isTurnTaken(other)).toBe(false)
    const endOther = await takeTurn(other, never)
    expect(await isTurnTaken(other)).toBe(true)
    endOther()
    end()
  })

  it('leaves no file, and ends with its process', async () => {
    const name = randomUUID()
    const child = spawn(process.execPath, [
      '-e',
      `require('node:net').createServer().listen('\\0' + 'chv-doctor/${name}'.padEnd(107, '\\0'), () => console.log('held'))`,
    ])
    await once(child.stdout, 'data')
    expect(readFileSync('/proc/net/unix', 'utf8')).toContain(`@chv-doctor/${name}`)
    let taken = false
    const turn = takeTurn(name, never).then((end) => {
      taken = true
      return end
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(taken).toBe(false)
    child.kill('SIGKILL')
    const end = await turn
    end()
  })

  it('is not waited for after an interruption', async () => {
    const name = randomUUID()
    const end = await takeTurn(name, never)
    const stopping = new AbortController()
    const waiting = takeTurn(name, stopping.signal)
    stopping.abort()
    const notOurs = await waiting
    notOurs()
    // What was not ours was not ended.
    expect(await isTurnTaken(name)).toBe(true)
    end()
    expect(await isTurnTaken(name)).toBe(false)
  })
})
