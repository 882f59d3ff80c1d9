/** `chv-doctor check`: runs the checks and reports; writes only the files that its flags name. */
import { observeRecord, readFacts, recordFacts } from '../engine/facts-file.ts'
import { observeHost } from '../engine/observe.ts'
import { loadRegistry } from '../engine/registry.ts'
import { selectChecks } from '../engine/select.ts'
import { renderJson } from '../report/json.ts'
import { renderText } from '../report/text.ts'
import { errnoOf, UsageError } from '../util/errors.ts'
import { terminalText } from '../util/printable.ts'
import { type Context, withHost } from './context.ts'
import { type Examination, examine } from './examine.ts'

const writeTo = async (flag: string, path: string, text: string) => {
  const { writeOutput } = await import('../files/output.ts')
  try {
    await writeOutput(path, terminalText(text))
  } catch (error) {
    throw new UsageError(`${flag} ${path}: cannot be written (${errnoOf(error)}).`, { cause: error })
  }
}

const examineSelected = async (context: Context): Promise<Examination> => {
  const { call, config } = context
  const recorded = call.text('facts-in')
  const registry = await loadRegistry(config, context.user.uid)
  const only = [...call.list('only'), ...call.operands]
  const selection = { only, skip: call.list('skip'), tags: call.list('group') }
  const checks = selectChecks(registry.checks, selection)
  if (recorded !== null) {
    if (call.has('facts-out'))
      throw new UsageError('--facts-in and --facts-out exclude each other: give one of them.')
    const file = await readFacts(recorded)
    return examine(context, checks, observeRecord(file), { config: file.config, host: null, all: false })
  }
  const all = checks.length === registry.checks.length
  return withHost(context, (host) =>
    examine(context, checks, observeHost(host, config), { config, host, all }),
  )
}

/** @returns the exit code */
export const check = async (context: Context): Promise<number> => {
  const { run, report } = await examineSelected(context)
  const file = context.call.text('output')
  const { color, columns } = context.terminal
  const text = context.call.json
    ? renderJson(report)
    : renderText(
        report,
        file === null ? { color, columns, advice: true } : { color: false, columns: 80, advice: true },
      )
  const facts = context.call.text('facts-out')
  if (facts !== null) {
    await writeTo(
      '--facts-out',
      facts,
      recordFacts(context.version, context.config, run.observations, context.user),
    )
  }
  if (file === null) context.out.result(text)
  else await writeTo('--output', file, text)
  return report.exitCode
}
