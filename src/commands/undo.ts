/** `chv-doctor undo`: takes back what `fix` recorded, newest first. */
import { type Change, openJournal } from '../engine/journal.ts'
import { DoctorError, exit, UsageError } from '../errors.ts'
import { painter } from '../report/layout.ts'
import { renderChanges } from '../report/plan-text.ts'
import { quoteArgv, quoteWord } from '../report/quote.ts'
import type { Context } from './context.ts'
import { withHands } from './hands.ts'

const script = (changes: readonly Change[]): string =>
  [
    '#!/usr/bin/env bash',
    '# Written by `chv-doctor undo --script`: takes back what `chv-doctor fix` changed, newest first.',
    'set -euo pipefail',
    'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"',
    'as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -- "$@"; fi; }',
    ...changes.flatMap(({ fix, why, undo }) => [
      `# ${fix}: ${why}`,
      ...(undo.kind === 'run'
        ? undo.argvs.map(
            (argv) =>
              `${undo.while ? `[ ! -e ${quoteWord(undo.while)} ] || ` : ''}${undo.root ? 'as_root ' : ''}${quoteArgv(argv)}`,
          )
        : [
            undo.kept
              ? `mv -- ${quoteWord(undo.kept)} ${quoteWord(undo.path)}`
              : `rm -f -- ${quoteWord(undo.path)}`,
          ]),
    ]),
    '',
  ].join('\n')

const agreed = async (context: Context, count: number): Promise<boolean> => {
  if (context.call.has('yes')) return true
  if (!context.terminal.interactive) {
    throw new DoctorError(
      exit.fixFailed,
      'There is nobody to ask here (no terminal, or CI is set): give --yes to agree, or --dry-run to see what would be undone.',
    )
  }
  const { confirm } = await import('../ask.ts')
  return confirm(`Undo ${count === 1 ? 'this change' : `these ${count} changes`}?`)
}

/** @returns the exit code */
export const undo = async (context: Context): Promise<number> => {
  const { call, out, terminal, user } = context
  const given = ['yes', 'dry-run', 'script', 'json'].filter((flag) => call.has(flag))
  if (given.length > 1)
    throw new UsageError(`--${given[0]} and --${given[1]} exclude each other: give one of them.`)
  const journal = openJournal(context.stateDir)
  const changes = await journal.open()
  if (call.has('json')) {
    out.result(
      `${JSON.stringify({ schema: 'chv-doctor/undo/1', version: context.version, changes }, null, 2)}\n`,
    )
    return exit.healthy
  }
  if (call.has('script')) {
    out.result(script(changes))
    return exit.healthy
  }
  if (changes.length === 0) {
    out.result('Nothing to undo.\n')
    return exit.healthy
  }
  out.result(
    renderChanges(changes, { color: terminal.color, columns: terminal.columns, sudo: user.uid !== 0 }),
  )
  if (call.has('dry-run')) return exit.healthy
  if (!(await agreed(context, changes.length))) {
    out.result('Nothing was undone.\n')
    return exit.fixFailed
  }
  const { undoChanges } = await import('../apply/undo.ts')
  const root = changes.some((change) => change.undo.kind === 'run' && change.undo.root)
  const { undone, failures, left } = await withHands(context, root, (hands) =>
    undoChanges(changes, { hands, journal, live: terminal.live, say: out.say }),
  )
  for (const { why, message } of failures)
    out.say(`${painter(terminal.color)('bad', 'failed')} ${why}: ${message}`)
  for (const { why, because } of left) out.say(`left ${why}: ${because}`)
  out.result(`Undone: ${undone} of ${changes.length}.\n`)
  return failures.length > 0 ? exit.fixFailed : exit.healthy
}
