/** Where the API socket of a guest is, with real sockets. */
import { chmodSync, existsSync, linkSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { dirname } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findVmm, guestName, removeApiSocket, reserveApiSocket } from '../../src/hypervisor/api-socket.ts'
import { configWith } from '../helpers/config.ts'
import { scratch } from '../helpers/scratch.ts'

const uid = process.getuid?.() ?? 0

/** A guest whose data is in a directory of its own. */
const newGuest = (data_dir = `${scratch()}/data`) => {
  const config = configWith({ data_dir, disk: `${data_dir}/disk.raw` })
  return { config, socket: `${data_dir}/run/${guestName(config)}.sock` }
}

const asVmm: RequestListener = (_, reply) => void reply.end('{"pid":4711}')

const listen = async (socket: string, answer = asVmm) => {
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 })
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => void server.close())
  return server
}

/** A socket that nothing listens on, as a killed process leaves it. */
const leave = async (socket: string) => {
  const server = await listen(socket)
  // close() removes the file of the socket.
  linkSync(socket, `${socket}.kept`)
  await new Promise((resolve) => server.close(resolve))
  renameSync(`${socket}.kept`, socket)
}

describe('guestName', () => {
  it('differs with the guest and with the disk', () => {
    const names = [{}, { guest: 2 }, { disk: '/other.raw' }].map((change) => guestName(configWith(change)))
    expect(new Set(names).size).toBe(3)
    for (const name of names) expect(name).toMatch(/^guest-[12]-[0-9a-f]{8}$/)
  })
})

describe('reserveApiSocket', () => {
  it('makes a private directory below data_dir', async () => {
    const { config, socket } = newGuest()
    expect(await reserveApiSocket(config, {})).toBe(socket)
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
  })

  it('removes a socket that nothing listens on', async () => {
    const { config, socket } = newGuest()
    await leave(socket)
    expect(existsSync(socket)).toBe(true)
    expect(await reserveApiSocket(config, {})).toBe(socket)
    expect(existsSync(socket)).toBe(false)
  })

  it('refuses a guest that runs already, and leaves its socket', async () => {
    const { config, socket } = newGuest()
    await listen(socket)
    await expect(reserveApiSocket(config, {})).rejects.toThrow('this guest runs already; `chv-doctor stop`')
    expect(existsSync(socket)).toBe(true)
  })

  it('removes no other file', async () => {
    const { config, socket } = newGuest()
    mkdirSync(dirname(socket), { recursive: true })
    writeFileSync(socket, 'mine')
    await expect(reserveApiSocket(config, {})).rejects.toThrow(`${socket} is in the way of the API socket`)
    expect(existsSync(socket)).toBe(true)
  })

  it('takes the runtime directory of the login where data_dir is too long or can be written by others', async () => {
    const runtime = scratch()
    const long = newGuest(`${scratch()}/${'d'.repeat(100)}`).config
    const place = `${runtime}/chv-doctor/${guestName(long)}.sock`
    expect(await reserveApiSocket(long, { XDG_RUNTIME_DIR: runtime })).toBe(place)
    expect(await reserveApiSocket(long, {})).toBeNull()
    const open = newGuest()
    mkdirSync(dirname(open.socket), { recursive: true })
    chmodSync(dirname(open.socket), 0o777)
    expect(await reserveApiSocket(open.config, {})).toBeNull()
  })
})

describe('findVmm', () => {
  it('finds what listens in either place, by the process id that it answers with', async () => {
    const runtime = scratch()
    const { config, socket } = newGuest()
    const env = { XDG_RUNTIME_DIR: runtime }
    expect(await findVmm(config, env, uid)).toBeNull()
    const second = `${runtime}/chv-doctor/${guestName(config)}.sock`
    await listen(second)
    expect(await findVmm(config, env, uid)).toEqual({ socket: second, pid: 4711 })
    await listen(socket)
    expect(await findVmm(config, env, uid)).toEqual({ socket, pid: 4711 })
  })

  it.each([
    ['no JSON'],
    ['[]'],
    ['{"pid":"1; rm"}'],
    ['{"pid":1}'],
    ['{"pid":-1}'],
    ['x'.repeat(3 * 2 ** 20)],
  ])('believes no process id of %.12s', async (answer) => {
    const { config, socket } = newGuest()
    await listen(socket, (_, reply) => void reply.end(answer))
    expect(await findVmm(config, {}, uid)).toEqual({ socket, pid: null })
  })

  it('passes over a socket that others could have put there', async () => {
    const { config, socket } = newGuest()
    await listen(socket)
    chmodSync(dirname(socket), 0o777)
    expect(await findVmm(config, {}, uid)).toBeNull()
  })
})

describe('removeApiSocket', () => {
  it('removes what a guest left, with its lock, and nothing that is in use', async () => {
    const { socket } = newGuest()
    await leave(socket)
    writeFileSync(`${socket}.lock`, '')
    await removeApiSocket(socket)
    expect([existsSync(socket), existsSync(`${socket}.lock`)]).toEqual([false, false])
    await listen(socket)
    await removeApiSocket(socket)
    expect(existsSync(socket)).toBe(true)
  })
})
