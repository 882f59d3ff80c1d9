/** YAML of a seed, as cloud-init's parser reads it. */
import { parse } from 'yaml'
import { isMap } from '../util/json.ts'

/** @throws YAMLParseError */
export const parseSeedYaml = (text: string): unknown =>
  // PyYAML is a parser of YAML 1.1. "error" throws errors and prints no warnings; "silent" would ignore the
  // errors too.
  parse(text, { version: '1.1', logLevel: 'error' }) as unknown

/** The same for a text whose faults are reported elsewhere; null where it is not valid. */
export const parseSeedYamlOrNull = (text: string): unknown => {
  try {
    return parseSeedYaml(text)
  } catch {
    return null
  }
}

/** The instance-id in the text of a meta-data file; null where it has none. */
export const instanceIdIn = (metaData: unknown): string | null => {
  const id = isMap(metaData) ? metaData['instance-id'] : undefined
  return id === undefined || id === null ? null : String(id)
}
