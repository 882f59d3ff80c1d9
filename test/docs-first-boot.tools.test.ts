/** docs/first-boot.md, run for real as far as that needs neither root nor a network. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { repository } from './helpers/disposable-host.ts'
import { bashBelow } from './helpers/first-boot.ts'
import { because, missing } from './helpers/needs.ts'
import { runCli } from './helpers/run-cli.ts'

const headings = ['By hand', '1.', '2.', '3.', '4.', '5.', '6.', '7.', '8.', '9.', 'Back', 'A kernel']
const whyNoBash = missing('bash')

it.skipIf(whyNoBash).each(headings)(`%s is valid bash${because(whyNoBash)}`, (heading) => {
  const code = bashBelow(heading)
  expect(code).not.toBe('')
  expect(spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  })
})

const whyNoSeed = missing('bash', 'mkfs.fat', 'mcopy')

it.skipIf(whyNoSeed)(`makes a seed that the check accepts${because(whyNoSeed)}`, async () => {
  // Not below /tmp: the check warns of a seed that a reboot may delete.
  const cwd = mkdtempSync(`${repository}/dist/first-boot-`)
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  const made = spawnSync('bash', ['-eu'], { cwd, input: bashBelow('6. The NoCloud seed'), encoding: 'utf8' })
  expect(made).toMatchObject({ status: 0 })
  const { stdout, code } = await runCli(['check', '-v', 'cloud-init', '--set', `seed=${cwd}/cloud-init.img`])
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/ok +cloud-init +CIDATA, gives 12:34:56:78:90:ab/),
  ])
})
