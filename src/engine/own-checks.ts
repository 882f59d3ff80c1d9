/** Loads a user's own checks: the same interface as ours, from files that the configuration names. */
import { pathToFileURL } from 'node:url'
import { fixes as builtInFixes } from '../../fixes/registry.ts'
import type { AnyCheck } from '../contract/check.ts'
import { unknownCodes } from '../contract/finding.ts'
import { messageOf, UsageError } from '../util/errors.ts'
import { isMap } from '../util/json.ts'
import { suggestion } from '../util/suggest.ts'
import { assertOwnCode } from './own-code.ts'
import type { AnyFix } from './plan.ts'

const isFunction = (value: unknown): boolean => typeof value === 'function'

const idPattern = /^[a-z][a-z0-9-]*$/

const isWording = (value: unknown): boolean => typeof value === 'string' || isFunction(value)

/** What is wrong with the findings of a check, or null. */
const faultOfFindings = (id: string, findings: unknown): string | null => {
  if (!isMap(findings))
    return `("${id}") has no object \`findings\`, which names what it reports; docs/own-checks.md shows one`
  for (const [code, finding] of Object.entries(findings)) {
    if (!idPattern.test(code) || (unknownCodes as readonly string[]).includes(code))
      return `("${id}") has a finding "${code}": a code has lower-case letters, digits and "-", and is none of ${unknownCodes.join(', ')}`
    if (!isMap(finding) || !isWording(finding.found) || !isWording(finding.expected))
      return `("${id}") has a finding "${code}" without the texts \`found\` and \`expected\``
  }
  return null
}

/** What is wrong with an exported check, or null. */
const faultOfCheck = (check: Partial<WrittenCheck> | null): string | null => {
  if (typeof check !== 'object' || check === null) return 'is not an object'
  if (typeof check.id !== 'string' || !idPattern.test(check.id))
    return 'has no id of lower-case letters, digits and "-"'
  if (typeof check.title !== 'string') return `("${check.id}") has no title`
  if (!isFunction(check.probe) || !isFunction(check.judge)) return `("${check.id}") lacks probe() or judge()`
  return faultOfFindings(check.id, check.findings)
}

/** A check as its author writes it: others are ids, since a file of the user cannot import built-in checks. */
type WrittenCheck = Omit<AnyCheck, 'needs' | 'proves'> & {
  readonly needs?: unknown
  readonly proves?: unknown
}

/** @throws UsageError for an id that no check before this one has */
const resolveOthers = (
  written: WrittenCheck,
  field: 'needs' | 'proves',
  known: ReadonlyMap<string, AnyCheck>,
  path: string,
): readonly AnyCheck[] => {
  const { id } = written
  const ids = written[field] ?? []
  if (!Array.isArray(ids))
    throw new UsageError(`check_files: ${path}: \`${field}\` of "${id}" is not an array of ids.`)
  return ids.map((other: unknown) => {
    const check = typeof other === 'string' ? known.get(other) : undefined
    if (check) return check
    const name = typeof other === 'string' ? other : JSON.stringify(other)
    throw new UsageError(
      `check_files: ${path}: "${id}" ${field} the check "${name}", which is neither built in nor defined before it${suggestion(name, [...known.keys()]) || '; see `chv-doctor list`.'}`,
    )
  })
}

/** What is wrong with an exported fix, or null. @param before ids of the fixes before it */
const faultOfFix = (id: string, fix: AnyFix | undefined, before: readonly string[]): string | null => {
  if (fix?.id !== id || !isFunction(fix.plan)) return 'lacks its id or plan()'
  if (fix.needs === undefined) return null
  if (!Array.isArray(fix.needs)) return 'has `needs` that are not an array of ids'
  const unknown: unknown = fix.needs.find((other) => !before.includes(other))
  return unknown === undefined
    ? null
    : `needs the fix ${JSON.stringify(unknown)}, which is neither built in nor defined before it`
}

interface Exports {
  readonly checks?: unknown
  readonly fixes?: unknown
}

const load = async (path: string): Promise<Exports> => {
  try {
    return (await import(pathToFileURL(path).href)) as Exports
  } catch (error) {
    throw new UsageError(`check_files: ${path} cannot be loaded (${messageOf(error).split('\n')[0]}).`, {
      cause: error,
    })
  }
}

/** @throws UsageError that names the file and what it lacks */
export const loadOwn = async (
  paths: readonly string[],
  builtIn: readonly AnyCheck[],
  uid: number,
): Promise<{ checks: AnyCheck[]; fixes: Record<string, AnyFix> }> => {
  const checks: AnyCheck[] = []
  const fixes: Record<string, AnyFix> = {}
  const known = new Map(builtIn.map((check) => [check.id, check]))
  for (const path of paths) {
    await assertOwnCode(path, uid)
    const exported = await load(path)
    if (!Array.isArray(exported.checks))
      throw new UsageError(`check_files: ${path} exports no array \`checks\`.`)
    for (const written of exported.checks as WrittenCheck[]) {
      const fault = faultOfCheck(written)
      if (fault) throw new UsageError(`check_files: ${path}: a check ${fault}.`)
      if (known.has(written.id))
        throw new UsageError(`check_files: ${path}: the id "${written.id}" is taken.`)
      const check: AnyCheck = {
        ...written,
        needs: resolveOthers(written, 'needs', known, path),
        proves: resolveOthers(written, 'proves', known, path),
        group: 'own',
      }
      known.set(check.id, check)
      checks.push(check)
    }
    for (const [id, fix] of Object.entries((exported.fixes ?? {}) as Record<string, AnyFix>)) {
      const fault = faultOfFix(id, fix, [...Object.keys(builtInFixes), ...Object.keys(fixes)])
      if (fault) throw new UsageError(`check_files: ${path}: the fix "${id}" ${fault}.`)
      fixes[id] = fix
    }
  }
  return { checks, fixes }
}
