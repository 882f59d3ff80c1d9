/** One line of the journal, validated: undo runs the commands in it, as root too. */
import type { Change } from '../contract/undo.ts'

export type JournalLine =
  | ({ readonly event: 'started' } & Change)
  | { readonly event: 'done' | 'undone' | 'void'; readonly id: string }

type Fields = Readonly<Record<string, unknown>>
type Rule = (value: unknown) => boolean

const isText: Rule = (value) => typeof value === 'string' && !value.includes('\0')
const isPath: Rule = (value) => isText(value) && (value as string).startsWith('/')
const isFlag: Rule = (value) => typeof value === 'boolean'
const isNumber: Rule = (value) => typeof value === 'number' && Number.isFinite(value)
const listOf =
  (rule: Rule, least = 0): Rule =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.every(rule)
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value)
const record =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(rules).every(([name, rule]) =>
      rule(Object.hasOwn(value, name) ? (value as Fields)[name] : undefined),
    )

const isUndo: Readonly<Record<string, Rule>> = {
  run: record({
    argvs: listOf(listOf(isText, 1)),
    root: isFlag,
    while: optional(isPath),
    guard: optional(record({ file: isPath, is: isText, because: isText })),
  }),
  restore: record({
    path: isPath,
    stamp: record({ ino: isNumber, size: isNumber, mtimeMs: isNumber }),
    kept: (value) => value === null || isPath(value),
    root: optional(isFlag),
    directories: optional(listOf(isPath)),
    after: optional(listOf(isText, 1)),
  }),
}

const isStarted = record({
  id: isText,
  at: isText,
  fix: isText,
  why: isText,
  undo: (value) => {
    const kind = record({ kind: isText })(value) ? (value as { kind: string }).kind : ''
    return Object.hasOwn(isUndo, kind) && isUndo[kind]?.(value) === true
  },
})

/** @param value the JSON of a line. @returns whether it is one that the journal writes */
export const isJournalLine = (value: unknown): value is JournalLine => {
  if (!record({ event: isText, id: isText })(value)) return false
  const { event } = value as { event: string }
  return event === 'started' ? isStarted(value) : ['done', 'undone', 'void'].includes(event)
}
