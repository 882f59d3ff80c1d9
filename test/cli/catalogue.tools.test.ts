/** A signed catalogue from a server to a plan; keys and signatures are GnuPG's. */
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { archs } from '../../src/catalogue/artifact.ts'
import {
  type Answer,
  endless,
  type FileServer,
  startFileServer,
  status,
  whole,
} from '../helpers/file-server.ts'
import { createSigner, type Signer } from '../helpers/gpg.ts'
import { because, notRoot } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'
import { catalogueText, digestOf, entry, release } from '../helpers/signed-catalogue.ts'

let maintainer: Signer
let stranger: Signer
beforeAll(() => {
  maintainer = createSigner('maintainer')
  stranger = createSigner('stranger')
})
afterAll(() => {
  maintainer.close()
  stranger.close()
})

let server: FileServer
let data: string
beforeEach(async () => {
  server = await startFileServer()
  data = scratch()
})
afterEach(() => server.close(), 5000)

const site = 'https://catalogue.example.org'
const keptIn = () => `${data}/catalogue.json`

const run = (command: readonly string[], ...sets: readonly string[]) => {
  const all = [
    `catalogue_url=${site}/c.json`,
    `catalogue_key=${maintainer.publicKey}`,
    `data_dir=${data}`,
    `mirrors=${JSON.stringify({ [site]: server.base })}`,
    ...sets,
  ]
  return runCli([...command, ...all.flatMap((set) => ['--set', set])])
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** Publishes a text, and refreshes the catalogue from it. */
const refresh = (text: string, { by = maintainer, signed = text } = {}, ...sets: readonly string[]) => {
  server.on('/c.json', whole(Buffer.from(text)))
  server.on('/c.json.asc', whole(by.sign(Buffer.from(signed), '--armor')))
  return run(['update', '--catalogue'], ...sets)
}

const listed = async () => {
  const { stdout, stderr } = await run(['list', 'artifacts', '--json'])
  const { catalogue, artifacts } = JSON.parse(stdout)
  const chosen = artifacts.find(
    (row: { chosen: boolean; name: string }) => row.chosen && row.name === 'cloud-hypervisor',
  )
  return { signed: catalogue.signed, version: chosen.version, stderr: oneLine(stderr) }
}

const builtIn = { signed: null, version: '53.0' }

describe('a signed catalogue', () => {
  it('is kept, named by `list artifacts`, and planned from', async () => {
    const artifacts = [
      ...archs.flatMap((arch) => release('54.0', arch)),
      ...archs.map((arch) => entry('firmware', 'CLOUDHV', 'ch-0123456789', { arch, bytes: 4_194_304 })),
    ]
    const { code, stdout, stderr } = await refresh(catalogueText({ artifacts }))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(oneLine(stdout)).toBe(
      `The catalogue in force is now version 2 of 2027-01-31, signed by ${maintainer.fingerprint}; it is kept in ${keptIn()}.`,
    )
    expect(await listed()).toEqual({
      signed: { fingerprint: maintainer.fingerprint, version: 2, date: '2027-01-31' },
      version: '54.0',
      stderr: '',
    })
    const list = await run(['list', 'artifacts'])
    expect(oneLine(list.stdout)).toContain(
      `in force is version 2 of 2027-01-31, signed by ${maintainer.fingerprint}.`,
    )
    expect(Math.max(...list.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)

    const plan = await run(['fix', 'fetch-firmware', '--json'])
    const steps = JSON.parse(plan.stdout).fixes.flatMap((fix: { steps: readonly unknown[] }) => fix.steps)
    expect(steps).toEqual([
      expect.objectContaining({
        kind: 'download',
        url: 'https://files.example.org/CLOUDHV-ch-0123456789',
        bytes: 4_194_304,
        proof: { by: 'digest', algorithm: 'sha256', digest: digestOf('a') },
        why: 'fetch the firmware CLOUDHV ch-0123456789',
      }),
    ])
    expect(plan.stderr).toBe('')
  })

  it('comes from a file, too, also offline', async () => {
    const place = scratch()
    writeFileSync(`${place}/c.json`, catalogueText())
    writeFileSync(`${place}/c.json.asc`, maintainer.sign(Buffer.from(catalogueText()), '--armor'))
    const { code } = await run(['update', '--catalogue', '--offline'], `catalogue_url=file://${place}/c.json`)
    expect([code, (await listed()).version]).toEqual([0, '54.0'])
  })

  it('stays where the server has the same, and gives way to a newer one', async () => {
    await refresh(catalogueText())
    const again = await refresh(catalogueText())
    expect([again.code, oneLine(again.stdout)]).toEqual([
      0,
      expect.stringContaining('in force is the newest: version 2'),
    ])
    const newer = await refresh(
      catalogueText({ version: 3, artifacts: archs.flatMap((arch) => release('55.1', arch)) }),
    )
    expect([newer.code, (await listed()).version]).toEqual([0, '55.1'])
  })

  it('is not replaced by an older one, nor by another one of its version', async () => {
    await refresh(catalogueText({ version: 7 }))
    const kept = readFileSync(keptIn(), 'utf8')
    const older = await refresh(catalogueText({ version: 6 }))
    expect([older.code, oneLine(older.stderr)]).toEqual([
      5,
      `chv-doctor: The catalogue of ${site}/c.json is not taken: it has version 6, and version 7 is in force.`,
    ])
    const other = await refresh(catalogueText({ version: 7, date: '2027-02-01' }))
    expect([other.code, oneLine(other.stderr)]).toEqual([
      5,
      expect.stringContaining('but says something else'),
    ])
    expect(readFileSync(keptIn(), 'utf8')).toBe(kept)
  })

  it('is not looked for without a key', async () => {
    writeFileSync(keptIn(), 'x')
    const { stdout, stderr } = await runCli(['list', 'artifacts', '--set', `data_dir=${data}`])
    expect(oneLine(stdout)).toMatch(/The catalogue in force is that of chv-doctor \d/)
    expect(stderr).toBe('')
  })

  it('is whole after several runs that fetch it at once', async () => {
    await refresh(catalogueText())
    const text = catalogueText({ version: 3 })
    server.on('/c.json', whole(Buffer.from(text)))
    server.on('/c.json.asc', whole(maintainer.sign(Buffer.from(text), '--armor')))
    const runs = await Promise.all([1, 2, 3].map(() => run(['update', '--catalogue'])))
    // One that comes while another one writes says so.
    for (const { code, stderr } of runs)
      expect([0, 5].includes(code ?? -1) && (code === 0 || /Another chv-doctor/.test(stderr))).toBe(true)
    expect(runs.map(({ code }) => code)).toContain(0)
    expect(await listed()).toMatchObject({ signed: { version: 3 }, stderr: '' })
  })

  it('survives a run that was killed in the middle of writing', async () => {
    await refresh(catalogueText())
    writeFileSync(`${data}/.catalogue.json.part`, '{"text":"half')
    expect((await listed()).version).toBe('54.0')
    await refresh(catalogueText({ version: 3 }))
    expect((await listed()).signed.version).toBe(3)
    expect(existsSync(`${data}/.catalogue.json.part`)).toBe(false)
    expect(existsSync(`${data}/catalogue.json.lock`)).toBe(false)
  })
})

describe('what is fetched', () => {
  it.each<[string, () => Promise<{ code: number | null; stderr: string }>, string]>([
    [
      'signed by another key',
      () => refresh(catalogueText(), { by: stranger }),
      'its signature does not count: it is by the key',
    ],
    [
      'changed after it was signed',
      () => refresh(catalogueText(), { signed: catalogueText({ version: 9 }) }),
      'its signature does not count: it does not fit',
    ],
    [
      'older than the doctor',
      () => refresh(catalogueText({ date: '2026-01-01' })),
      'older than that of this chv-doctor',
    ],
    [
      'signed, but of the wrong form',
      () =>
        refresh(
          catalogueText({ artifacts: [entry('firmware', 'CLOUDHV', 'x', { url: 'http://example.org/x' })] }),
        ),
      'the url of entry 1 is not a plain https: address',
    ],
    [
      'signed, but no UTF-8',
      () => {
        const bytes = Buffer.from([0xff, 0xfe, 0x7b])
        server.on('/c.json', whole(bytes))
        server.on('/c.json.asc', whole(maintainer.sign(bytes, '--armor')))
        return run(['update', '--catalogue'])
      },
      'its signature does not count',
    ],
  ])('is not taken when it is %s', async (_, attempt, reason) => {
    const { code, stderr } = await attempt()
    expect([code, oneLine(stderr)]).toEqual([5, expect.stringContaining(reason)])
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(existsSync(keptIn())).toBe(false)
    expect(await listed()).toMatchObject(builtIn)
  })

  const large = Buffer.alloc(2 ** 20 + 1, ' ')
  it.each<[string, Answer, Answer | null, string]>([
    ['too large', whole(large), null, 'is too large'],
    ['without an end', endless(200), null, 'is too large'],
    ['missing', status(404), null, 'answers 404'],
    ['a signature without an end', whole(Buffer.from('{}')), endless(200), 'c.json.asc is too large'],
    ['without a signature', whole(Buffer.from('{}')), status(404), 'answers 404'],
    [
      'with a web page as its signature',
      whole(Buffer.from('{}')),
      whole(Buffer.from('<html>')),
      'not an OpenPGP signature',
    ],
  ])('is not taken when it is %s', async (_, text, signature, reason) => {
    server.on('/c.json', text)
    if (signature) server.on('/c.json.asc', signature)
    const { code, stderr } = await run(['update', '--catalogue'])
    expect([code, oneLine(stderr)]).toEqual([5, expect.stringContaining(reason)])
    expect(existsSync(keptIn())).toBe(false)
  })
})

describe('what lies in data_dir', () => {
  const envelope = (text: string, by: Signer) =>
    JSON.stringify({ text, signature: by.sign(Buffer.from(text), '--armor').toString() })

  it.each<[string, () => void, string]>([
    [
      'signed by another key',
      () => writeFileSync(keptIn(), envelope(catalogueText(), stranger)),
      'its signature does not count',
    ],
    [
      'changed',
      () => writeFileSync(keptIn(), envelope(catalogueText(), maintainer).replace('54.0', '54.1')),
      'its signature does not count',
    ],
    ['no JSON', () => writeFileSync(keptIn(), '{'), 'it is not JSON'],
    [
      'of another shape',
      () => writeFileSync(keptIn(), '{"text":"x","signature":"y","key":"z"}'),
      'not what `update --catalogue` writes',
    ],
    ['too large', () => writeFileSync(keptIn(), Buffer.alloc(5 * 2 ** 20, ' ')), 'it has more than'],
    [
      'a symbolic link',
      () => {
        writeFileSync(`${data}/elsewhere`, envelope(catalogueText(), maintainer))
        symlinkSync(`${data}/elsewhere`, keptIn())
      },
      'not a file of your own',
    ],
    [
      'a file with two names',
      () => {
        writeFileSync(`${data}/elsewhere`, envelope(catalogueText(), maintainer))
        linkSync(`${data}/elsewhere`, keptIn())
      },
      'not a file of your own',
    ],
    [
      'a file that everyone may write',
      () => {
        writeFileSync(keptIn(), envelope(catalogueText(), maintainer))
        chmodSync(keptIn(), 0o666)
      },
      'every user may write',
    ],
  ])('does not count when it is %s, and one note says so', async (_, plant, reason) => {
    plant()
    const { stderr, ...found } = await listed()
    expect(found).toEqual(builtIn)
    expect(stderr).toMatch(/^Note: \S+catalogue\.json is not used, but the catalogue of this chv-doctor: /)
    expect(stderr).toContain(reason)
    expect(stderr).toMatch(/; delete it, or replace it with `chv-doctor update --catalogue`\.$/)
    expect(stderr.match(/Note:/g)).toHaveLength(1)
  })

  it.skipIf(notRoot)(`does not count when it belongs to another user${because(notRoot)}`, async () => {
    await refresh(catalogueText())
    chownSync(keptIn(), 12345, 12345)
    const { stderr, ...found } = await listed()
    expect(found).toEqual(builtIn)
    expect(stderr).toContain('belongs to user 12345, not to you or root')
  })

  it('is replaced by the next refresh where it did not count, and a link is not followed', async () => {
    writeFileSync(`${data}/elsewhere`, 'mine')
    symlinkSync(`${data}/elsewhere`, keptIn())
    expect((await refresh(catalogueText())).code).toBe(0)
    expect(await listed()).toMatchObject({ version: '54.0', stderr: '' })
    expect(readFileSync(`${data}/elsewhere`, 'utf8')).toBe('mine')
  })

  it('does not count any more when the key is gone', async () => {
    await refresh(catalogueText())
    const aside = `${maintainer.publicKey}.aside`
    renameSync(maintainer.publicKey, aside)
    try {
      expect((await listed()).stderr).toMatch(/its key \S+ does not exist/)
    } finally {
      renameSync(aside, maintainer.publicKey)
    }
  })
})

describe('update without a signed catalogue', () => {
  it.each([
    [[], `set catalogue_url and catalogue_key to refresh it from a signed file.`],
    [['--set', 'catalogue_url=https://example.org/c'], 'catalogue_url is set without catalogue_key'],
    [['--set', 'catalogue_key=/k.asc'], 'catalogue_key is set without catalogue_url'],
    [
      ['--set', 'catalogue_key=/k.asc', '--set', 'catalogue_url=http://example.org/c'],
      'give an https: or file: one',
    ],
  ])('%j is a usage error', async (sets, message) => {
    const { code, stderr } = await runCli(['update', '--catalogue', ...sets])
    expect([code, oneLine(stderr)]).toEqual([2, expect.stringContaining(message)])
  })

  it('asks nobody offline', async () => {
    const { code, stderr } = await run(['update', '--catalogue', '--offline'])
    expect([code, oneLine(stderr)]).toEqual([3, expect.stringContaining('Offline, so')])
    expect(server.hits('/c.json')).toBe(0)
  })
})
