/** Asks the program in the machine about one check, and about a text. */
import { expect } from 'vitest'
import type { Story } from './story.ts'

interface Result {
  readonly id: string
  readonly status: string
  readonly code?: string
  readonly found?: string
  readonly hint?: string
  readonly values?: Readonly<Record<string, unknown>>
}

/**
 * The result of one check.
 * @param settings flags besides, as `--set KEY=VALUE`
 * @param before a command of root that it is started by; null: the user starts it. Root takes no configuration from the
 *   home of another
 */
export const resultOf = async (
  { machine }: Story,
  id: string,
  { settings = '', before = null }: { readonly settings?: string; readonly before?: string | null } = {},
): Promise<Result> => {
  const check = `chv-doctor check --only ${id} ${settings} --format json 2>/dev/null`
  const { output } = await (before === null
    ? machine.ssh(check)
    : machine.ssh(`${before} /usr/local/bin/${check}`, 'root'))
  const report = JSON.parse(output) as { readonly results: readonly Result[] }
  return report.results.find((one) => one.id === id) ?? expect.fail(`no ${id} in ${output}`)
}

/** The cause that `explain` finds first in a text. */
export const causeOf = async ({ machine }: Story, text: string): Promise<string | undefined> => {
  await machine.must(`cat > said.txt <<'TEXT'\n${text}\nTEXT`)
  const json = await machine.must('chv-doctor explain said.txt --json')
  return (JSON.parse(json) as { readonly diagnoses: readonly { readonly cause: string }[] }).diagnoses[0]
    ?.cause
}
