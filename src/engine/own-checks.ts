/** Loads a user's own checks: the same interface as ours, from files that the configuration names. */
import { stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { errnoOf, messageOf, UsageError } from '../util/errors.ts'
import type { AnyFix } from './plan.ts'
import type { AnyCheck } from './run-checks.ts'

const isFunction = (value: unknown): boolean => typeof value === 'function'

const idPattern = /^[a-z][a-z0-9-]*$/

/** What is wrong with an exported check, or null. */
const faultOfCheck = (check: Partial<AnyCheck> | null): string | null => {
  if (typeof check !== 'object' || check === null) return 'is not an object'
  if (typeof check.id !== 'string' || !idPattern.test(check.id))
    return 'has no id of lower-case letters, digits and "-"'
  if (typeof check.title !== 'string') return `("${check.id}") has no title`
  if (!isFunction(check.probe) || !isFunction(check.judge)) return `("${check.id}") lacks probe() or judge()`
  return null
}

/** Code that others may change must not run with this user's rights. */
const refuseForeign = async (path: string, uid: number) => {
  const info = await stat(path).catch((error) => {
    throw new UsageError(`checks: ${path} cannot be read (${errnoOf(error) ?? messageOf(error)}).`, {
      cause: error,
    })
  })
  if ((info.uid !== uid && info.uid !== 0) || (info.mode & 0o002) !== 0) {
    throw new UsageError(
      `checks: ${path} can be changed by other users, so it is not run; \`chown\` it to yourself and \`chmod o-w\` it.`,
    )
  }
}

interface Exports {
  readonly checks?: unknown
  readonly fixes?: unknown
}

const load = async (path: string): Promise<Exports> => {
  try {
    return (await import(pathToFileURL(path).href)) as Exports
  } catch (error) {
    throw new UsageError(`checks: ${path} cannot be loaded (${messageOf(error).split('\n')[0]}).`, {
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
  const taken = new Set(builtIn.map((check) => check.id))
  for (const path of paths) {
    await refuseForeign(path, uid)
    const exported = await load(path)
    if (!Array.isArray(exported.checks)) throw new UsageError(`checks: ${path} exports no array \`checks\`.`)
    for (const check of exported.checks as AnyCheck[]) {
      const fault = faultOfCheck(check)
      if (fault) throw new UsageError(`checks: ${path}: a check ${fault}.`)
      if (taken.has(check.id)) throw new UsageError(`checks: ${path}: the id "${check.id}" is taken.`)
      taken.add(check.id)
      checks.push({ ...check, group: 'own' })
    }
    for (const [id, fix] of Object.entries((exported.fixes ?? {}) as Record<string, AnyFix>)) {
      if (fix?.id !== id || !isFunction(fix.plan))
        throw new UsageError(`checks: ${path}: the fix "${id}" lacks its id or plan().`)
      fixes[id] = fix
    }
  }
  return { checks, fixes }
}
