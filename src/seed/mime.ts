/** MIME messages, as far as user-data may be one (RFC 2045, 2046). Pure. */

export interface MimePart {
  /** "text/cloud-config", lower case. */
  readonly type: string
  readonly content: Uint8Array
}

/** Parts within parts; cloud-init's own tools make one level. */
const maxDepth = 8

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

const decode = (body: string, encoding: string): Uint8Array => {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  const bytes =
    encoding === 'quoted-printable'
      ? body
          .replace(/[ \t]*=\r?\n/g, '')
          .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : body
  return Buffer.from(bytes, 'latin1')
}

interface Message {
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

const readMessage = (text: string): Message => {
  const headers = new Map<string, string>()
  // A mailbox writes a line without a colon in front.
  let rest = text.replace(/^From [^\n]*\n/, '')
  let last = ''
  for (;;) {
    const end = rest.indexOf('\n')
    const line = (end < 0 ? rest : rest.slice(0, end)).replace(/\r$/, '')
    const [, name = '', value = ''] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name !== '') {
      last = name.toLowerCase()
      headers.set(last, value)
    } else if (/^[ \t]/.test(line) && last !== '') headers.set(last, `${headers.get(last)} ${line.trim()}`)
    // What is no header begins the body, with or without the empty line.
    else return { headers, body: line === '' && end >= 0 ? rest.slice(end + 1) : line === '' ? '' : rest }
    if (end < 0) return { headers, body: '' }
    rest = rest.slice(end + 1)
  }
}

const partsIn = (text: string, depth: number): MimePart[] => {
  const { headers, body } = readMessage(text)
  const header = headers.get('content-type') ?? 'text/plain'
  const type = (header.split(';')[0] ?? '').trim().toLowerCase()
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;]+))/i.exec(header) ?? []
  const boundary = quoted ?? plain
  if (!type.startsWith('multipart/') || boundary === undefined || depth >= maxDepth) {
    const encoding = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()
    return [{ type, content: decode(body, encoding) }]
  }
  const [, ...parts] = `\n${body}`.split(`\n--${boundary}`)
  return parts
    .filter((part) => !part.startsWith('--'))
    .flatMap((part) => partsIn(part.replace(/^[ \t]*\r?\n/, ''), depth + 1))
}

/** The parts of a message that are no containers themselves. */
export const mimeParts = (bytes: Uint8Array): readonly MimePart[] => partsIn(latin(bytes), 0)
