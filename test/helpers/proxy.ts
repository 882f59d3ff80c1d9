/** A real HTTP proxy on 127.0.0.1: plain requests are passed on, CONNECT becomes a tunnel. */
import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface TestProxy {
  readonly port: number
  /** What it was asked for: "GET http://…" or "CONNECT host:port". */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** @param credentials "user:password" that it insists on */
export const startProxy = async (credentials: string | null = null): Promise<TestProxy> => {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`
  const refused = 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (expected && request.headers['proxy-authorization'] !== expected) return response.writeHead(407).end()
    const onward = httpRequest(
      request.url ?? '',
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    return onward.on('error', () => response.writeHead(502).end()).end()
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`)
    if (expected && request.headers['proxy-authorization'] !== expected) return socket.end(refused)
    const [host, port] = (request.url ?? '').split(':')
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    return socket.on('error', () => onward.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
