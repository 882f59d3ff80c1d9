import { describe, expect, it } from 'vitest'
import { findManager, parseOsRelease } from '../../src/host/os-release.ts'
import { fakeHost } from '../helpers/fake-host.ts'

describe('parseOsRelease', () => {
  it.each([
    ['plain', 'ID=debian', 'debian'],
    ['double quotes', 'ID="open suse"', 'open suse'],
    ['single quotes', "ID='arch'", 'arch'],
    ['escaped characters', 'ID="a \\"b\\" \\$c \\\\"', 'a "b" $c \\'],
    ['an equals sign in the value', 'ID=a=b', 'a=b'],
    ['an empty value', 'ID=', ''],
    ['indentation and a carriage return', '  ID=debian\r', 'debian'],
    ['a quote that is not closed', 'ID="debian', '"debian'],
    ['the last of several', 'ID=a\nID=b', 'b'],
  ])('reads %s', (_, text, id) => {
    expect(parseOsRelease(text)).toEqual({ ID: id })
  })

  it('passes over comments, blank lines and lines that assign nothing', () => {
    expect(parseOsRelease('# ID=x\n\nnonsense\nexport ID=y\n')).toEqual({})
  })
})

describe('findManager', () => {
  const none = { 'apt-get': null, dnf: null, zypper: null, pacman: null, apk: null }
  it.each([
    [{ 'apt-get': '/usr/bin/apt-get' }, 'apt'],
    [{ apk: '/sbin/apk' }, 'apk'],
    [{ 'apt-get': '/usr/bin/apt-get', pacman: '/usr/bin/pacman' }, 'apt'],
    [{}, null],
  ])('finds with %o: %s', async (programs, manager) => {
    expect(await findManager(fakeHost({ programs: { ...none, ...programs } }))).toBe(manager)
  })
})
