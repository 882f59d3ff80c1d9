/** `chv-doctor report --merge` of the built program. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writeFleet } from '../helpers/fleet.mjs'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const fleet = (count: number) => {
  const directory = scratch()
  mkdirSync(`${directory}/fleet`)
  return { directory, files: writeFleet(`${directory}/fleet`, count) }
}

it('writes several forms in one run, and says later what changed', async () => {
  const { directory, files } = fleet(8)
  const [html, json] = [`${directory}/p.html`, `${directory}/m.json`]
  const first = await runCli([
    'report',
    '--merge',
    ...files,
    '--output',
    `html=${html}`,
    '--output',
    `json=${json}`,
  ])
  expect([first.code, first.stderr]).toEqual([0, ''])
  expect(first.stdout).toMatch(/^chv-doctor [\d.]+: 8 hosts: /)
  expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/)
  const later = await runCli(['report', '--merge', ...files.slice(1), '--since', json, '--json'])
  expect(JSON.parse(later.stdout).changes).toMatchObject({ newHosts: [], missingHosts: ['runner-001'] })
})

it('reads what `check --json` wrote on this host', async () => {
  const directory = scratch()
  const path = `${directory}/here.json`
  await runCli(['check', '--format', 'json', '--output', path])
  const { code, stdout } = await runCli(['report', '--merge', path, '--json'])
  const { hosts } = JSON.parse(stdout)
  expect([code, hosts.length, hosts[0].file]).toEqual([0, 1, path])
})

describe('one wrong file among many', () => {
  const said = async (name: string, text: string) => {
    const { directory, files } = fleet(3)
    const path = `${directory}/${name}`
    writeFileSync(path, text)
    const { code, stderr, stdout } = await runCli(['report', '--merge', ...files, path])
    return { code, stdout, stderr: stderr.replace(path, 'FILE') }
  }

  it.each([
    ['x.json', '{"a":', 'FILE: not valid JSON; `chv-doctor check --format json` writes reports.'],
    ['x.json', '[]', 'FILE: not a report of this version ("schema": "chv-doctor/report/2" is missing).'],
    ['x.json', '{"schema":"chv-doctor/report/2"}', 'FILE: "version" is missing or wrong.'],
    ['x.json', '['.repeat(100_000), 'FILE: not valid JSON; `chv-doctor check --format json` writes reports.'],
    ['x\u001b[2Jy.json', '', 'FILE: not valid JSON; `chv-doctor check --format json` writes reports.'],
  ])('%# is named in one sentence', async (name, text, sentence) => {
    const { code, stdout, stderr } = await said(name, text)
    expect([code, stdout, stderr.replace(/\S*x␛\[2Jy\.json/, 'FILE')]).toEqual([
      2,
      '',
      `chv-doctor: ${sentence}\n`,
    ])
  })

  it('that is too large, missing, a directory or a device is named, too', async () => {
    const { directory } = fleet(1)
    writeFileSync(`${directory}/big.json`, ' '.repeat(5 * 2 ** 20))
    const of = async (path: string) => (await runCli(['report', '--merge', path])).stderr
    expect(await of(`${directory}/big.json`)).toBe(
      `chv-doctor: ${directory}/big.json has more than 4.0 MiB.\n`,
    )
    expect(await of('/nonexistent')).toBe('chv-doctor: /nonexistent does not exist.\n')
    expect(await of(directory)).toBe(`chv-doctor: ${directory} is a directory.\n`)
    expect(await of('/dev/zero')).toBe('chv-doctor: /dev/zero is not a regular file.\n')
  })
})

it.each([
  [['report', '--merge'], '--merge needs reports: chv-doctor report --merge FILE…'],
  [['report', 'x.json'], 'Files of reports go with --merge: chv-doctor report --merge FILE…'],
  [['report', '--format', 'html'], '--format belongs to --merge.'],
  [['report', '--since', 'x'], '--since belongs to --merge.'],
  [['report', '--merge', 'x', '--yes'], '--yes does not go with --merge.'],
  [['report', '--merge', 'x', '--format', 'htm'], '--format is "htm"; did you mean "html"?'],
  [['report', '--output', 'a', '--output', 'b'], '--output is given twice; a bug report is one file.'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await runCli(args)
  expect([code, stderr]).toEqual([2, `chv-doctor: ${message}\n`])
})
