/** The example of a signed catalogue in docs/artifacts.md is one that the program takes. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtInDate } from '../src/catalogue/catalogue.ts'
import { parseSignedText } from '../src/catalogue/signed-text.ts'
import { repository } from './helpers/disposable-host.ts'

it('is read without a complaint', () => {
  const page = readFileSync(`${repository}/docs/artifacts.md`, 'utf8')
  const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const parsed = parseSignedText(example)
  expect(parsed).toMatchObject({ version: 1, artifacts: [{ kind: 'firmware' }] })
  expect('date' in parsed && parsed.date >= builtInDate).toBe(true)
})
