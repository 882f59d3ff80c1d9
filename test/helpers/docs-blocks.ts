/** The examples of the documentation, for the tests that run them. */
import { readFileSync } from 'node:fs'
import { repository } from './disposable-host.ts'

export interface Block {
  readonly heading: string
  /** What stands behind the opening fence: console, yaml, … */
  readonly language: string
  readonly text: string
}

/** All examples of a page, in order. @param page below the repository */
export const blocksOf = (page: string): readonly Block[] => {
  const blocks: Block[] = []
  let heading = ''
  const text = readFileSync(`${repository}/${page}`, 'utf8')
  for (const [, title, language, body] of text.matchAll(/^#+ (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title
    else if (language !== undefined && body !== undefined) blocks.push({ heading, language, text: body })
  }
  return blocks
}

/** The examples below one heading. @throws Error where there is none */
export const blocksBelow = (page: string, heading: string): readonly string[] => {
  const texts = blocksOf(page).flatMap((block) => (block.heading === heading ? [block.text] : []))
  if (texts.length === 0) throw new Error(`${page} has no example below "${heading}"`)
  return texts
}
