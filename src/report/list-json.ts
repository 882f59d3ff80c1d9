import { jsonText } from '../util/printable.ts'

/**
 * @param lists by what they are of: checks, fixes, artifacts, causes
 * @returns the lists as JSON (docs/list.schema.json), ending in a newline
 */
export const listJson = (version: string, lists: Readonly<Record<string, unknown>>): string =>
  jsonText({ schema: 'chv-doctor/list/1', version, ...lists })
