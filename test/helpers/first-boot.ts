import { readFileSync } from 'node:fs'
import { repository } from './disposable-host.ts'

const page = readFileSync(`${repository}/docs/first-boot.md`, 'utf8')

/** The bash blocks of docs/first-boot.md below a heading that contains these words. */
export const bashBelow = (heading: string): string => {
  const section = page.split(/^#+ /m).find((text) => text.split('\n')[0]?.includes(heading)) ?? ''
  return [...section.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join('')
}

/** The commands of a block, one each, with single blanks and without quotes. */
export const commandsBelow = (heading: string): readonly string[] =>
  bashBelow(heading)
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replaceAll(/['"]/g, '').replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
