/** `check` with `--require`, `--baseline` or `--wait`. */
import type { AnyCheck } from '../contract/check.ts'
import { type Baseline, baselineText, goneFrom, parseBaseline, updated } from '../engine/baseline.ts'
import { underPolicy } from '../engine/policy.ts'
import { errnoOf, UsageError } from '../util/errors.ts'
import { suggestion } from '../util/suggest.ts'
import type { Context } from './context.ts'
import type { Examination, Look } from './examine.ts'
import { exclude } from './exclude.ts'
import { examineUntilHealthy, secondsOf } from './wait.ts'
import { writeTo } from './write-to.ts'

/** A baseline has a line for each finding. */
const maxBytes = 2 ** 20

/** @returns null when the file does not exist yet and may be made */
const readBaseline = async (path: string, mayBeNew: boolean): Promise<Baseline | null> => {
  const { readInputFile, UnusableFile } = await import('../util/input-file.ts')
  try {
    return parseBaseline(`--baseline ${path}`, await readInputFile(path, maxBytes))
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    const isMissing = errnoOf(error) === 'ENOENT'
    if (isMissing && mayBeNew) return null
    throw new UsageError(
      `--baseline ${path} ${error.because}${isMissing ? '; --update-baseline makes it' : ''}.`,
      { cause: error },
    )
  }
}

/** @throws UsageError for an id that no check has, and for a check that this run leaves out */
const requiredIn = (ids: readonly string[], all: readonly AnyCheck[], chosen: readonly AnyCheck[]) => {
  for (const id of ids) {
    const known = all.map((check) => check.id)
    if (!known.includes(id))
      throw new UsageError(
        `--require: there is no check "${id}"${suggestion(id, known) || '; see `chv-doctor list`.'}`,
      )
    if (!chosen.some((check) => check.id === id))
      throw new UsageError(`--require ${id}: this run leaves that check out (--only, --group or --skip).`)
  }
  return ids
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** Writes what is found now, and says what changed. */
const writeUpdated = async (
  context: Context,
  path: string,
  before: Baseline | null,
  { report }: Examination,
): Promise<Baseline> => {
  const after = updated(before, report.results)
  const added = [...after.findings.keys()].filter((code) => !before?.findings.has(code)).length
  const removed = [...(before?.findings.keys() ?? [])].filter((code) => !after.findings.has(code)).length
  await writeTo('--baseline', path, baselineText(after))
  context.out.say(
    `Wrote ${path}: ${plural(after.findings.size, 'finding', 'findings')}, ${added} added, ${removed} removed.`,
  )
  return after
}

/**
 * @param all the checks there are
 * @param chosen those of this run
 * @throws UsageError for a wrong flag or file
 */
export const examineUnderPolicy = async (
  context: Context,
  all: readonly AnyCheck[],
  chosen: readonly AnyCheck[],
  look: Look,
): Promise<Examination> => {
  const { call, out } = context
  const isUpdate = call.has('update-baseline')
  const path = call.text('baseline')
  if (isUpdate && path === null)
    throw new UsageError('--update-baseline needs the file: give --baseline FILE, too.')
  exclude(call, 'update-baseline', 'wait')
  const required = requiredIn(call.list('require'), all, chosen)
  const seconds = secondsOf(call.text('wait'))
  const before = path === null ? null : await readBaseline(path, isUpdate)
  const strict = call.has('strict')
  const judged = (baseline: Baseline | null, { run, report }: Examination): Examination => ({
    run,
    report: underPolicy(report, { required, baseline }, strict),
  })
  if (isUpdate && path !== null) {
    const found = await look({ isRepeated: false, signal: context.signal })
    return judged(await writeUpdated(context, path, before, found), found)
  }
  const last = { gone: [] as readonly string[] }
  const examination = await examineUntilHealthy(context, seconds, async (options) => {
    const found = await look(options)
    last.gone = before === null ? [] : goneFrom(before, found.report.results)
    return judged(before, found)
  })
  if (last.gone.length > 0)
    out.say(`No longer found: ${last.gone.join(', ')}. --update-baseline takes this out of ${path}.`)
  return examination
}
