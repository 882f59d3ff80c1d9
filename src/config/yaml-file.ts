import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { messageOf, UsageError } from '../util/errors.ts'
import { hasCollectionKey } from '../util/yaml.ts'

export type Entry = readonly [key: string, raw: unknown, line: number]

/** One line about an error of the YAML library, which may quote the file. */
const reasonOf = (error: unknown): string => {
  if (error instanceof RangeError) return 'nested too deeply'
  if (error instanceof TypeError) return 'an alias leads back to itself'
  return (messageOf(error).split('\n')[0] ?? '').replace(/:$/, '')
}

const parse = (path: string, text: string, lineCounter: LineCounter) => {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true })
  } catch (error) {
    throw new UsageError(`${path}: not valid YAML (${reasonOf(error)}).`, { cause: error })
  }
}

/** Each alias is looked for in the whole document: with as many as fit into a file this takes minutes. */
const maxAliases = 64

const aliasesIn = (document: Document.Parsed): number => {
  let count = 0
  visit(document, {
    Alias: () => {
      count++
    },
  })
  return count
}

/** Why the values of a document are not read at all, as the rest of a sentence, or null. */
const refusal = (document: Document.Parsed): string | null => {
  try {
    if (aliasesIn(document) > maxAliases)
      return `has more than ${maxAliases} aliases (*name): write the values out.`
    return hasCollectionKey(document) ? 'has a list or a map as a key: a key is a word.' : null
  } catch (error) {
    return `is not valid YAML (${reasonOf(error)}).`
  }
}

/**
 * The keys and values of a configuration file; JSON is YAML too.
 * @throws UsageError with file and line for anything but one map
 */
export const entriesOf = (path: string, text: string): Entry[] => {
  const counter = new LineCounter()
  const document = parse(path, text, counter)
  const error = document.errors[0]
  if (error) {
    const { line } = counter.linePos(error.pos[0])
    throw new UsageError(`${path}, line ${line}: not valid YAML (${reasonOf(error)}).`, { cause: error })
  }
  if (document.contents === null) return []
  if (!isMap(document.contents))
    throw new UsageError(`${path} must hold keys and values, such as "boot: firmware".`)
  const why = refusal(document)
  if (why !== null) throw new UsageError(`${path} ${why}`)
  return document.contents.items.map((item) => {
    const key = isScalar(item.key) ? String(item.key.value) : String(item.key)
    const { line } = counter.linePos(isScalar(item.key) ? (item.key.range?.[0] ?? 0) : 0)
    try {
      const value: unknown = isNode(item.value)
        ? item.value.toJS(document, { maxAliasCount: 100 })
        : item.value
      // Throws where an alias leads back to what holds it.
      JSON.stringify(value)
      return [key, value, line]
    } catch (error) {
      // Also for an alias without its anchor, and for aliases that multiply.
      throw new UsageError(`${path}, line ${line}: ${key} is not valid YAML (${reasonOf(error)}).`, {
        cause: error,
      })
    }
  })
}
