// Serves a directory on 127.0.0.1 as the sites of vendors do: ranges, ETags, redirects.
// node serve.mjs FOLDER PORT [BYTES-PER-SECOND]; /moved/NAME redirects to NAME; /cut/NAME drops every
// connection at a random byte. Each answer is a line in FOLDER/served: NAME FROM BYTES-SENT.
import { appendFileSync, createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [directory, port, rate] = process.argv.slice(2)

createServer(async (request, response) => {
  const url = request.url ?? ''
  const name = basename(url)
  if (url.startsWith('/moved/')) {
    response.writeHead(302, { location: `/${url.slice('/moved/'.length)}` }).end()
    return
  }
  const path = `${directory}/${name}`
  let info
  try {
    info = statSync(path)
  } catch {
    response.writeHead(404).end()
    return
  }
  const etag = `"${info.ino}-${info.size}-${info.mtimeMs}"`
  const condition = request.headers['if-range']
  const holds = condition === undefined || condition === etag
  const asked = holds ? /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') : null
  const from = asked ? Number(asked[1]) : 0
  const to = asked ? Math.min(Number(asked[2]) + 1, info.size) : info.size
  response.writeHead(asked ? 206 : 200, {
    etag,
    'accept-ranges': 'bytes',
    'content-length': to - from,
    ...(asked ? { 'content-range': `bytes ${from}-${to - 1}/${info.size}` } : {}),
  })
  if (request.method === 'HEAD' || to === from) {
    response.end()
    return
  }
  // What fits into one write arrives whole before the connection is gone.
  const long = to - from > 100_000
  const cut = long && url.startsWith('/cut/') ? Math.random() * (to - from) : Number.POSITIVE_INFINITY
  let sent = 0
  for await (const chunk of createReadStream(path, { start: from, end: to - 1, highWaterMark: 16384 })) {
    if (response.destroyed) break
    response.write(chunk)
    sent += chunk.length
    if (sent > cut) {
      response.destroy()
      break
    }
    if (rate) await sleep((chunk.length / Number(rate)) * 1000)
  }
  response.end()
  appendFileSync(`${directory}/served`, `${name} ${from} ${sent}\n`)
}).listen(Number(port), '127.0.0.1')
