/**
 * YAML of a seed, as cloud-init's parser reads it: PyYAML, a parser of YAML 1.1 that refuses more than others
 * (reader.py, scanner.py, composer.py and constructor.py of PyYAML 6).
 */
import { CST, Lexer, parseDocument } from 'yaml'
import { isMap } from '../util/json.ts'
import { hasCollectionKey } from '../util/yaml.ts'

/** Larger texts are not parsed: user-data of that size is none that a person wrote. */
const maxYamlLength = 2 ** 19

/** What is wrong with a text, as the end of a sentence that starts with the name of its file. */
export class SeedYamlError extends Error {}

const refuse = (why: string, line: number | null = null): never => {
  throw new SeedYamlError(`is not valid YAML${why && `: ${why}`}${line === null ? '' : ` (line ${line})`}`)
}

/** Characters that PyYAML's reader refuses anywhere, in comments too. */
const notPrintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** Marks in front of a scalar in the tokens of the lexer. */
const scalarMark = '\x1f'

/** What the scanner and the composer of PyYAML refuse beside errors of syntax: tabs between tokens, anchors twice. */
const checkTokens = (text: string): void => {
  const anchors = new Set<string>()
  let line = 1
  let inBlock = false
  let before = ''
  for (const token of new Lexer().lex(text)) {
    // A scalar may begin like any other token.
    const type = before === scalarMark ? 'scalar' : CST.tokenType(token)
    if (type === 'block-scalar-header') inBlock = true
    const isPlain = before === scalarMark && !inBlock
    if (token.includes('\t') && (type === 'space' || isPlain))
      refuse('a tab stands where only spaces may', line)
    if (before === scalarMark) inBlock = false
    if (type === 'anchor') {
      if (anchors.has(token)) refuse(`the anchor ${token} is defined twice`, line)
      anchors.add(token)
    }
    if (type === 'doc-start') anchors.clear()
    if (isPlain && token === '=') refuse('"=" needs quotes', line)
    line += token.split('\n').length - 1
    before = token
  }
}

/** Lines that were indented, at most; each takes another parse. */
const maxIndented = 32

/** "error" prints no warnings; "silent" would pass over the errors too. */
const parseOnce = (text: string) =>
  parseDocument(text, { version: '1.1', uniqueKeys: false, logLevel: 'error' })

/**
 * Inside of quotes and brackets PyYAML takes lines with any indentation, the parser only deeper ones: a line of which
 * it complains is indented, which changes nothing in what it says.
 */
const parseIndented = (text: string) => {
  let document = parseOnce(text)
  const lines = text.split('\n')
  for (let times = 0; times < maxIndented; times++) {
    const [error] = document.errors
    const at = error?.linePos?.[0].line ?? 0
    const isQuote = error?.code === 'MISSING_CHAR' && error.message.startsWith('Missing closing')
    // Of a scalar in quotes it names the last line that still belongs to it, of brackets the first that does not.
    const isBracket = error?.code === 'BAD_INDENT' && error.message.startsWith('Flow ')
    const index = isQuote ? at : isBracket ? at - 1 : -1
    const line = lines[index]
    // A marker of documents ends the scalar for PyYAML as well.
    if (line === undefined || line.trim() === '' || /^(?:---|\.\.\.)(?:\s|$)/.test(line)) break
    const depth = /^ */.exec(lines[index - 1] ?? '')?.[0].length ?? 0
    lines[index] = `${' '.repeat(depth + 1)}${line}`
    document = parseOnce(lines.join('\n'))
  }
  return document
}

/**
 * Parses a text as cloud-init does: keys that stand twice are no error, the last one counts.
 * @throws SeedYamlError
 */
export const parseSeedYaml = (text: string): unknown => {
  if (text.length > maxYamlLength) refuse('it is larger than 512 KiB')
  const control = notPrintable.exec(text)
  if (control) refuse('it has a control character', lineOf(text, control.index))
  const document = parseIndented(text)
  const [error] = document.errors
  if (error)
    refuse(error.code === 'TAB_AS_INDENT' ? 'a tab cannot indent' : '', error.linePos?.[0].line ?? null)
  const unknownTag = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED')
  if (unknownTag) refuse('it has an unknown tag', unknownTag.linePos?.[0].line ?? null)
  checkTokens(text)
  // As in PyYAML, whose dictionaries take neither as a key.
  if (hasCollectionKey(document)) refuse('a key is a list or a map')
  try {
    return document.toJS() as unknown
  } catch {
    return refuse('its aliases grow beyond measure')
  }
}

/** The same for a text whose faults are reported elsewhere; null where it is not valid. */
export const parseSeedYamlOrNull = (text: string): unknown => {
  try {
    return parseSeedYaml(text)
  } catch {
    return null
  }
}

/** The instance-id in parsed meta-data; null where it has none. */
export const instanceIdIn = (metaData: unknown): string | null => {
  const id = isMap(metaData) ? metaData['instance-id'] : undefined
  return id === undefined || id === null ? null : String(id)
}
