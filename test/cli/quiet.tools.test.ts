/** `--quiet`: what decides, and nothing when there is nothing. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { because, missing } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'

const why = missing('mkdosfs', 'mcopy')

const home = () => {
  const directory = mkdtempSync(`${tmpdir()}/chv-quiet-`)
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return directory
}

describe('fix --quiet', () => {
  it('says nothing where nothing is to be repaired', async () => {
    const loud = await runCli(['fix', 'platform', '--yes'], { home: home() })
    expect([loud.stdout, loud.code]).toEqual(['Nothing to repair.\n', 0])
    const quiet = await runCli(['fix', 'platform', '--yes', '-q'], { home: home() })
    expect([quiet.stdout, quiet.stderr, quiet.code]).toEqual(['', '', 0])
  })

  it.skipIf(why)(`tells no steps that it takes${because(why)}`, async () => {
    const args = ['fix', 'cloud-init', '--yes', '--offline']
    const loud = await runCli(args, { home: home() })
    expect(loud.stderr).toContain('create-cloud-init: ')
    const place = home()
    const quiet = await runCli([...args, '--quiet'], { home: place })
    expect([quiet.stderr, quiet.code]).toEqual(['', loud.code])
    expect(existsSync(`${place}/.local/share/chv-doctor/cloud-init.img`)).toBe(true)
  })
})
