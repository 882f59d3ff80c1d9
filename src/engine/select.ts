/** Which checks a run covers: ids, `--only`, `--skip` and `--group`, plus whatever those need. */

import type { AnyCheck } from '../contract/check.ts'
import { UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'

export interface Selection {
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly tags: readonly string[]
}

const known = (words: readonly string[], allowed: readonly string[], what: string, where: string) => {
  for (const word of words) {
    if (!allowed.includes(word)) {
      throw new UsageError(
        `${where}: there is no ${what} "${word}"${suggestion(word, allowed) || `; see \`chv-doctor list\`.`}`,
      )
    }
  }
}

/** @throws UsageError for an unknown id or tag, or when nothing is left to do */
export const selectChecks = (checks: readonly AnyCheck[], selection: Selection): readonly AnyCheck[] => {
  const ids = checks.map((check) => check.id)
  known(selection.only, ids, 'check', '--only')
  known(selection.skip, ids, 'check', '--skip')
  known(selection.tags, [...new Set(checks.map((check) => check.group))], 'group', '--group')
  const wanted = new Set(
    checks
      .filter((check) => selection.only.length === 0 || selection.only.includes(check.id))
      .filter((check) => selection.tags.length === 0 || selection.tags.includes(check.group))
      .map((check) => check.id),
  )
  const byId = new Map(checks.map((check) => [check.id, check]))
  const add = (id: string) => {
    for (const need of byId.get(id)?.needs ?? []) {
      if (!wanted.has(need.id)) {
        wanted.add(need.id)
        add(need.id)
      }
    }
  }
  for (const id of [...wanted]) add(id)
  const chosen = checks.filter((check) => wanted.has(check.id) && !selection.skip.includes(check.id))
  if (chosen.length === 0)
    throw new UsageError('No check is left to run: --only, --group and --skip exclude all of them.')
  return chosen
}
