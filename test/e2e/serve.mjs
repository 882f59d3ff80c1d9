// Serves a folder on 127.0.0.1: node serve.mjs FOLDER PORT [BYTES-PER-SECOND]
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [folder, port, rate] = process.argv.slice(2)

createServer(async (request, response) => {
  const path = `${folder}/${basename(request.url ?? '')}`
  try {
    response.setHeader('content-length', statSync(path).size)
  } catch {
    response.writeHead(404).end()
    return
  }
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 16384 })) {
    response.write(chunk)
    if (rate) await sleep((chunk.length / Number(rate)) * 1000)
  }
  response.end()
}).listen(Number(port), '127.0.0.1')
