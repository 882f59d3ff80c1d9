import { fixes } from '../../fixes/registry.ts'
import type { Registry } from '../engine/registry.ts'
import { UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'

/** @throws UsageError, with the nearest one, for what is neither a check nor a fix */
export const requireKnown = (ids: readonly string[], { checks, ownFixes }: Registry): void => {
  const known = [...checks.map((check) => check.id), ...Object.keys(fixes), ...Object.keys(ownFixes)]
  for (const id of ids) {
    if (!known.includes(id)) {
      throw new UsageError(
        `There is no check or fix "${id}"${suggestion(id, known) || '; see `chv-doctor list`.'}`,
      )
    }
  }
}
