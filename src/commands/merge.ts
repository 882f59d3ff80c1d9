/** `chv-doctor report --merge`: puts the JSON reports of many hosts on one page. */
import { mergeFormats } from '../cli/flags.ts'
import { mergeReports, type NamedReport } from '../engine/merge.ts'
import { type FormerMerge, parseMerge } from '../engine/merge-changes.ts'
import { parseReport } from '../engine/report-file.ts'
import { renderMergeAs } from '../report/merge/render.ts'
import { exit, UsageError } from '../util/errors.ts'
import { readInputFile, UnusableFile } from '../util/input-file.ts'
import type { Context } from './context.ts'
import { targetsOf, writeTargets } from './targets.ts'

/** A report has some 20 KiB, a merge some KiB for each host. */
const maxReport = 4 * 2 ** 20
const maxMerge = 256 * 2 ** 20

/** Files that are open at once. */
const lanes = 16

/** @throws UsageError that names the file */
const readNamed = async (where: string, path: string, maxBytes: number): Promise<string> => {
  try {
    return await readInputFile(path, maxBytes)
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    throw new UsageError(`${where} ${error.because}.`, { cause: error })
  }
}

/** @throws UsageError for the first file that is no report */
const readReports = async (paths: readonly string[]): Promise<readonly NamedReport[]> => {
  const reports: NamedReport[] = new Array(paths.length)
  let next = 0
  const lane = async () => {
    for (let index = next++; index < paths.length; index = next++) {
      const file = paths[index] ?? ''
      reports[index] = { file, report: parseReport(file, await readNamed(file, file, maxReport)) }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return reports
}

const readFormer = async (path: string | null): Promise<FormerMerge | null> =>
  path === null ? null : parseMerge(`--since ${path}`, await readNamed(`--since ${path}`, path, maxMerge))

/** @returns the exit code: 0, whatever the reports say */
export const merge = async (context: Context): Promise<number> => {
  const { call, version, out, terminal } = context
  if (call.operands.length === 0)
    throw new UsageError('--merge needs reports: chv-doctor report --merge FILE…')
  const targets = targetsOf(call, mergeFormats)
  const former = await readFormer(call.text('since'))
  const reports = await readReports(call.operands)
  const merged = mergeReports(reports, former, { version, madeAt: new Date().toISOString() })
  const { color, width } = terminal
  await writeTargets(targets, out, (format, isFile) =>
    renderMergeAs(format, merged, isFile ? { color: false, width: 80 } : { color, width }),
  )
  return exit.healthy
}
