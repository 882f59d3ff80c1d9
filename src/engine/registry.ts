/** The built-in checks and fixes, with the user's own behind them. */
import { checks as builtInChecks } from '../../checks/registry.ts'
import type { Config } from '../config/keys.ts'
import type { AnyFix } from './plan.ts'
import type { AnyCheck } from './run-checks.ts'

export interface Registry {
  readonly checks: readonly AnyCheck[]
  readonly ownFixes: Readonly<Record<string, AnyFix>>
}

/** @param uid the user; files that others may change are not run */
export const loadRegistry = async (config: Config, uid: number): Promise<Registry> => {
  if (config.checks.length === 0) return { checks: builtInChecks, ownFixes: {} }
  const { loadOwn } = await import('./own-checks.ts')
  const own = await loadOwn(config.checks, builtInChecks, uid)
  return { checks: [...builtInChecks, ...own.checks], ownFixes: own.fixes }
}
