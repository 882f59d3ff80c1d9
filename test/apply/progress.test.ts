import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { progressReader } from '../../src/apply/progress.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

describe('progressReader', () => {
  it('shows the last line of any command, and the percentage of qemu-img', () => {
    expect(progressReader(undefined)('one\n two \r\n\n')).toBe('two')
    expect(progressReader('qemu-img')('    (12.00/100%)\r    (34.56/100%)\r')).toBe('34 %')
    expect(progressReader('qemu-img')('qemu-img: no space\n')).toBe('qemu-img: no space')
  })

  it.each([
    ["Cloning into 'x'...\n", "Cloning into 'x'..."],
    ['remote: Counting objects:  50% (2/4)\r', 'Counting objects 50 %'],
    [
      'Receiving objects:  44% (35000/79300)\rReceiving objects:  45% (35685/79300), 112.30 MiB | 9.31 MiB/s\r',
      'Receiving objects 45 %, 112.30 MiB | 9.31 MiB/s',
    ],
    ['Updating files: 100% (78000/78000), done.\n', 'Updating files 100 %'],
    ['fatal: could not read from remote repository\n', 'fatal: could not read from remote repository'],
    ['', ''],
  ])('reads git: %j', (text, line) => expect(progressReader('git')(text)).toBe(line))

  it.skipIf(missing('git', 'seq'))(`reads what a real clone prints${because(missing('git', 'seq'))}`, () => {
    const directory = scratch()
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: directory,
      })
    git('init', '-q', 'a')
    execFileSync('sh', ['-c', 'for i in $(seq 200); do echo $i > a/$i; done'], { cwd: directory })
    git('-C', 'a', 'add', '.')
    git('-C', 'a', 'commit', '-q', '-m', 'x')
    const { stderr } = spawnSync(
      'git',
      ['clone', '--progress', '--depth', '1', `file://${directory}/a`, 'b'],
      {
        cwd: directory,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      },
    )
    expect(progressReader('git')(stderr)).toMatch(/^Receiving objects 100 %, [\d.]+ KiB \| [\d.]+ [KM]iB\/s$/)
  })

  it('counts what make makes, wherever the output is cut into pieces', () => {
    const read = progressReader('make')
    const shown = [
      'make: Entering directory ...\n',
      '  HOSTCC  scripts/basic/fixdep\n  CC      init/ma',
      'in.o\n  AR      init/built-in.a\n',
      'make[1]: Leaving directory\n',
      '  LD      vmlinux\n',
    ].map(read)
    expect(shown).toEqual([
      'make: Entering directory ...',
      '1 files, HOSTCC scripts/basic/fixdep',
      '3 files, AR init/built-in.a',
      'make[1]: Leaving directory',
      '4 files, LD vmlinux',
    ])
    // Every step counts for itself.
    expect(progressReader('make')('  CC [M]  a.o\n')).toBe('1 files, CC [M] a.o')
  })
})
