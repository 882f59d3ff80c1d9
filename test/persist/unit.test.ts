import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { quoteForUnit, quoteProgram, renderUnit } from '../../src/persist/unit.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

it.each([
  ['plain-1.2/3', 'plain-1.2/3'],
  ['', '""'],
  [';', '";"'],
  ['two words', '"two words"'],
  ['100%', '100%%'],
  ['$HOME', '$$HOME'],
  ['a"b\\c', '"a\\"b\\\\c"'],
  ['one\ntwo\tthree', '"one\\ntwo\\tthree"'],
  ["it's", '"it\'s"'],
])('quotes %j', (word, quoted) => expect(quoteForUnit(word)).toBe(quoted))

it('writes a program without variables, which systemd replaces in arguments only', () => {
  expect(quoteProgram('/opt/100%/$HOME/a b')).toBe('"/opt/100%%/$HOME/a b"')
})

const why = missing('systemd-analyze')

it.skipIf(why)(`systemd finds nothing wrong${because(why)}`, () => {
  const directory = scratch()
  const unit = renderUnit({
    description: 'A test',
    after: ['network-pre.target', 'docker.service'],
    partOf: ['nftables.service'],
    start: [
      ['-/bin/ip', 'tuntap', 'add', 'dev', 'a', 'mode', 'tap'],
      ['/bin/echo', 'table inet t {\n\tchain c { comment "100% of $x"; }\n}', ';', ''],
    ],
    stop: [['/bin/true', "it's"]],
  })
  writeFileSync(`${directory}/chv-doctor-test.service`, unit)
  const { status, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', '--man=no', `${directory}/chv-doctor-test.service`],
    {
      encoding: 'utf8',
    },
  )
  const ours = stderr.split('\n').filter((line) => line.includes('chv-doctor-test'))
  expect([status, ours]).toEqual([0, []])
  // The test can fail: systemd does look at the lines.
  writeFileSync(`${directory}/chv-doctor-bad.service`, unit.replace('-/bin/ip', 'relative'))
  const bad = spawnSync('systemd-analyze', ['verify', '--man=no', `${directory}/chv-doctor-bad.service`])
  expect(bad.status).not.toBe(0)
})
