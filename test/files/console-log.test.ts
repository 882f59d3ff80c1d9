import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { newestLog, openConsoleLog } from '../../src/files/console-log.ts'
import { scratch } from '../helpers/scratch.ts'

it('keeps all that was printed, for this user alone', async () => {
  const directory = `${scratch()}/log`
  const log = await openConsoleLog(directory)
  for (let line = 0; line < 20_000; line++) log.append(`line ${line} of a talkative guest\n`)
  const path = await log.keep('Linux version 6.1\n')
  await log.discard()
  expect(readdirSync(directory)).toHaveLength(1)
  const text = readFileSync(path ?? '', 'utf8')
  expect(text).toMatch(/^line 0 of[\s\S]*line 19999 of a talkative guest\n\n\[output of the console that/)
  expect(text.endsWith('Linux version 6.1\n')).toBe(true)
  expect([statSync(path ?? '').mode & 0o777, statSync(directory).mode & 0o777]).toEqual([0o600, 0o700])
})

it('leaves nothing of a boot that succeeded, or of a guest that printed nothing', async () => {
  const directory = `${scratch()}/log`
  const succeeded = await openConsoleLog(directory)
  succeeded.append('cloud login: ')
  await succeeded.discard()
  const silent = await openConsoleLog(directory)
  expect(await silent.keep('')).toBeNull()
  await silent.discard()
  expect(readdirSync(directory)).toEqual([])
})

it('does not end a boot where it cannot write', async () => {
  const log = await openConsoleLog('/proc/chv-doctor')
  log.append('text')
  expect(await log.keep('')).toBeNull()
  await log.discard()
})

it('is found again, the newest of both kinds', async () => {
  const directory = `${scratch()}/log`
  expect(await newestLog(directory)).toBeNull()
  for (const kind of ['console', 'stderr'] as const) {
    const log = await openConsoleLog(directory, kind)
    log.append(kind)
    const path = await log.keep('')
    expect(await newestLog(directory)).toBe(path)
    // Names have milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
})
