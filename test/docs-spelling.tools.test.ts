/** Words that are often misspelt, in all pages that people read. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { repository } from './helpers/disposable-host.ts'
import { because, missing } from './helpers/needs.ts'

const why = missing('codespell')
const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs']

it.skipIf(why)(`codespell finds nothing in the pages${because(why)}`, () => {
  const spell = (args: readonly string[], input = '') =>
    spawnSync('codespell', args, { cwd: repository, encoding: 'utf8', input })
  // Man pages are made from the flags, and their macros look like words.
  const skip = ['--skip', '*.1,*.json,*.svg']
  // A crate of Rust, programs, disks, words of nft and files of Butane of these names, and neighbour discovery (ND).
  const names = ['--ignore-words-list', 'crate,doas,passt,chage,hda,iif,bu,nd']
  const { stdout, stderr } = spell([...skip, ...names, ...pages])
  expect([stdout, stderr]).toEqual(['', ''])
  expect(spell(['-'], 'it is seperate\n').stdout).toContain('separate')
})
