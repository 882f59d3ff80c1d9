/**
 * The questions to `ip` that are asked in one turn share a process: `ip -batch` answers each on a line of
 * its own. A process costs node more than all of its answers: 3 to 5 ms on two cores.
 */
import type { Argv } from '../util/argv.ts'
import type { RunResult } from './exec.ts'

const allRoutes = 'ip -j -4 route show table all'

/**
 * The question as a line for `ip -j -d -batch`, or null where there is none that asks for the same. The
 * family is an option of the whole batch: a prefix or an address says it instead.
 */
const asLine = (argv: Argv): string | null => {
  const question = argv.join(' ')
  if (question === 'ip -j -d addr show') return 'addr show'
  if (question === allRoutes) return 'route show table all root 0.0.0.0/0'
  return /^ip -j -4 (route get [\d.]+)$/.exec(question)?.[1] ?? null
}

interface Question {
  readonly argv: Argv
  readonly line: string
  readonly settle: (answer: Promise<RunResult> | RunResult) => void
}

/** The answer of each question, null for one that failed; or null as a whole when they cannot be told apart. */
export const answersOf = (
  count: number,
  { stdout, stderr }: Pick<RunResult, 'stdout' | 'stderr'>,
): readonly (string | null)[] | null => {
  const failed = new Set([...stderr.matchAll(/^Command failed \S*:(\d+)$/gm)].map(([, line]) => Number(line)))
  const answers = stdout.split('\n').filter((line) => line !== '')
  if (answers.length + failed.size !== count || answers.some((answer) => !answer.startsWith('['))) return null
  const inOrder = answers.values()
  return Array.from({ length: count }, (_, index) =>
    failed.has(index + 1) ? null : (inOrder.next().value ?? null),
  )
}

/**
 * @param run starts a command, with a text on its standard input
 * @returns asks one question; null when it is none that can share a process
 */
export const createIpBatch = (run: (argv: Argv, input?: string) => Promise<RunResult>) => {
  let waiting: Question[] = []

  const askAll = async () => {
    const questions = waiting
    waiting = []
    const [only] = questions
    if (only && questions.length === 1) return only.settle(run(only.argv))
    const input = questions.map(({ line }) => `${line}\n`).join('')
    const result = await run(['ip', '-j', '-d', '-force', '-batch', '-'], input)
    const answers = result.failure === null ? answersOf(questions.length, result) : null
    for (const [index, { argv, settle }] of questions.entries()) {
      const stdout = answers?.[index]
      if (typeof stdout === 'string') settle({ code: 0, stdout, stderr: '', failure: null })
      // What ip did not answer is asked by itself: then code and message are its own.
      else settle(result.failure === null ? run(argv) : result)
    }
  }

  return (argv: Argv): Promise<RunResult> | null => {
    const line = asLine(argv)
    if (line === null) return null
    return new Promise((settle) => {
      if (waiting.length === 0) queueMicrotask(askAll)
      waiting.push({ argv, line, settle })
    })
  }
}
