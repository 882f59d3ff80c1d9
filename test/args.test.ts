import { describe, expect, it } from 'vitest'
import { commands, parseCommandLine } from '../src/args.ts'
import { helpText } from '../src/help.ts'

describe('parseCommandLine', () => {
  it('reads commands, operands, flags and lists', () => {
    const call = parseCommandLine([
      'check',
      'kvm',
      '--skip',
      'memory,tun',
      '--skip=libcap',
      '--strict',
      '--format',
      'json',
    ])
    expect([call.command, call.operands, call.list('skip')]).toEqual([
      'check',
      ['kvm'],
      ['memory', 'tun', 'libcap'],
    ])
    expect([call.has('strict'), call.text('format'), call.text('output')]).toEqual([true, 'json', null])
  })

  it('takes no command for the bare one, and keeps commas in --set', () => {
    const call = parseCommandLine(['--set', 'nameservers=1.1.1.1,9.9.9.9', '-h'])
    expect([call.command, call.list('set'), call.has('help')]).toEqual([
      '',
      ['nameservers=1.1.1.1,9.9.9.9'],
      true,
    ])
  })

  it.each([
    [['chekc'], 'There is no command "chekc"; did you mean "check"?'],
    [['frobnicate'], 'the commands are check, fix, undo, boot, explain, list, init.'],
    [['check', '--formt', 'json'], 'has no flag --formt; did you mean "--format"?'],
    [['check', '-x'], 'chv-doctor check has no flag -x; see `chv-doctor check --help`.'],
    [['check', '--format'], '--format needs a value: --format FORMAT.'],
    [['check', '--format='], '--format needs a value'],
    [['check', '--strict=yes'], '--strict takes no value.'],
    [['check', '--format', 'a', '--format', 'b'], '--format is given twice.'],
    [['undo', 'everything'], 'chv-doctor undo does not take "everything"'],
    [['explain', 'kvm', 'tun'], 'does not take "tun"'],
    [['--yes'], 'chv-doctor has no flag --yes'],
  ])('%j: one sentence', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(message)
  })

  it.each(Object.entries(commands))('%s: its help names every flag and fits 80 columns', (name, command) => {
    const text = helpText(name as keyof typeof commands)
    for (const flag of Object.keys(command.flags)) expect(text).toContain(`--${flag}`)
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })
})
