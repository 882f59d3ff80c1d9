/** The manual pages: mandoc finds nothing in them, npm installs all of them, and they are what the table says. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Command, type CommandName, commands } from '../src/cli/commands.ts'
import { examples } from '../src/cli/examples.ts'
import { repository } from './helpers/disposable-host.ts'
import { because, missing } from './helpers/needs.ts'

const pages = readdirSync(`${repository}/docs/man`)
const why = missing('mandoc')
const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('mandoc', args, {
    cwd: `${repository}/docs/man`,
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

it('are one for the program and one for each command, and npm installs them', () => {
  const names = Object.keys(commands).map((name) => (name === '' ? 'chv-doctor.1' : `chv-doctor-${name}.1`))
  expect(pages.toSorted()).toEqual(names.toSorted())
  const { man } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8'))
  expect(man.toSorted()).toEqual(pages.map((name) => `docs/man/${name}`).toSorted())
})

it.skipIf(why).each(pages)(`%s: mandoc -T lint finds nothing${because(why)}`, (name) => {
  expect(run('-T', 'lint', name)).toEqual({ status: 0, said: '' })
})

it.skipIf(why).each(Object.entries(commands as Readonly<Record<string, Command>>))(
  `the page of "%s" shows its flags and examples as they are typed${because(why)}`,
  (name, { flags }) => {
    const { said } = run(
      '-T',
      'utf8',
      '-O',
      'width=200',
      name === '' ? 'chv-doctor.1' : `chv-doctor-${name}.1`,
    )
    // A terminal prints bold as a letter over itself.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: backspace
    const shown = said.replaceAll(/.\x08/g, '')
    for (const flag of Object.keys(flags)) expect(shown).toContain(`--${flag}`)
    for (const [command] of examples[name as CommandName])
      expect(shown).toContain(`$ ${command.replace('…', '...')}`)
  },
)
