/** What the machine's user downloads, served by the outer machine: real where it can be. */
import { createHash } from 'node:crypto'
import { createReadStream, statSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { makeArtifacts, realHypervisor } from '../e2e/fixtures.ts'
import { buildCached, mirrors } from './build.ts'
import { outerAddress } from './machine.ts'

export interface Artifacts {
  /** The configuration with which the machine's user gets them. */
  readonly config: string
  readonly close: () => void
}

const digestOf = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const hash = createHash('sha256')
    createReadStream(path)
      .on('data', (chunk) => hash.update(chunk))
      .on('end', () => resolve(hash.digest('hex')))
      .on('error', reject)
  })

/** Serves a directory to the machine. @returns its address there */
const serve = async (directory: string) => {
  const server = createServer(async (request, response) => {
    const path = `${directory}/${basename(request.url ?? '')}`
    try {
      response.setHeader('content-length', statSync(path).size)
    } catch {
      response.writeHead(404).end()
      return
    }
    if (request.method === 'HEAD') response.end()
    // A client that lets go is its own affair.
    else await pipeline(createReadStream(path), response).catch(() => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the file server has no port')
  return { base: `http://${outerAddress}:${address.port}`, close: () => server.close() }
}

/** The resolver of QEMU's network asks the outer machine's; and an emulated machine needs patience. */
const common = ['nameservers: [10.0.2.3]', 'check_timeout: 120', ''].join('\n')

/** Small ones: a firmware that says a line and powers off, a disk with nothing on it. */
export const smallArtifacts = async (directory: string): Promise<Artifacts> => {
  const { base, close } = await serve(directory)
  return { config: `${makeArtifacts(directory, base)}${common}`, close }
}

/** Nothing: what the catalogue names is not here to be downloaded. */
export const noArtifacts = async (): Promise<Artifacts> => ({ config: common, close: () => {} })

/** What a real guest is made of, besides the hypervisor itself. */
const buildGuest = async (): Promise<{ readonly guest: string; readonly firmware: string }> => ({
  firmware: await buildCached('firmware', 'firmware', [mirrors.main]),
  guest: await buildCached('guest', 'guest', [mirrors.main, mirrors.security]),
})

/** A Debian guest with cloud-init, the real CLOUDHV.fd and the real Cloud Hypervisor. */
export const realArtifacts = async (directory: string): Promise<Artifacts> => {
  if (realHypervisor === null) throw new Error('there is no Cloud Hypervisor here')
  const { guest, firmware } = await buildGuest()
  const { base, close } = await serve(directory)
  const files = {
    firmware: `${firmware}/CLOUDHV.fd`,
    image: `${guest}/guest.qcow2`,
    hypervisor: realHypervisor,
    kernel: `${guest}/vmlinuz`,
    initramfs: `${guest}/initrd`,
  }
  for (const path of Object.values(files)) symlinkSync(path, `${directory}/${basename(path)}`)
  const lines = []
  for (const [key, path] of Object.entries(files).slice(0, 3)) {
    lines.push(`${key}_url: ${base}/${basename(path)}`, `${key}_sha256: ${await digestOf(path)}`)
  }
  lines.push('memory: 512M', 'cpus: 1', common)
  return { config: lines.join('\n'), close }
}
