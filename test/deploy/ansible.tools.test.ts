/** The Ansible role and the play of docs/fleet.md, by ansible-lint's strictest profile. */
import { cpSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { blocksBelow } from '../helpers/docs-blocks.ts'
import { because } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'
import { consume, noPythonTools, pythonTool } from '../helpers/test-tools.ts'

it.skipIf(noPythonTools)(`the role and the play pass for production${because(noPythonTools)}`, () => {
  const directory = scratch()
  cpSync(`${repository}/deploy/ansible`, directory, { recursive: true })
  const [, play = ''] = blocksBelow('docs/fleet.md', 'Ansible')
  writeFileSync(`${directory}/guests.yml`, play)
  const { stdout, stderr, status } = consume('env', [
    `--chdir=${directory}`,
    `ANSIBLE_HOME=${scratch()}`,
    pythonTool('ansible-lint'),
    ...['--offline', '--nocolor', '--profile', 'production'],
  ])
  expect(stdout).toBe('')
  expect(stderr).toMatch(/Passed: 0 failure\(s\), 0 warning\(s\) in 1\d files processed/)
  expect(status).toBe(0)
})
