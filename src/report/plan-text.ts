/** Renders a plan for consent: commands, root, download sizes, and whether undo is possible. */

import type { Integrity } from '../catalogue/integrity.ts'
import { signingKeys } from '../catalogue/signing-keys.ts'
import type { Step } from '../contract/step.ts'
import { downloadOf, isAutomatic, needsRoot, type PlannedFix, undoOf } from '../engine/plan.ts'
import { visibleLine } from '../util/printable.ts'
import { quoteWord } from '../util/quote.ts'
import { humanBytes } from '../util/units.ts'
import { beside, type Look, type Page, pageFor, wrapCommand } from './layout.ts'

export const undoWords = {
  yes: 'can be undone',
  partly: 'can be undone in part',
  no: '`undo` does not remove it',
}

/** "1.2 MiB", "1.2 MiB or more", "size not known"; null where nothing is downloaded. */
export const amountOf = ({ bytes, unknown }: { bytes: number; unknown: boolean }): string | null => {
  if (bytes > 0) return `${humanBytes(bytes)}${unknown ? ' or more' : ''}`
  return unknown ? 'size not known' : null
}

/** "needs root · downloads 1.2 MiB · can be undone" */
const summaryOf = (fix: PlannedFix): string => {
  if (!isAutomatic(fix)) return 'only you can do this'
  const amount = amountOf(downloadOf(fix))
  return [
    fix.steps.some(needsRoot) ? 'needs root' : 'no root',
    amount && (amount.startsWith('size') ? 'downloads a file of unknown size' : `downloads ${amount}`),
    undoWords[undoOf(fix)],
  ]
    .filter(Boolean)
    .join(' · ')
}

const indent = '      '

const prose = (text: string, page: Page, from = indent.length): string[] =>
  beside({ text: '', columns: 0 }, from, page.lines(text, page.width - from), page)

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

/** The content of a file as it will be, not one character changed. */
const contentLines = (content: string): string[] =>
  content
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}| ${visibleLine(line)}`.trimEnd())

/** A word of a command as this reader pastes it: a path below the home begins with `~`, which a shell expands. */
const commandWord =
  ({ say }: Page) =>
  (word: string): string => {
    const quoted = quoteWord(word)
    return quoted === word && word.startsWith('/') ? say(word) : quoted
  }

/** A command with `sudo` where it needs root, over several lines. */
export const commandLines = (argv: readonly string[], root: boolean, page: Page): string[] => {
  const words = [...(root ? ['sudo'] : []), ...argv].map(commandWord(page))
  return wrapCommand(['$', ...words], page.width, indent).map((line) => page.paint('strong', line))
}

const stepLines = (step: Step, sudo: boolean, page: Page): string[] => {
  switch (step.kind) {
    case 'run':
      return commandLines(step.argv, step.root && sudo, page)
    case 'download':
      return [
        ...(step.here
          ? [...prose(`keep ${step.path}`, page), ...prose(`if it verifies, else download ${step.url}`, page)]
          : [...prose(`download ${step.url}`, page), ...prose(`to ${step.path}`, page)]),
        ...prose(proofWords(step.proof), page),
        ...(step.unpackTo === undefined
          ? []
          : prose('a usual qcow2 is converted while it arrives, without the command below', page)),
      ]
    case 'write':
      return [
        ...prose(
          `write ${step.path} (${humanBytes(Buffer.byteLength(step.content))}${step.root ? ', as root' : ''})`,
          page,
        ),
        // Files that root would write are short; they are shown in full before consent.
        ...(step.root ? contentLines(step.content) : []),
      ]
    case 'verify':
      return []
    case 'publish':
      return prose(`rename it to ${step.to}`, page)
    case 'manual':
      return prose(step.text, page)
  }
}

/** Each step with its reason. @param sudo whether root steps go through sudo here */
export const fixLines = (fix: PlannedFix, sudo: boolean, page: Page): string[] =>
  fix.steps.flatMap((step) => [
    ...(step.kind === 'manual' || step.kind === 'publish' ? [] : prose(step.why, page, 4)),
    ...stepLines(step, sudo, page),
  ])

/** The configuration that a plan was made from. */
export interface PlanOrigin {
  /** The configuration file in force, or null. */
  readonly file: string | null
  /** Keys that start a program, weaken verification or write outside the home directory, one phrase each. */
  readonly guarded: readonly string[]
}

/** What a plan comes from, for consent. */
export const originLines = ({ file, guarded }: PlanOrigin, page: Page): string[] => [
  ...(file === null ? [] : page.lines(`configuration: ${file}`)),
  ...guarded.flatMap((text) => prose(text, page, 2)),
]

/** @param options with `sudo`: whether root steps go through sudo here */
export const renderPlan = (
  plan: readonly PlannedFix[],
  { sudo, origin, ...look }: Look & { readonly sudo: boolean; readonly origin?: PlanOrigin },
): string => {
  const page = pageFor(look)
  const out: string[] = origin ? originLines(origin, page) : []
  for (const fix of plan) {
    const about = page.lines(`for ${fix.checks.join(', ')} · ${summaryOf(fix)}`, page.width - 2)
    out.push(
      '',
      `${page.paint('strong', fix.id)}: ${visibleLine(fix.title)}`,
      ...about.map((line) => `  ${page.paint('quiet', line)}`),
      ...fixLines(fix, sudo, page),
    )
  }
  return `${out.join('\n').replace(/^\n/, '')}\n`
}
