/** Hostile servers: no byte that is not verified gets the final name, every answer has an end, and none fills the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { download } from '../../../src/download/download.ts'
import { sha256 } from '../../../src/formats/digest.ts'
import { DoctorError } from '../../../src/util/errors.ts'
import { content, hooks, stepTo } from '../../helpers/download.ts'
import { type FileServer, startFileServer } from '../../helpers/file-server.ts'
import { scratch } from '../../helpers/scratch.ts'
import { full, record } from '../settings.ts'
import { behaviours } from './behaviours.ts'

let server: FileServer
const outcomes: { id: string; gave: string; ok: boolean }[] = []

beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close(), 20_000)
afterAll(() => record('servers', { outcomes }))

describe('a hostile server', () => {
  const tried = full ? behaviours : behaviours.filter(({ slow }) => !slow)

  it.each(tried)('$id', { timeout: 300_000 }, async ({ id, answers, gives }) => {
    const directory = scratch()
    const url = server.on('/f', ...answers(server.base))
    const step = stepTo(`${directory}/f`, url)
    const gave = await download(
      step,
      hooks({ stallMs: 300, retryMs: 1, piece: 100_000, maxUnannounced: 2_000_000 }),
    ).then(
      (value) => value,
      (error: unknown) => {
        expect(error).toBeInstanceOf(DoctorError)
        return (error as DoctorError).message
      },
    )
    const names = readdirSync(directory)
    const ok = existsSync(step.path)
      ? sha256(readFileSync(step.path)) === sha256(content)
      : gives !== 'the file' && gives.test(gave)
    outcomes.push({ id, gave, ok })
    if (existsSync(step.path)) expect(sha256(readFileSync(step.path))).toBe(sha256(content))
    else expect(gave).toMatch(gives === 'the file' ? /^downloaded$/ : gives)
    // What can be continued may stay, under its hidden name; nothing else.
    for (const name of names) expect(name).toMatch(/^f$|^\.f\.part(\.json)?$/)
  })
})
