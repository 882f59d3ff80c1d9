/** What is made from the code is committed, so that it can be read; `npm run docs:update` writes it. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generatedDocs } from '../scripts/docs/generated.ts'
import { repository } from './helpers/disposable-host.ts'

it.each(Object.entries(generatedDocs()))('%s is what the code says: npm run docs:update', (path, text) => {
  expect(readFileSync(`${repository}/${path}`, 'utf8')).toBe(text)
})
