/** Others can write the directory for temporary files: what they put there is neither removed nor used. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { scratch } from '../../helpers/scratch.ts'
import { runBundle, startBundle } from './run-bundle.ts'

/** A probe that runs a shell script beside a file of its own, as boot-probe runs Cloud Hypervisor. */
const trial = (script: string) => `
import { createHost } from './src/host/host.ts'
const uid = process.getuid()
const user = { uid, gid: 0, name: 'test', home: '/', groups: [], viaSudo: false }
const host = createHost(user, process.env, 60_000, new AbortController().signal)
host.tryOut({
  files: { input: Buffer.from('x') },
  argv: (directory) => ['sh', '-c', ${JSON.stringify(script)}, 'sh', directory],
  watch: 'out',
  limitMs: 60_000,
}).then(
  (result) => process.stdout.write(JSON.stringify(result)),
  (error) => process.stdout.write(error.message),
)
`

it('a directory with the name of an old run stays, with all that is in it', async () => {
  const place = scratch()
  const planted = `${place}/chv-doctor-trial-planted`
  mkdirSync(planted)
  writeFileSync(`${planted}/file`, 'precious')
  const before = new Date(Date.now() - 30 * 24 * 3600 * 1000)
  utimesSync(planted, before, before)
  const result = await runBundle(trial('cp "$1/input" "$1/out"'), { env: { XDG_RUNTIME_DIR: place } })
  expect(JSON.parse(result)).toMatchObject({ watched: 'x', code: 0 })
  expect(existsSync(`${planted}/file`)).toBe(true)
  expect(readdirSync(place)).toEqual(['chv-doctor-trial-planted'])
})

it('a place whose entries others may exchange is not used', async () => {
  const place = scratch()
  mkdirSync(`${place}/runtime`)
  chmodSync(`${place}/runtime`, 0o777)
  const env = { XDG_RUNTIME_DIR: `${place}/runtime`, TMPDIR: `${place}/runtime` }
  expect(await runBundle(trial('true'), { env })).toContain(`every user may write ${place}/runtime`)
  expect(readdirSync(`${place}/runtime`)).toEqual([])
})

it('links in the directory are not followed when it is removed, and its files were private', async () => {
  const place = scratch()
  mkdirSync(`${place}/kept`)
  writeFileSync(`${place}/kept/file`, '')
  const script = 'ln -s ../kept "$1/link"; stat -c %a "$1" "$1/input"'
  const result = await runBundle(trial(script), { env: { XDG_RUNTIME_DIR: place } })
  expect(JSON.parse(result)).toMatchObject({ stdout: '700\n600\n' })
  expect(existsSync(`${place}/kept/file`)).toBe(true)
  expect(readdirSync(place)).toEqual(['kept'])
})

it('nothing stays when the doctor is killed with SIGKILL', async () => {
  const place = scratch()
  const script = 'echo started >&2; : > "$1/out"; exec sleep 2'
  const child = startBundle(
    `${trial(script)}
import { readdirSync } from 'node:fs'
setInterval(() => {
  const [name] = readdirSync(process.env.XDG_RUNTIME_DIR)
  if (name && readdirSync(process.env.XDG_RUNTIME_DIR + '/' + name).includes('out')) process.stdout.write(name + '\\n')
}, 5)`,
    { env: { XDG_RUNTIME_DIR: place } },
  )
  const [name] = await new Promise<string[]>((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => resolve([line])),
  )
  expect(statSync(`${place}/${name}`).isDirectory()).toBe(true)
  child.kill('SIGKILL')
  await expect.poll(() => readdirSync(place), { timeout: 60_000 }).toEqual([])
})
