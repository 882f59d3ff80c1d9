/** A process that may open few files: the doctor says what it could not look at, and never aborts. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { repository } from '../../helpers/disposable-host.ts'
import { scratch } from '../../helpers/scratch.ts'

describe('few file descriptors', () => {
  it.each([20, 24, 28, 32, 40])('check with %i', (limit) => {
    const { status, stderr, stdout } = spawnSync(
      'bash',
      ['-c', `ulimit -n ${limit}; exec "$@"`, 'bash', process.execPath, `${repository}/dist/cli.js`, 'check'],
      { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', HOME: scratch() } },
    )
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    expect(stdout + stderr).toMatch(/\d+ ok|ran out of something: EMFILE/)
    expect([0, 1, 3]).toContain(status)
  })
})
