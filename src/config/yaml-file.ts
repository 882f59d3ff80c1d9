import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { UsageError } from '../util/errors.ts'

export type Entry = readonly [key: string, raw: unknown, line: number]

/**
 * The keys and values of a configuration file; JSON is YAML too.
 * @throws UsageError with file and line for anything but one map
 */
export const entriesOf = (path: string, text: string): Entry[] => {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true })
  const error = document.errors[0]
  if (error) {
    const { line } = counter.linePos(error.pos[0])
    throw new UsageError(`${path}, line ${line}: not valid YAML (${error.message.split('\n')[0]}).`, {
      cause: error,
    })
  }
  if (document.contents === null) return []
  if (!isMap(document.contents))
    throw new UsageError(`${path} must hold keys and values, such as "boot: firmware".`)
  return document.contents.items.map((item) => {
    const key = isScalar(item.key) ? String(item.key.value) : String(item.key)
    const at = isScalar(item.key) ? (item.key.range?.[0] ?? 0) : 0
    const value = item.value as { toJS?: (doc: unknown) => unknown } | null
    return [key, value?.toJS ? value.toJS(document) : value, counter.linePos(at).line]
  })
}
