/** `npm run docs:update`: writes the files below docs/ that are made from the code. */
import { writeFileSync } from 'node:fs'
import { generatedDocs } from './docs/generated.ts'

const repository = new URL('..', import.meta.url).pathname

for (const [path, text] of Object.entries(generatedDocs())) {
  writeFileSync(`${repository}${path}`, text)
  process.stdout.write(`${path}\n`)
}
