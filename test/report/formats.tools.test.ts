/** Several forms of a report at once, from the built program. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

it('several forms go to their files, and text to standard output', async () => {
  const directory = scratch()
  const flags = ['--output', `junit=${directory}/a.xml`, '--output', `prometheus=${directory}/b.prom`]
  const { stdout } = await runCli(['check', ...flags])
  expect(stdout).toMatch(/^chv-doctor \d/)
  expect(readFileSync(`${directory}/a.xml`, 'utf8')).toMatch(/^<\?xml/)
  expect(readFileSync(`${directory}/b.prom`, 'utf8')).toMatch(/^# HELP chv_doctor_info/)
})
