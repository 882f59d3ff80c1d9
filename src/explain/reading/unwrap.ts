/** Takes messages out of the records of other programs: JSON objects, key="value" lists, escaped strings. */

/** Keys under which programs that start Cloud Hypervisor keep its words; the others say when and where. */
const textKeys = [
  'log',
  'MESSAGE',
  'message',
  'msg',
  'content',
  'error',
  'err',
  'reason',
  'vmconsole',
  'output',
  'stderr',
  'stdout',
  'text',
] as const

const isTextKey = (key: string): boolean => (textKeys as readonly string[]).includes(key)

/** How deep one record may lie in another. */
const maxDepth = 4

const objectIn = (line: string): Readonly<Record<string, unknown>> | null => {
  const start = line.indexOf('{"')
  // An address or a name may stand in front of it.
  if (start < 0 || start > 80 || !line.endsWith('}')) return null
  try {
    return JSON.parse(line.slice(start)) as Readonly<Record<string, unknown>>
  } catch {
    return null
  }
}

const textOf = (value: unknown): string | null => {
  // The journal gives bytes where a message holds colours.
  if (Array.isArray(value) && value.every((one) => typeof one === 'number')) {
    return Buffer.from(value as number[]).toString('utf8')
  }
  return typeof value === 'string' ? value : null
}

const fieldsOf = (record: Readonly<Record<string, unknown>>): readonly string[] =>
  textKeys.flatMap((key) => textOf(record[key]) ?? [])

/** An unclosed quotation ends with the line, so that each character is looked at once. */
const pair = /([\w.-]+)="((?:[^"\\]|\\.)*)(?:"|$)/g

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

const unescaped = (text: string): string =>
  text.replace(/\\(["\\/nrt])/g, (_, character: string) => escapes[character] ?? character)

/** Who wrote a record: beside general words it tells that they are about a virtual machine. */
const writer =
  /\b(?:name|source|subsystem|unit)="?(?=[\w./-]{0,80}(?:kata|shim|clh|cloud-?hypervisor|virtiofsd|virtcontainers))[\w./-]{1,160}/i

/** logfmt, as Go programs write it. */
const pairsOf = (line: string): readonly string[] => {
  if (!/(?:^|\s)(?:level|msg|time|subsystem|source)=|^\s*vmconsole="/.test(line)) return []
  const texts = [...line.matchAll(pair)].flatMap(([, key = '', value = '']) =>
    isTextKey(key) && value !== '' ? [unescaped(value)] : [],
  )
  const who = texts.length > 0 ? writer.exec(line)?.[0] : undefined
  return who === undefined ? texts : [...texts, who]
}

/** A string of a program in a string of another: quotation marks, or lines of ours behind "\n". */
const isEscaped = (line: string): boolean =>
  line.includes('\\"') || /\\n\s{0,8}(?:\d{1,2}: |Error|error|cloud-hypervisor|thread |\[)/.test(line)

/**
 * @returns the lines that a line of a log holds; the line itself where it is no record of another program
 */
export const unwrapped = (line: string, depth = 0): readonly string[] => {
  if (depth >= maxDepth) return [line]
  const record = objectIn(line)
  const found = record ? fieldsOf(record) : pairsOf(line)
  if (found.length > 0) {
    return found.flatMap((text) =>
      text
        .replace(/[\r\n]+$/, '')
        .split('\n')
        .flatMap((one) => unwrapped(one, depth + 1)),
    )
  }
  if (!isEscaped(line)) return [line]
  return unescaped(line)
    .split('\n')
    .flatMap((one) => unwrapped(one, depth + 1))
}
