/** `chv-doctor update` against servers of this host. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { type Answer, type FileServer, page, startFileServer, status, whole } from '../helpers/file-server.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const { version } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8'))

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close(), 5000)

const tags = '/-/package/chv-doctor/dist-tags'
const release = '/repos/cloud-hypervisor/cloud-hypervisor/releases/latest'
const json = (value: unknown) => whole(Buffer.from(JSON.stringify(value)))

/** Runs it on a host that has Cloud Hypervisor 53.0, with both servers answering so. */
const update = (doctor: Answer, hypervisor: Answer, ...args: readonly string[]) => {
  const program = `${scratch()}/cloud-hypervisor`
  writeFileSync(program, '#!/bin/sh\necho cloud-hypervisor v53.0\n')
  chmodSync(program, 0o755)
  const registry = server.on(tags, doctor).slice(0, -tags.length)
  const api = server.on(release, hypervisor).slice(0, -release.length)
  const mirrors = JSON.stringify({ 'https://registry.npmjs.org': registry, 'https://api.github.com': api })
  return runCli(['update', '--set', `hypervisor=${program}`, '--set', `mirrors=${mirrors}`, ...args])
}

it('says that all is new', async () => {
  const { code, stdout, stderr } = await update(json({ latest: version }), json({ tag_name: 'v53.0' }))
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`chv-doctor ${version} is the newest. The catalogue`)
  expect(stdout).toContain('Cloud Hypervisor 53.0 is the newest.')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

it('says what is newer, and exits with 1', async () => {
  const { code, stdout } = await update(json({ latest: '9.0.0' }), json({ tag_name: 'v54.0' }))
  expect(stdout).toContain('chv-doctor 9.0.0 is there')
  expect(stdout).toContain('Cloud Hypervisor 54.0 is there; this host has 53.0')
  expect(code).toBe(1)
})

it('says which server did not say, and exits with 3', async () => {
  const { code, stdout } = await update(status(404), page)
  expect(stdout).toMatch(/dist-tags\s+answers 404/)
  expect(stdout).toMatch(/answers without a version/)
  expect(code).toBe(3)
})

it('says the same as JSON, which follows its schema', async () => {
  const schema = JSON.parse(readFileSync(`${repository}/docs/update.schema.json`, 'utf8'))
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
  const { code, stdout } = await update(json({ latest: '9.0.0' }), page, '--json')
  const document = JSON.parse(stdout)
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  expect(document).toMatchObject({
    schema: 'chv-doctor/update/1',
    newest: { doctor: '9.0.0', hypervisor: null },
    hypervisor: '53.0',
    answers: [
      { about: 'doctor', state: 'older' },
      { about: 'catalogue', state: 'newest' },
      { about: 'hypervisor', state: 'unknown' },
    ],
  })
  expect(code).toBe(1)
})

it('has no JSON of --catalogue', async () => {
  const { code, stderr } = await runCli(['update', '--catalogue', '--json'])
  expect(stderr).toContain('--catalogue has no JSON')
  expect(code).toBe(2)
})

it('asks nobody offline', async () => {
  const asked: string[] = []
  const note: Answer = (response, request) => {
    asked.push(request.url ?? '')
    response.end()
  }
  const { code, stdout } = await update(note, note, '--offline')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('offline, so no server is asked')
  expect(asked).toEqual([])
  expect(code).toBe(3)
})
