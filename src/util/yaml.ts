/** What the parser of YAML accepts and nothing can use. */
import { type Document, isCollection, visit } from 'yaml'

/**
 * Whether a key is itself a list or a map, somewhere in a document. The library writes such a key out as
 * text, again for each level that holds it: a hundred braces take seconds, two hundred all memory.
 * @throws RangeError for a document that is nested too deeply to be walked through
 */
export const hasCollectionKey = (document: Document.Parsed): boolean => {
  let found = false
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return
      found = true
      return visit.BREAK
    },
  })
  return found
}
