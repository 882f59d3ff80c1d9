// Processor time per byte: a file from a server on this host, hashed on its way to the disk, against curl through tee
// and sha256sum. Whole processes with all that they start; the server is counted in neither.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { content, serverFile } from './artifacts-download.mjs'
import { bundle } from './compare.mjs'
import { record } from './figures.mjs'
import { columnsOf, interleave, rowsOf } from './process.mjs'

/** Downloads as a fix does, from a directory in dist/: `node product.mjs URL PATH DIGEST`. */
export const source = `
import { download } from './src/download/download.ts'
const [url, path, digest] = process.argv.slice(2)
const proof = { by: 'digest', algorithm: 'sha256', digest }
const step = { kind: 'download', url, path, proof, bytes: null, mode: 0o644, why: 'measure' }
const threadFile = new URL('../receive-file.mjs', import.meta.url)
await download(step, { signal: new AbortController().signal, threadFile, onProgress() {} })
`

const byHand = `set -e -o pipefail; rm -f "$1"
[ "$(curl --silent --fail "$0" | tee "$1" | sha256sum)" = "$2  -" ]; sync "$1"`

/** Node.js in place of the shell that takes the last file away. */
const again = (script) => `rm -f "$1"; exec "$3" ${script} "$0" "$1" "$2"`

/** @param mib of the file */
export const benchHash = async (rounds, mib) => {
  // In the checkout: /tmp may be a file system in memory.
  const directory = mkdtempSync(new URL('../../dist/bench-', import.meta.url).pathname)
  const server = spawn(process.execPath, [serverFile, 'serve', mib, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [, port] = await new Promise((resolve) =>
      server.stdout.once('data', (text) => resolve(String(text).trim().split(' '))),
    )
    bundle(source, `${directory}/product.mjs`)
    writeFileSync(`${directory}/empty.mjs`, '')
    const digest = createHash('sha256').update(content(mib)).digest('hex')
    const words = [`http://127.0.0.1:${port}/image`, `${directory}/image`, digest, process.execPath]
    const commands = {
      'curl, tee, sha256sum': ['bash', '-c', byHand, ...words],
      'chv-doctor': ['bash', '-c', again(`${directory}/product.mjs`), ...words],
      'Node.js alone': ['bash', '-c', again(`${directory}/empty.mjs`), ...words],
    }
    const runs = interleave(commands, rounds, { cwd: directory, env: { PATH: process.env.PATH } })
    const failed = Object.entries(runs).find(([, own]) => own.some(({ code }) => code !== 0))
    if (failed) throw new Error(`${failed[0]} ended with ${failed[1].find(({ code }) => code !== 0).code}`)
    const rows = rowsOf(runs)
    const title = `Hashing ${mib} MiB while they come over loopback`
    record(
      title,
      columnsOf('whole process'),
      rows,
      `Medians of ${rounds} rounds, as ratios to the first row.`,
    )
    console.log(`\n${title}`)
    for (const row of rows) console.log(row.join('  '))
  } finally {
    server.kill()
    rmSync(directory, { recursive: true })
  }
}
