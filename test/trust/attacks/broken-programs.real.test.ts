/** A real broken program in front of a good one: the finding names it, and no fix is offered that changes nothing. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runCli } from '../../helpers/run-cli.ts'
import { scratch } from '../../helpers/scratch.ts'

/** The beginning of a program for aarch64 (e_machine 183), or for x86_64 where this is aarch64. */
const foreign = () => {
  const bytes = Buffer.alloc(4096, 0x0a)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  bytes.writeUInt16LE(process.arch === 'arm64' ? 62 : 183, 18)
  return bytes
}

it.each([
  ['another architecture', foreign(), /it is a program for \S+, and this host is \S+/],
  ['no architecture', Buffer.from('garbage ) that is no program\n'), /it is neither a program nor a script/],
  ['a script that fails', Buffer.from('#!/bin/sh\necho broken >&2; exit 3\n'), /broken/],
])('qemu-img of %s', async (_what, content, reason) => {
  const directory = `${scratch()}/bin`
  mkdirSync(directory)
  const path = `${directory}/qemu-img`
  writeFileSync(path, content)
  chmodSync(path, 0o755)
  const { code, stdout } = await runCli(['check', 'qemu-utils', '--format', 'json'], {
    env: { PATH: `${directory}:${process.env.PATH}` },
  })
  const [result] = JSON.parse(stdout).results
  expect(code).toBe(1)
  expect(result).toMatchObject({
    status: 'fail',
    code: 'qemu-utils/does-not-run',
    hint: expect.stringContaining(path),
  })
  expect(result.found).toMatch(reason)
  expect(result).not.toHaveProperty('fix')
})
