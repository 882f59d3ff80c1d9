/** Renders a plan for consent: commands, root, download sizes, and whether undo is possible. */

import type { Integrity } from '../catalogue/integrity.ts'
import { signingKeys } from '../catalogue/signing-keys.ts'
import type { Step } from '../contract/step.ts'
import type { Change } from '../contract/undo.ts'
import { downloadOf, isAutomatic, needsRoot, type PlannedFix, undoOf } from '../engine/plan.ts'
import { visibleLine } from '../util/printable.ts'
import { humanBytes } from '../util/units.ts'
import { type Paint, painter, wrap, wrapCommand } from './layout.ts'
import { quoteWord } from './quote.ts'

const undoWords = { yes: 'can be undone', partly: 'can be undone in part', no: 'undo keeps it' } as const

/** "needs root · downloads 1.2 MiB · can be undone" */
export const summaryOf = (fix: PlannedFix): string => {
  if (!isAutomatic(fix)) return 'only you can do this'
  const { bytes, unknown } = downloadOf(fix)
  const amount =
    bytes > 0
      ? `downloads ${humanBytes(bytes)}${unknown ? ' or more' : ''}`
      : unknown
        ? 'downloads an unknown size'
        : null
  return [fix.steps.some(needsRoot) ? 'needs root' : 'no root', amount, undoWords[undoOf(fix)]]
    .filter(Boolean)
    .join(' · ')
}

const indent = '      '

/** How a download will be verified. */
const proofWords = (proof: Integrity): string => {
  switch (proof.by) {
    case 'digest':
      return `${proof.algorithm} ${proof.digest}`
    case 'nothing':
      return 'nothing verifies it'
    case 'sums': {
      const { signature, url } = proof
      const owner = signature && (signingKeys[signature.key]?.owner ?? signature.key)
      return signature
        ? `verified by ${url} and its signature by ${owner}`
        : `verified by ${url}, which has no signature`
    }
  }
}

const stepLines = (step: Step, width: number, sudo: boolean, paint: Paint): string[] => {
  const prose = (text: string) => wrap(text, width - indent.length).map((line) => indent + line)
  switch (step.kind) {
    case 'run': {
      const words = [...(step.root && sudo ? ['sudo'] : []), ...step.argv].map(quoteWord)
      return wrapCommand(['$', ...words], width, indent).map((line) => paint('strong', line))
    }
    case 'download':
      return [
        ...(step.here
          ? [...prose(`keep ${step.path}`), ...prose(`  if it verifies, else download ${step.url}`)]
          : [...prose(`download ${step.url}`), ...prose(`  to ${step.path}`)]),
        ...prose(`  ${proofWords(step.proof)}`),
      ]
    case 'write':
      return [
        ...prose(
          `write ${step.path} (${humanBytes(Buffer.byteLength(step.content))}${step.root ? ', as root' : ''})`,
        ),
        // Files that root would write are short; they are shown in full before consent.
        ...(step.root ? step.content.trimEnd().split('\n') : []).flatMap((line) =>
          line === '' ? [`${indent}|`] : prose(line).map((part) => `${indent}| ${part.trimStart()}`),
        ),
      ]
    case 'verify':
      return []
    case 'publish':
      return prose(`rename it to ${step.to}`)
    case 'manual':
      return prose(step.text)
  }
}

/** The configuration that a plan was made from. */
export interface PlanOrigin {
  /** The configuration file in force, or null. */
  readonly file: string | null
  /** Keys that start a program, weaken verification or write outside the home directory, one phrase each. */
  readonly guarded: readonly string[]
}

const originLines = ({ file, guarded }: PlanOrigin, width: number): string[] => [
  ...(file === null ? [] : wrap(`configuration: ${file}`, width)),
  ...guarded.flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`)),
]

/** @param sudo whether root steps go through sudo here */
export const renderPlan = (
  plan: readonly PlannedFix[],
  options: { color: boolean; width: number; sudo: boolean; origin?: PlanOrigin },
): string => {
  const paint = painter(options.color)
  const { width } = options
  const out: string[] = options.origin ? originLines(options.origin, width) : []
  for (const fix of plan) {
    out.push('', `${paint('strong', fix.id)}: ${visibleLine(fix.title)}`)
    out.push(
      ...wrap(`for ${fix.checks.join(', ')} · ${summaryOf(fix)}`, width - 2).map(
        (line) => `  ${paint('quiet', line)}`,
      ),
    )
    for (const step of fix.steps) {
      if (step.kind !== 'manual' && step.kind !== 'publish') {
        out.push(...wrap(step.why, width - 4).map((line) => `    ${line}`))
      }
      out.push(...stepLines(step, width, options.sudo, paint))
    }
  }
  return `${out.join('\n').replace(/^\n/, '')}\n`
}

/** What `undo` would do, newest change first. */
export const renderChanges = (
  changes: readonly Change[],
  options: { color: boolean; width: number; sudo: boolean },
): string => {
  const paint = painter(options.color)
  const { width } = options
  const out: string[] = []
  for (const { fix, why, at, undo } of changes) {
    out.push(
      `${paint('strong', fix)}: ${visibleLine(why)}`,
      `  ${paint('quiet', `done ${at.slice(0, 16).replace('T', ' ')} UTC`)}`,
    )
    if (undo.kind === 'run') {
      for (const argv of undo.argvs) {
        const words = [...(undo.root && options.sudo ? ['sudo'] : []), ...argv].map(quoteWord)
        out.push(...wrapCommand(['$', ...words], width, indent).map((line) => paint('strong', line)))
      }
    } else {
      const what = undo.kept ? `put ${undo.kept} back to` : 'remove'
      out.push(indent + visibleLine(`${what} ${undo.path}${undo.root ? ' (as root)' : ''}`))
      for (const directory of undo.directories ?? [])
        out.push(indent + visibleLine(`remove ${directory} if it is empty`))
    }
  }
  return `${out.join('\n')}\n`
}
