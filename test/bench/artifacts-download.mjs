// One large file over a way of 50 ms and 1 Gbit/s: the product against curl and against itself with one
// connection. Client and server are two network namespaces with a real TCP between them; the way takes
// 25 ms in each direction. Needs root, or user namespaces.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { compare, productCode } from './compare.mjs'
import { writePage } from './figures.mjs'

const here = new URL(import.meta.url).pathname

/** Run with `serve MIB PORT`, it is a server. */
export const serverFile = here
const megabyte = 2 ** 20

/** What the server sends: the same in both processes, without a file that the disk would have to read. */
export const content = (mib) => {
  const bytes = Buffer.alloc(mib * megabyte)
  for (let at = 0; at < bytes.length; at += 4096) bytes.writeUInt32LE(at ^ 0x5eed, at)
  return bytes
}

/** A site that knows ranges. Says "listening" and the port when it does. */
const serve = async (mib, port) => {
  const bytes = content(mib)
  const server = createServer((request, response) => {
    const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const from = asked ? Number(asked[1]) : 0
    const to = asked?.[2] ? Math.min(Number(asked[2]) + 1, bytes.length) : bytes.length
    response.writeHead(asked ? 206 : 200, {
      etag: '"bench"',
      'accept-ranges': 'bytes',
      'content-length': to - from,
      ...(asked ? { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` } : {}),
    })
    response.end(bytes.subarray(from, to))
  })
  server.listen(port, '0.0.0.0')
  await once(server, 'listening')
  console.log(`listening ${server.address().port}`)
}

/** Resolves when a process prints. */
export const says = (child) => once(child.stdout, 'data')

/** Connects this namespace with that of a process. @returns the processes that are the wire */
export const connectTo = async (pid, directory) => {
  const inside = ['nsenter', `--net=/proc/${pid}/ns/net`]
  const ends = [
    { enter: [], name: 'near', address: '10.99.0.1' },
    { enter: inside, name: 'far', address: '10.99.0.2' },
  ]
  const wires = []
  for (const [index, { enter, name, address }] of ends.entries()) {
    const own = `${directory}/${name}`
    const peer = `${directory}/${ends[1 - index].name}`
    const relay = new URL('distance.pl', import.meta.url).pathname
    const [program, ...args] = [...enter, 'perl', relay, name, own, peer, '25', '1000']
    const wire = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    wires.push(wire)
    await says(wire)
    const ip = (...words) => execFileSync([...enter, 'ip'][0], [...enter, 'ip', ...words].slice(1))
    ip('link', 'set', name, 'up')
    ip('addr', 'add', `${address}/24`, 'dev', name)
  }
  return wires
}

/** The measurement itself, in a namespace of its own. */
const measure = async (rounds, mib) => {
  const directory = mkdtempSync(`${tmpdir()}/chv-bench-`)
  const children = []
  try {
    const server = spawn('unshare', ['--net', process.execPath, here, 'serve', mib], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(server)
    await says(server)
    children.push(...(await connectTo(server.pid, directory)))
    const url = 'http://10.99.0.2/image'
    const digest = createHash('sha256').update(content(mib)).digest('hex')
    const path = `${directory}/image`
    const step = {
      kind: 'download',
      url,
      path,
      proof: { by: 'digest', algorithm: 'sha256', digest },
      bytes: null,
      mode: 0o644,
      why: 'measure',
    }
    const signal = new AbortController().signal
    const control = readFileSync('/proc/sys/net/ipv4/tcp_congestion_control', 'utf8').trim()
    await productCode(directory, `export { download } from './src/download/download.ts'`)
    let product
    const fetchWith = (changes) => () => product.download(step, { signal, onProgress() {}, ...changes })
    const sh = (script) => () => execFileSync('bash', ['-c', script, url, path, digest])
    const curl = 'set -e; curl --silent --fail --output "$1" "$0"; sync "$1"'
    await compare(
      `download of ${mib} MiB over 50 ms and 1 Gbit/s (${control}), hashed and on the disk`,
      rounds,
      {
        'curl, sha256sum': sh(`${curl}; echo "$2  $1" | sha256sum --check --quiet`),
        'chv-doctor': fetchWith({}),
        'chv-doctor, one connection': fetchWith({ connections: 1, piece: mib * megabyte }),
        'curl alone, not verified': sh(curl),
      },
      async (run) => {
        rmSync(path, { force: true })
        // A fresh copy each time: connections that the last run kept alive have learnt the way.
        product = await import(`${directory}/product.mjs?${run}`)
      },
    )
  } finally {
    for (const child of children) child.kill()
    rmSync(directory, { recursive: true })
  }
}

/** @param mib of the file */
export const benchDownload = async (rounds, mib) => {
  const user = process.getuid() === 0 ? [] : ['--user', '--map-root-user']
  const child = spawn('unshare', [...user, '--net', process.execPath, here, 'measure', rounds, mib], {
    stdio: 'inherit',
  })
  const [code] = await once(child, 'close')
  if (code !== 0) console.log('download: not measured, see above')
}

const [mode, ...numbers] = process.argv.slice(2)
if (process.argv[1] === here) {
  if (mode === 'serve') await serve(Number(numbers[0]), Number(numbers[1] ?? 80))
  if (mode === 'measure') {
    await measure(Number(numbers[0]), Number(numbers[1]))
    // This process in a namespace of its own is the one that measured.
    writePage()
    process.exit()
  }
}
