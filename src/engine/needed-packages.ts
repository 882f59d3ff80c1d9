/** Which packages the steps of a fix need, and which of them the host lacks. */
import type { Fix } from '../contract/fix.ts'
import type { Step } from '../contract/step.ts'
import type { Host } from '../host/host.ts'

/** What a step needs besides the programs that the fix names: packages by programs. */
export type ExtraPrograms = (step: Step) => Readonly<Record<string, readonly string[]>>

export const nothingFurther: ExtraPrograms = () => ({})

export interface NeededPackages {
  /** Debian packages that are to be installed for it. */
  readonly missing: readonly string[]
  /** Those that each step uses, whether they are there or not. */
  readonly used: readonly (readonly string[])[]
}

/** @param found what the survey of the fix found missing: headers, a compiler, data */
export const neededPackages = async (
  steps: readonly Step[],
  { programs = {} }: Pick<Fix, 'programs'>,
  found: readonly string[],
  host: Host,
  further: ExtraPrograms,
): Promise<NeededPackages> => {
  const ofStep = (step: Step): readonly (readonly [string, readonly string[]])[] => {
    const program = step.kind === 'run' ? step.argv[0] : ''
    const name = Object.hasOwn(programs, program) ? programs[program] : undefined
    return [...(name === undefined ? [] : [[program, [name]] as const]), ...Object.entries(further(step))]
  }
  const all = steps.map(ofStep)
  const missing = await Promise.all(
    all.flat().map(async ([program, names]) => ((await host.which(program)) === null ? names : [])),
  )
  return {
    missing: [...new Set([...found, ...missing.flat()])],
    used: steps.map((step, index) => [
      ...(step.kind === 'download' ? [] : found),
      ...(all[index] ?? []).flatMap(([, names]) => names),
    ]),
  }
}

/** @returns the first step that has to wait for the installation of these packages; null: none */
export const stepThatNeeds = (installed: readonly string[], { used }: NeededPackages): number | null => {
  const step = used.findIndex((names) => names.some((name) => installed.includes(name)))
  return step < 0 ? null : step
}
