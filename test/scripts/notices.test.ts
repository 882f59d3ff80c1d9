/** The licences of what is bundled: their texts are collected, and only allowed ones pass. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { noticesFor } from '../../scripts/notices.mjs'

const place = mkdtempSync(join(tmpdir(), 'chv-notices-'))
afterEach(() => rmSync(place, { recursive: true, force: true }))

/** @returns the path of a source file of the package, as the bundler names it */
const packageOf = (name: string, license: string | undefined, text: string): string => {
  const directory = join(place, 'node_modules', name)
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), content)
  }
  write('package.json', JSON.stringify({ name, version: '1.2.3', license }))
  if (text) write('LICENSE', text)
  return join(directory, 'lib/index.js')
}

it('collects the text of each package once, by name', () => {
  const first = packageOf('@some/b', 'ISC', 'text of b')
  const second = packageOf('a', 'MIT', 'text of a')
  const notices = noticesFor([second, first, first, 'src/main.ts'])
  expect(notices).toBe(
    `@some/b 1.2.3 (ISC)\n\ntext of b\n\n${'-'.repeat(78)}\n\na 1.2.3 (MIT)\n\ntext of a\n`,
  )
})

it.each(['GPL-3.0-only', 'SEE LICENSE IN EULA', undefined])('refuses to bundle under %s', (license) => {
  const path = packageOf('odd', license, 'some text')
  expect(() => noticesFor([path])).toThrow(
    `odd 1.2.3 is under ${license}, which scripts/notices.mjs does not allow`,
  )
})

it('refuses a package without the text of its licence', () => {
  expect(() => noticesFor([packageOf('bare', 'MIT', '')])).toThrow('bare 1.2.3 (MIT) has no licence text')
})
