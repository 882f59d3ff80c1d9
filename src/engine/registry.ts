/** The built-in checks and fixes, with the user's own behind them. */
import { checks as builtInChecks } from '../../checks/registry.ts'
import type { Config } from '../config/keys.ts'
import type { AnyCheck } from '../contract/check.ts'
import type { AnyFix } from './plan.ts'
import { validatePolicy } from './validate-policy.ts'

export interface Registry {
  readonly checks: readonly AnyCheck[]
  readonly ownFixes: Readonly<Record<string, AnyFix>>
}

const loadOwnOf = async (config: Config, uid: number) => {
  if (config.check_files.length === 0) return { checks: [], fixes: {} }
  const { loadOwn } = await import('./own-checks.ts')
  return loadOwn(config.check_files, builtInChecks, uid)
}

/**
 * @param uid the user; files that others may change are not run
 * @throws UsageError for a wrong file of own checks, and where a policy names what does not exist
 */
export const loadRegistry = async (config: Config, uid: number): Promise<Registry> => {
  const own = await loadOwnOf(config, uid)
  const checks = [...builtInChecks, ...own.checks]
  validatePolicy(config, checks)
  return { checks, ownFixes: own.fixes }
}
