/** The commented configuration file that `init` writes: every key at its default, commented out. */
import { defaultText } from './default-text.ts'
import { type Key, keys } from './keys.ts'

/** What a key is for, with the values of an enumeration. */
export const aboutKey = (key: Key): string =>
  key.kind === 'enum' ? `${key.about} One of: ${key.values.join(', ')}.` : key.about

/** @param schema the address of its JSON Schema, which editors complete it with, or null */
export const configTemplate = (schema: string | null): string =>
  [
    ...(schema === null ? [] : [`# yaml-language-server: $schema=${schema}`]),
    '# Configuration of chv-doctor. Every key is optional; the values below are the defaults.',
    '# The same keys work as CHV_DOCTOR_<KEY> in the environment and as --set key=value.',
    '',
    ...keys.flatMap((key) => [`# ${aboutKey(key)}`, `#${key.name}: ${defaultText(key)}`, '']),
  ].join('\n')
