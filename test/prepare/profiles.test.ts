/** The profiles with which a host is prepared are taken together: two files may bring the same tool. */
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { runCli } from '../helpers/run-cli.ts'

const directory = `${repository}/test/prepare`
const profiles = readdirSync(directory).filter((name) => name.endsWith('.yaml'))

it.each(profiles)('%s can be read', async (name) => {
  const { code, stderr } = await runCli(['list', 'checks', '--config', `${directory}/${name}`])
  expect([code, stderr]).toEqual([0, ''])
})
