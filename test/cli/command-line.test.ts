/** What people expect of a command line, whatever the command. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseCommandLine } from '../../src/cli/args.ts'
import { type Command, commands } from '../../src/cli/commands.ts'
import { examples } from '../../src/cli/examples.ts'
import { repository } from '../helpers/disposable-host.ts'

const all = Object.entries(commands as Readonly<Record<string, Command>>)

describe('flags', () => {
  it('stand before the command or behind it', () => {
    const before = parseCommandLine(['--config', 'check', '-q', '--set=cpus=2', 'check', 'kvm', '--strict'])
    const behind = parseCommandLine([
      'check',
      'kvm',
      '--config',
      'check',
      '-q',
      '--set',
      'cpus=2',
      '--strict',
    ])
    for (const call of [before, behind])
      expect([call.command, call.operands, call.text('config'), call.list('set'), call.has('quiet')]).toEqual(
        ['check', ['kvm'], 'check', ['cpus=2'], true],
      )
    expect(parseCommandLine(['-h', 'check']).command).toBe('check')
    expect(parseCommandLine(['--limit', '3', 'boot', '--verify']).text('boot-timeout')).toBe('3')
    expect(() => parseCommandLine(['--strict', 'fix'])).toThrow('chv-doctor fix has no flag --strict')
    expect(() => parseCommandLine(['--', 'check'])).toThrow('chv-doctor does not take "check"')
  })

  it('with one name take a value in each command or in none, as has one short name one flag', () => {
    const kinds = new Map<string, Set<string>>()
    for (const [, { flags }] of all)
      for (const [name, { type, short }] of Object.entries(flags)) {
        kinds.set(name, (kinds.get(name) ?? new Set()).add(type === 'boolean' ? 'none' : 'value'))
        if (short) kinds.set(short, (kinds.get(short) ?? new Set()).add(name))
      }
    expect([...kinds].filter(([, found]) => found.size > 1)).toEqual([])
  })
})

describe('words of the language', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'help\n'])(
    '%j is no command',
    (word) => {
      expect(() => parseCommandLine([word])).toThrow(/^There is no command/)
      expect(() => parseCommandLine(['check', `--${word}`])).toThrow('has no flag')
    },
  )
})

describe('an example of a help', () => {
  const lines = Object.entries(examples).flatMap(([name, own]) => own.map(([line]) => [name, line] as const))

  it.each(lines)('of "%s" is a command line that exists: %s', (name, line) => {
    // What a shell would do with it is not ours: pipes before it, redirections behind it, patterns.
    const [, words = ''] = /(?:^|\| |\(\s?)chv-doctor ?([^>|)]*)/.exec(line) ?? []
    const call = parseCommandLine(words.trim().split(' ').filter(Boolean))
    expect(name === '' || call.command === name).toBe(true)
  })

  it('is there for each command, which names a page that exists', () => {
    for (const own of Object.values(examples)) expect(own.length).toBeGreaterThan(0)
    for (const [, { page }] of all) {
      if (page) expect(existsSync(`${repository}/docs/${page}`), page).toBe(true)
    }
  })
})
