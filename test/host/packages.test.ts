import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packageState, parseDpkgState } from '../../src/host/packages.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { dpkgFile } from '../helpers/dpkg.ts'
import { fakeHost, notPermitted } from '../helpers/fake-host.ts'

const stanza = (name: string, status: string) =>
  `Package: ${name}\nStatus: ${status}\nPriority: optional\nDescription: words\n Status: no field\n Package: neither\n`
const status = [
  stanza('first', 'install ok installed'),
  stanza('held', 'hold ok installed'),
  stanza('removed', 'deinstall ok config-files'),
  stanza('purged', 'purge ok not-installed'),
  stanza('cut-off', 'install reinstreq half-installed'),
  stanza('unpacked', 'install ok unpacked'),
  stanza('libelf-dev-doc', 'install ok installed'),
  'Package: statusless\nPriority: optional\n',
  stanza('last', 'install ok half-configured'),
].join('\n')

describe('parseDpkgState', () => {
  it.each([
    ['first', 'installed'],
    ['held', 'installed'],
    ['removed', 'config-files'],
    ['purged', 'absent'],
    ['cut-off', 'half-installed'],
    ['unpacked', 'unpacked'],
    ['last', 'half-configured'],
    ['unheard-of', 'absent'],
    // Neither the beginning of a name, nor its end, nor a line of a description.
    ['libelf-dev', 'absent'],
    ['elf-dev-doc', 'absent'],
    ['neither', 'absent'],
    // It must not be given the state of the next stanza.
    ['statusless', 'absent'],
  ])('%s is %s', (name, state) => expect(parseDpkgState(status, name)).toBe(state))

  it('knows nothing in an empty file', () => expect(parseDpkgState('', 'first')).toBe('absent'))

  const why = existsSync(dpkgFile) ? '' : ` (skipped: there is no ${dpkgFile})`
  it.skipIf(why)(`agrees with dpkg-query about every package of this host${why}`, () => {
    const text = readFileSync(dpkgFile, 'utf8')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg-query's
    const format = '${Package} ${db:Status-Status}\n'
    const output = execFileSync('dpkg-query', ['-W', '-f', format], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    const states = output
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
    expect(states.length).toBeGreaterThan(10)
    // A package of two architectures has two lines; each name is asked for once.
    const names = new Set(states.map(([name]) => name ?? ''))
    const wrong = [...names].filter((name) => {
      const ours = parseDpkgState(text, name)
      return !states.some(
        ([other, state]) => other === name && (ours === state || ours.endsWith(` ${state}`)),
      )
    })
    expect(wrong).toEqual([])
  })
})

describe('packageState', () => {
  it.each([
    ['nothing to say without dpkg', null, null],
    ['absent', '', 'absent'],
    ['installed', status, 'installed'],
  ])('%s', async (_, text, state) => {
    expect(await packageState(fakeHost({ files: { [dpkgFile]: text } }), 'first')).toBe(state)
  })

  it('is undetermined when the database may not be read', async () => {
    const host = fakeHost({ files: { [dpkgFile]: notPermitted(dpkgFile) } })
    await expect(packageState(host, 'first')).rejects.toThrow(Undetermined)
  })
})
