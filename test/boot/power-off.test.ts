/** Ending a guest, with a process that stands in for Cloud Hypervisor and obeys only some of the ways. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { powerOff } from '../../src/boot/power-off.ts'
import { startHeadless } from '../../src/hypervisor/start.ts'
import { scratch } from '../helpers/scratch.ts'

const vmm = `
const [, , socket, obeys, after = 0] = process.argv
let calls = 0
require('http').createServer((request, answer) => {
  require('fs').appendFileSync(socket + '.log', request.method + ' ' + request.url + '\\n')
  if (request.url.endsWith(obeys) && ++calls > after) return process.exit(0) // before it can answer
  answer.writeHead(204).end()
}).listen(socket, () => console.log('ready'))
if (obeys !== 'SIGTERM') process.on('SIGTERM', () => {})
`

const start = async (obeys: string, after = 0) => {
  const directory = scratch()
  writeFileSync(`${directory}/vmm.cjs`, vmm)
  const socket = `${directory}/api`
  const running = await new Promise<ReturnType<typeof startHeadless>>((resolve) => {
    const started = startHeadless([process.execPath, `${directory}/vmm.cjs`, socket, obeys, `${after}`], [], {
      onConsole: () => resolve(started),
      onEvent: () => {},
    })
  })
  return { running, socket, asked: () => readFileSync(`${socket}.log`, 'utf8').trim().split('\n') }
}

// Long where it obeys, short where it does not.
const patience = { buttonMs: 20_000, pressMs: 20_000, shutdownMs: 20_000, termMs: 20_000 }
const hasty = { buttonMs: 50, pressMs: 50, shutdownMs: 50, termMs: 50 }
const button = 'PUT /api/v1/vm.power-button'
const shutdown = 'PUT /api/v1/vmm.shutdown'

describe('powerOff', () => {
  it('presses the power button, and that is enough for a guest in order', async () => {
    const { running, socket, asked } = await start('vm.power-button')
    expect((await powerOff(running, socket, true, patience)).by).toBe('power-button')
    expect(asked()).toEqual([button])
    expect(await running.ended).toMatchObject({ code: 0 })
  })
  it('presses the button again until the guest reacts', async () => {
    const { running, socket, asked } = await start('vm.power-button', 2)
    expect((await powerOff(running, socket, true, { ...patience, pressMs: 50 })).by).toBe('power-button')
    expect(asked()).toEqual([button, button, button])
  })
  it.each([
    [true, [button, shutdown]],
    [false, [shutdown]],
  ])('ends the VMM where that has no effect (an operating system runs: %s)', async (polite, requests) => {
    const { running, socket, asked } = await start('vmm.shutdown')
    expect((await powerOff(running, socket, polite, { ...patience, buttonMs: 50 })).by).toBe('shutdown-vmm')
    expect(asked()).toEqual(requests)
  })
  it('goes on to signals', async () => {
    const term = await start('SIGTERM')
    expect((await powerOff(term.running, term.socket, true, { ...hasty, termMs: 20_000 })).by).toBe('SIGTERM')
    const deaf = await start('nothing')
    expect((await powerOff(deaf.running, deaf.socket, true, hasty)).by).toBe('SIGKILL')
    expect(await deaf.running.ended).toMatchObject({ signal: 'SIGKILL' })
  })
  it('sees that it has ended already, and that nobody listens', async () => {
    const { running, socket } = await start('nothing')
    running.kill('SIGKILL')
    await running.ended
    expect((await powerOff(running, socket, true, patience)).by).toBe('itself')
    const alone = startHeadless([process.execPath, '-e', 'setTimeout(() => {}, 1e6)'], [], {
      onConsole: () => {},
      onEvent: () => {},
    })
    expect((await powerOff(alone, `${scratch()}/none`, true, patience)).by).toBe('SIGTERM')
  })
})
