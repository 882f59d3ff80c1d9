/** Causes by their ids, and an output as a case of the corpus. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doubts } from '../../src/explain/advice/doubts.ts'
import { knowledge } from '../../src/explain/causes/registry.ts'
import { runCli } from '../helpers/run-cli.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(`${tmpdir()}/chv-lookup-`)
})
afterEach(() => rmSync(home, { recursive: true }))

const ids = [...knowledge, ...doubts].flatMap(([, list]) => list.map(({ id }) => id))

describe('list causes', () => {
  it('names every cause and doubt with what it means', async () => {
    const { code, stdout } = await runCli(['list', 'causes'], { home })
    expect(code).toBe(0)
    const listed = [...stdout.matchAll(/^ {2}(\S+)\s+\S/gm)].map(([, id]) => id)
    expect([...listed].sort()).toEqual([...ids].sort())
  })
  it('is data with --json', async () => {
    const { stdout } = await runCli(['list', 'causes', '--json'], { home })
    const { causes } = JSON.parse(stdout) as { causes: readonly { id: string; hint: string }[] }
    expect(causes.map(({ id }) => id)).toEqual(ids)
    expect(causes.every(({ hint }) => hint !== '' && !/[{}]/.test(hint))).toBe(true)
  })
})

describe('explain ID', () => {
  it('prints a cause', async () => {
    const { code, stdout } = await runCli(['explain', 'gic-unsupported'], { home })
    expect(code).toBe(0)
    expect(stdout).toContain('GICv3')
    expect(stdout).toContain('id     gic-unsupported (hypervisor, error)')
  })
  it('prints a doubt about a command', async () => {
    const { code, stdout } = await runCli(['explain', 'no-seed'], { home })
    expect(code).toBe(0)
    expect(stdout).toContain('id     no-seed (disk, advice)')
  })
  it('suggests the nearest id', async () => {
    const { code, stderr } = await runCli(['explain', 'gic-unsuported'], { home })
    expect(code).toBe(2)
    expect(stderr).toContain('gic-unsupported')
  })
})

describe('explain --report-case', () => {
  it('prints the text and what was answered, without names of this user', async () => {
    const log = `${home}/ch.log`
    writeFileSync(
      log,
      `cloud-hypervisor --kernel ${home}/k --cmdline x\nError booting VM: VmBoot(UefiLoad(UefiTooBig))\n`,
    )
    const { code, stdout } = await runCli(['explain', log, '--report-case'], { home })
    expect(code).toBe(0)
    const one = JSON.parse(stdout) as { text: string; answered: { causes: readonly string[] } }
    expect(one.text).toContain('UefiTooBig')
    expect(one.answered.causes).toEqual(['kernel-taken-for-firmware (likely)'])
    expect(stdout).not.toContain(home)
  })
})
