/** Takes something away from a fresh copy of the frozen host and judges what the doctor says. */
import type { FrozenHost } from '../host/frozen-host.ts'
import type { Want } from './want.ts'

export interface WantOutcome {
  readonly id: string
  readonly broken: string | null
  readonly code: number | null
  /** The line that says it. */
  readonly said: string | null
  readonly problems: readonly string[]
}

const stackTrace = /^\s+at .+[:(]\S*:\d+:\d+\)?$/m

export const runWant = async (host: FrozenHost, want: Want): Promise<WantOutcome> => {
  const { says, codes, size, ...job } = want
  const { stdout, stderr } = await host.use(['/opt/node', '/opt/trust/scarce.mjs'], {
    input: JSON.stringify(job),
    ...(size ? { size } : {}),
    limitMs: 1_500_000,
  })
  const line = stdout.trim().split('\n').pop() ?? ''
  let raw: { broken?: string; code: number | null; signal: string | null; output: string }
  try {
    raw = JSON.parse(line)
  } catch {
    raw = { broken: `${stdout.slice(-500)}${stderr.slice(-500)}`, code: null, signal: null, output: '' }
  }
  if (raw.broken !== undefined)
    return { id: want.id, broken: raw.broken, code: null, said: null, problems: [] }
  const problems = [
    ...(raw.code === null ? [`it ended by ${raw.signal}, or not at all within two minutes`] : []),
    ...(raw.code !== null && !codes.includes(raw.code)
      ? [`code ${raw.code}, not ${codes.join(' or ')}`]
      : []),
    ...(stackTrace.test(raw.output) ? ['a stack trace'] : []),
    ...(says.test(raw.output) ? [] : [`nothing says ${says}`]),
  ]
  const said = raw.output.split('\n').find((text) => says.test(text)) ?? null
  return {
    id: want.id,
    broken: null,
    code: raw.code,
    said: said?.trim().slice(0, 160) ?? null,
    problems: problems.length > 0 ? [...problems, raw.output.slice(-600)] : [],
  }
}
