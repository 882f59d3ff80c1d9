/** The question on a terminal of 80 columns and 24 lines: all of it on the screen, and a key for the commands. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { openTerminal } from '../helpers/terminal.ts'

const why = missing('tmux', 'bash', 'env')

/** A shell that has a home of its own and nothing installed in it. */
const terminal = (locale: string) => {
  const home = mkdtempSync(`${tmpdir()}/chv-pick-`)
  onTestFinished(() => rmSync(home, { recursive: true }))
  const doctor = `${process.execPath} ${repository}/dist/cli.js`
  const env = `env -i HOME=${home} TERM=screen-256color LANG=${locale} PATH=${process.env.PATH} PS1='ready> ' D='${doctor}'`
  const { shows, type } = openTerminal({ directory: home, command: `${env} bash --norc`, size: [80, 24] })
  return { home, shows, type }
}

/** Only the seed is missing of what this asks for: what else a host lacks is no part of the test. */
const fix = '$D fix cloud-init --offline; echo code $?'

describe.skipIf(why)(`the question on a terminal${because(why)}`, () => {
  it('has one line for each fix, shows the commands of one, and leaves without a change', async () => {
    const { home, shows, type } = terminal('C.UTF-8')
    await shows('ready>')
    type(`clear; ${fix}`, 'Enter')
    const asked = await shows('Ctrl-C leaves')
    expect(asked).toMatch(/^Which fixes should be applied\?/m)
    expect(asked).toMatch(/^[❯ ] \[x\] Make the NoCloud seed image \(cloud-init\)/m)
    expect(asked).toContain('↑↓ move · space selects')
    type('Down', 'Down', 'd')
    const commands = await shows('d back')
    expect(commands).toMatch(/^create-cloud-init$/m)
    expect(commands).toContain(' write ~/.local/share/chv-doctor/seed/user-data')
    type('d')
    await shows('Ctrl-C leaves')
    type('Space')
    await shows(/^[❯>] \[ \] Make the NoCloud/m)
    type('C-c')
    await shows('code 130')
    expect(existsSync(`${home}/.local/share`)).toBe(false)
  })

  it('is ASCII in a C locale, and without colour where none is wanted', async () => {
    const { shows, type } = terminal('C')
    await shows('ready>')
    type(`clear; ${fix.replace('--offline', '--offline --no-color')}`, 'Enter')
    const asked = await shows('Ctrl-C leaves')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all characters of ASCII
    expect(asked).toMatch(/^[\x00-\x7f]*$/)
    expect(asked).toMatch(/^> \[x\] /m)
    type('C-c')
    await shows('code 130')
  })
})
