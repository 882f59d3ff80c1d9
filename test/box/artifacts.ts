/** What the machine's user downloads, served by the outer machine: real where it can be. */
import { createHash } from 'node:crypto'
import { createReadStream, statSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { makeArtifacts, realHypervisor } from '../e2e/fixtures.ts'
import { buildCached, mirrors } from './build.ts'
import { type Architecture, architectures, outerAddress } from './machine.ts'
import { ample } from './patience.ts'

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
const common = ['nameservers: [10.0.2.3]', `check_timeout: ${ample(120)}`, ''].join('\n')

/** Small ones: a firmware that says a line and powers off, a disk with nothing on it. */
export const smallArtifacts = async (directory: string): Promise<Artifacts> => {
  const { base, close } = await serve(directory)
  return { config: `${makeArtifacts(directory, base)}${common}`, close }
}

/** Nothing: what the catalogue names is not here to be downloaded. */
export const noArtifacts = async (): Promise<Artifacts> => ({ config: common, close: () => {} })

/** Serves a Debian guest with cloud-init, its kernel, its initramfs, and what is to be downloaded besides it. */
const serveGuest = async (
  directory: string,
  arch: Architecture,
  others: Readonly<Record<string, string>>,
): Promise<Artifacts> => {
  const { debian } = architectures[arch]
  const guest = await buildCached(`guest-${debian}`, 'guest', [debian, mirrors.main, mirrors.security])
  const { base, close } = await serve(directory)
  const downloads = { image: `${guest}/guest.qcow2`, ...others }
  for (const path of [...Object.values(downloads), `${guest}/vmlinuz`, `${guest}/initrd`])
    symlinkSync(path, `${directory}/${basename(path)}`)
  const lines = []
  for (const [key, path] of Object.entries(downloads)) {
    lines.push(`${key}_url: ${base}/${basename(path)}`, `${key}_sha256: ${await digestOf(path)}`)
  }
  lines.push('memory: 512M', 'cpus: 1', common)
  return { config: lines.join('\n'), close }
}

/** A Debian guest, the real CLOUDHV.fd and the real Cloud Hypervisor. */
export const realArtifacts = async (directory: string): Promise<Artifacts> => {
  if (realHypervisor === null) throw new Error('there is no Cloud Hypervisor here')
  const firmware = await buildCached('firmware', 'firmware', [mirrors.main])
  return serveGuest(directory, 'x86_64', {
    firmware: `${firmware}/CLOUDHV.fd`,
    hypervisor: realHypervisor,
  })
}

/** The same for the second architecture, without a firmware: no package has one. */
export const arm64Artifacts =
  (hypervisor: string) =>
  (directory: string): Promise<Artifacts> =>
    serveGuest(directory, 'aarch64', { hypervisor })
