/** A real browser without a window, spoken to through a pipe (Chrome DevTools Protocol). */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { Readable, Writable } from 'node:stream'

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

export interface Look {
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
}

export interface Page {
  /** The value of an expression in the page, which must be JSON. */
  evaluate<T>(expression: string): Promise<T>
  /** A PNG of what is visible, or of the whole page. */
  screenshot(whole: boolean): Promise<Buffer>
  resize(look: Look): Promise<void>
  /** A click in the middle of the first element that fits, by the mouse. */
  click(selector: string): Promise<void>
  type(text: string): Promise<void>
  /** Errors and warnings of the console, and addresses that were asked for beside the page. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

const connect = (child: ChildProcess, onEvent: (message: Message) => void) => {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable]
  const waiting = new Map<number, (message: Message) => void>()
  let rest = ''
  let last = 0
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const one of messages) {
      const message = JSON.parse(one) as Message
      if (message.id === undefined) onEvent(message)
      else waiting.get(message.id)?.(message)
    }
  })
  return (method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id)
        if (error) reject(new Error(`${method}: ${error.message}`))
        else resolve(result ?? {})
      })
      input.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`)
    })
}

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--remote-debugging-pipe',
]

/**
 * @param browser the program
 * @param path of an HTML file
 */
export const openPage = async (browser: string, path: string, look: Look): Promise<Page> => {
  const profile = mkdtempSync(`${tmpdir()}/chv-browser-`)
  const child = spawn(browser, [...flags, `--user-data-dir=${profile}`], {
    detached: true, // leads a process group, so that close() ends the helpers too
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const complaints: string[] = []
  let loaded = () => {}
  const url = `file://${path}`
  const send = connect(child, ({ method, params = {} }) => {
    if (method === 'Page.loadEventFired') loaded()
    if (method === 'Log.entryAdded') complaints.push(JSON.stringify(params.entry))
    if (method === 'Runtime.consoleAPICalled' || method === 'Runtime.exceptionThrown')
      complaints.push(JSON.stringify(params))
    const request = params.request as { readonly url: string } | undefined
    if (method === 'Network.requestWillBeSent' && request?.url !== url)
      complaints.push(`asked for ${request?.url}`)
  })
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as {
    sessionId: string
  }
  const ask = (method: string, params: object = {}) => send(method, params, sessionId)
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await ask(`${domain}.enable`)
  const resize = async ({ width, height, scheme }: Look) => {
    const mobile = width < 500
    await ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile })
    await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] })
  }
  await resize(look)
  const whenLoaded = new Promise<void>((resolve) => {
    loaded = resolve
  })
  await ask('Page.navigate', { url })
  await whenLoaded
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await ask('Runtime.evaluate', { expression, returnByValue: true })
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
    return (result as { value: T }).value
  }
  return {
    evaluate,
    resize,
    screenshot: async (whole) => {
      const { data } = await ask('Page.captureScreenshot', { format: 'png', captureBeyondViewport: whole })
      return Buffer.from(data as string, 'base64')
    },
    click: async (selector) => {
      const place = await evaluate<{ x: number; y: number }>(
        `(() => { const one = document.querySelector(${JSON.stringify(selector)}); one.scrollIntoView({ block: 'center' });
          const { x, y, width, height } = one.getBoundingClientRect(); return { x: x + width / 2, y: y + height / 2 } })()`,
      )
      for (const type of ['mousePressed', 'mouseReleased'])
        await ask('Input.dispatchMouseEvent', { type, ...place, button: 'left', clickCount: 1 })
    },
    type: async (text) => void (await ask('Input.insertText', { text })),
    complaints,
    close: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve))
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
      await ended
      // The helpers write to the profile until they are reaped, which is after the browser's own end.
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
