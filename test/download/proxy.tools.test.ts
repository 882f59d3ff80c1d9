/** Downloads over https and through proxies: in a process of its own, as the environment is read there. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundled } from '../helpers/bundled.ts'
import { makeCertificate } from '../helpers/certificate.ts'
import { content } from '../helpers/download.ts'
import { type Answer, type FileServer, ranged, redirect, startFileServer } from '../helpers/file-server.ts'
import { startProxy, type TestProxy } from '../helpers/proxy.ts'
import { scratch } from '../helpers/scratch.ts'

let directory: string
let program: string
let certificate: ReturnType<typeof makeCertificate>
beforeAll(() => {
  directory = mkdtempSync(`${tmpdir()}/chv-doctor-test-`)
  certificate = makeCertificate(directory)
  program = bundled(
    `import { download } from './src/download/download.ts'
    const [url, path] = process.argv.slice(2)
    const step = { kind: 'download', url, path, proof: { by: 'nothing' }, bytes: null, mode: 0o644, why: '' } as const
    const hooks = { signal: new AbortController().signal, onProgress() {}, retryMs: 1, piece: 50000 }
    download(step, hooks).catch((error) => error.message).then(console.log)`,
    directory,
  )
})
afterAll(() => rmSync(directory, { recursive: true }))

let server: FileServer
let proxy: TestProxy
beforeEach(async () => {
  server = await startFileServer()
  proxy = await startProxy()
})
afterEach(async () => {
  await proxy.close()
  await server.close()
}, 5000)

/** An https: site with one file. */
const startSite = async (answer: Answer) => {
  const site = createServer(certificate, (request, response) => answer(response, request))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const { port } = site.address() as AddressInfo
  return { url: `https://localhost:${port}/f`, host: `localhost:${port}`, close: () => site.close() }
}

/** @returns what the download said, and whether the file arrived */
const fetchWith = async (url: string, env: Readonly<Record<string, string>>) => {
  const path = `${scratch()}/f`
  // Not spawnSync: the servers of this process have to answer.
  const child = spawn(process.execPath, [program, url, path], {
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: certificate.path, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  await new Promise((resolve) => child.on('close', resolve))
  let arrived = false
  try {
    arrived = readFileSync(path).equals(content)
  } catch {}
  return { said: said.trim(), arrived }
}

const done = { said: 'downloaded', arrived: true }

describe('through a proxy', () => {
  it('goes what HTTP_PROXY is for', async () => {
    const url = server.on('/f', ranged(content))
    expect(await fetchWith(url, { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` })).toEqual(done)
    expect(new Set(proxy.asked)).toEqual(new Set([`GET ${url}`]))
    expect(proxy.asked).toHaveLength(6)
  })

  it('goes https: as a tunnel, which is used again', async () => {
    const site = await startSite(ranged(content))
    expect(await fetchWith(site.url, { https_proxy: `http://127.0.0.1:${proxy.port}` })).toEqual(done)
    site.close()
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${site.host}`]))
    expect(proxy.asked.length).toBeLessThanOrEqual(4)
  })

  it.each([
    ['NO_PROXY', { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'example.org,127.0.0.1' }],
    ['an empty proxy', { HTTP_PROXY: '' }],
    ['a proxy for https: alone', { HTTPS_PROXY: 'http://127.0.0.1:1' }],
  ])('does not go what is spared by %s', async (_name, env) => {
    expect(await fetchWith(server.on('/f', ranged(content)), env)).toEqual(done)
    expect(proxy.asked).toEqual([])
  })

  it('with a user and password, which no message shows', async () => {
    const strict = await startProxy('sky:s3cret')
    const env = (user: string) => ({
      HTTP_PROXY: `http://${user}127.0.0.1:${strict.port}`,
      HTTPS_PROXY: `http://${user}127.0.0.1:${strict.port}`,
    })
    const site = await startSite(ranged(content))
    const url = server.on('/f', ranged(content))
    for (const address of [url, site.url]) {
      expect(await fetchWith(address, env('sky:s3cret@'))).toEqual(done)
      const { said, arrived } = await fetchWith(address, env('sky:wr0ng@'))
      expect(said).toMatch(/^The proxy for http.* answers 407 .*: put the user and password into HTTPS_PROXY/)
      expect(said).not.toContain('wr0ng')
      expect(arrived).toBe(false)
    }
    site.close()
    await strict.close()
  })

  it.each([
    [
      'socks5://me:s3cret@127.0.0.1:9',
      /names the proxy socks5:\/\/127\.0\.0\.1:9 for .*only http: and https:/,
    ],
    ['http://127.0.0.1:1', /could not be fetched in 3 attempts: .*ECONNREFUSED/],
  ])('that is of no use: %s', async (address, message) => {
    const { said, arrived } = await fetchWith(server.on('/f', ranged(content)), { HTTP_PROXY: address })
    expect(said).toMatch(message)
    expect(said).not.toContain('s3cret')
    expect(arrived).toBe(false)
  })
})

describe('over https', () => {
  it('comes what a trusted server sends, and nothing from another', async () => {
    const site = await startSite(ranged(content))
    expect(await fetchWith(site.url, {})).toEqual(done)
    const { said, arrived } = await fetchWith(site.url, { NODE_EXTRA_CA_CERTS: '' })
    expect(said).toMatch(/could not be fetched in 3 attempts: .*certificate/)
    expect(arrived).toBe(false)
    site.close()
  })

  it('never leads to http:', async () => {
    const site = await startSite(redirect(server.on('/f', ranged(content))))
    const { said, arrived } = await fetchWith(site.url, {})
    expect(said).toMatch(/redirects from https to http:.*, which is not safe; use another address\.$/)
    expect(arrived).toBe(false)
    expect(server.hits('/f')).toBe(0)
    site.close()
  })
})
