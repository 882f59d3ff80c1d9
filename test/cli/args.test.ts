import { describe, expect, it } from 'vitest'
import { parseCommandLine } from '../../src/cli/args.ts'
import { commands } from '../../src/cli/commands.ts'
import { helpText } from '../../src/cli/help.ts'

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
    [
      ['frobnicate'],
      'the commands are check, fix, undo, boot, ssh, stop, explain, report, list, update, init, completion, help, version.',
    ],
    [['check', '--formt', 'json'], 'has no flag --formt; did you mean "--format"?'],
    [['boot', '--memory', 'size=1G'], 'has no flag --memory; flags of Cloud Hypervisor come after --.'],
    [['ssh', '-l', 'x'], 'has no flag -l; words of a command for the guest come after --.'],
    [['boot', 'verify'], 'chv-doctor boot does not take "verify"; flags of Cloud Hypervisor come after --.'],
    [['check', '-x'], 'chv-doctor check has no flag -x; see `chv-doctor check --help`.'],
    [['check', '--format'], '--format needs a value: --format FORMAT.'],
    [['check', '--format='], '--format needs a value'],
    [['check', '--strict=yes'], '--strict takes no value.'],
    [['fix', '--format', 'zzzzz'], '--format is "zzzzz"; give text or json.'],
    [['check', '--format', 'jsno'], 'did you mean "json"?'],
    [['check', '--format', 'text', '--format', 'json'], '--format is given twice.'],
    [['check', '--json', '--format', 'text'], '--json and --format exclude each other'],
    [['explain', '--no-chek'], 'has no flag --no-chek; did you mean "--no-host-checks"?'],
    [['boot', '--limi', '3'], 'has no flag --limi; did you mean "--boot-timeout"?'],
    [['undo', 'everything'], 'chv-doctor undo does not take "everything"'],
    [['explain', 'kvm', 'tun'], 'does not take "tun"'],
    [['--yes'], 'chv-doctor has no flag --yes'],
  ])('%j: one sentence', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(message)
  })

  it.each(Object.entries(commands))('%s: its help names every flag and fits 80 columns', (name, command) => {
    const text = helpText(name as keyof typeof commands, '/docs')
    for (const flag of Object.keys(command.flags)) expect(text).toContain(`--${flag}`)
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })
})

describe('what follows --', () => {
  it('is kept for the command that passes it on', () => {
    const call = parseCommandLine(['boot', '--print', '--', '--cpus', 'boot=4', '--verify'])
    expect([call.rest, call.operands, call.has('print'), call.has('verify')]).toEqual([
      ['--cpus', 'boot=4', '--verify'],
      [],
      true,
      false,
    ])
  })
  it('are operands elsewhere', () => {
    const call = parseCommandLine(['check', '--', 'kvm'])
    expect([call.operands, call.rest]).toEqual([['kvm'], []])
  })
})

describe('several names of one flag', () => {
  it('say so once when the name is a former one', () => {
    const boot = parseCommandLine(['boot', '--verify', '--limit', '60'])
    expect([boot.text('boot-timeout'), boot.deprecations]).toEqual([
      '60',
      ['--limit is now called --boot-timeout.'],
    ])
    const explain = parseCommandLine(['explain', '--no-check'])
    expect([explain.has('no-host-checks'), explain.deprecations]).toEqual([
      true,
      ['--no-check is now called --no-host-checks.'],
    ])
  })

  it('are silent for --tag and --facts', () => {
    const call = parseCommandLine(['check', '--tag', 'host', '--group=tools', '--facts', 'f.json'])
    expect([call.list('group'), call.text('facts-in'), call.deprecations]).toEqual([
      ['host', 'tools'],
      'f.json',
      [],
    ])
  })

  it.each(['check', 'fix', 'undo', 'boot', 'explain', 'list'])('%s: --json is --format json', (command) => {
    for (const args of [
      ['--json'],
      ['--format', 'json'],
      ['--json', '--format', 'json'],
      ['--json', '--json'],
    ])
      expect(parseCommandLine([command, ...args]).json, args.join(' ')).toBe(true)
    expect(parseCommandLine([command]).json).toBe(false)
    expect(parseCommandLine([command, '--format', 'text']).json).toBe(false)
  })
})
