/** The policies of `check`, as a user gives them: files, flags, and a host that comes up meanwhile. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { runCli } from '../helpers/run-cli.ts'
import { scratch } from '../helpers/scratch.ts'

const schemaOf = (name: string) =>
  new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(`${repository}/docs/${name}.schema.json`, 'utf8')),
  )

/** Runs one check of the user's own, which is in order once a file `up` exists. */
const place = () => {
  const home = scratch()
  writeFileSync(
    `${home}/own.mjs`,
    `export const checks = [{
      id: 'up', title: 'It is up',
      findings: { 'not-yet': { found: 'it is not up', expected: 'a file "up"' } },
      probe: async (host) => ({ text: await host.readText('${home}/up') }),
      judge: ({ text }) => text === null ? { status: 'fail', code: 'not-yet' } : { status: 'ok', found: 'it is up' },
    }]`,
  )
  const config = (more = '') => writeFileSync(`${home}/c.yaml`, `check_files: [./own.mjs]\n${more}`)
  config()
  const check = (...flags: string[]) =>
    runCli(['check', 'up', '--config', `${home}/c.yaml`, ...flags], { home })
  return { home, config, check, comeUp: () => writeFileSync(`${home}/up`, '') }
}

describe('check --profile', () => {
  const judge = (...flags: string[]) =>
    runCli(['check', '--facts-in', `${repository}/test/facts/untuned.json`, '--group', 'advice', ...flags])
  const statuses = async (profile: string) => {
    const { stdout } = await judge('--profile', profile, '--json')
    const { results } = JSON.parse(stdout)
    return Object.fromEntries(results.map(({ id, status }: { id: string; status: string }) => [id, status]))
  }

  it('production lets what is about security count, and nothing else', async () => {
    const [plain, production] = [await statuses('default'), await statuses('production')]
    expect(plain).toMatchObject({ ksm: 'ok', nested: 'ok', thp: 'ok' })
    expect(production).toMatchObject({ ksm: 'warn', nested: 'warn', thp: 'ok' })
    expect((await judge('--profile', 'default', '--strict')).code).toBe(0)
    expect((await judge('--profile', 'production')).code).toBe(0)
    expect((await judge('--profile', 'production', '--strict')).code).toBe(4)
  })

  it('names the values that it takes, and the configuration can say it', async () => {
    const wrong = await judge('--profile', 'producton')
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('production')])
    const home = scratch()
    writeFileSync(`${home}/p.yaml`, 'profile: production\n')
    const here = await runCli(['check', 'ksm', '--json', '--config', `${home}/p.yaml`], { home })
    const [{ status, changedBy = null }] = JSON.parse(here.stdout).results
    expect([here.code, changedBy]).toEqual([0, null])
    expect(['ok', 'warn']).toContain(status)
  })
})

describe('check --wait', () => {
  it('waits for nothing when all is well', async () => {
    const { check, comeUp } = place()
    comeUp()
    const start = performance.now()
    const { code, stderr } = await check('--wait', '60')
    expect([code, stderr]).toEqual([0, ''])
    expect(performance.now() - start).toBeLessThan(30_000)
  })

  it('ends when the host is up, and said what it waited for', async () => {
    const { check, comeUp } = place()
    const running = check('--wait', '120')
    setTimeout(comeUp, 1500)
    const { code, stderr, stdout } = await running
    expect(stderr).toMatch(/^Waiting for up\/not-yet \(1(?:20|1\d) s left\)\.\n$/)
    expect([code, stdout]).toEqual([0, expect.stringMatching(/own +up/)])
  })

  it('ends when the time is over, with the last result', async () => {
    const { check } = place()
    const start = performance.now()
    const { code, stdout } = await check('--wait', '3')
    expect([code, stdout]).toEqual([1, expect.stringContaining('it is not up')])
    expect(performance.now() - start).toBeGreaterThan(2000)
  })

  it('does not outlast a look that hangs', async () => {
    const { home, check } = place()
    // The first look answers, every later one waits for ever.
    writeFileSync(
      `${home}/own.mjs`,
      `let looks = 0
      export const checks = [{
        id: 'up', title: 'It is up',
        findings: { 'not-yet': { found: 'look ' + 1, expected: 'x' } },
        probe: async (host) => looks++ === 0 ? {} : (await host.run(['sleep', '500']), {}),
        judge: () => ({ status: 'fail', code: 'not-yet' }),
      }]`,
    )
    const start = performance.now()
    const { code, stdout } = await check('--wait', '3', '--timeout', '300')
    expect([code, stdout]).toEqual([1, expect.stringContaining('look 1')])
    expect(performance.now() - start).toBeLessThan(60_000)
  })

  it.each(['-1', 'soon', '1e3', '86401'])('refuses %s', async (seconds) => {
    const { code, stderr } = await place().check(`--wait=${seconds}`)
    expect([code, stderr]).toEqual([
      2,
      `chv-doctor: --wait is "${seconds}"; give a number of seconds from 0 to 86400.\n`,
    ])
  })
})

describe('check --baseline', () => {
  it('is written, makes what is known pass, and says what is gone', async () => {
    const { home, check, comeUp } = place()
    const flags = ['--baseline', `${home}/known.json`]
    expect((await check()).code).toBe(1)
    const made = await check(...flags, '--update-baseline')
    expect([made.code, made.stderr]).toEqual([
      0,
      `Wrote ${home}/known.json: 1 finding, 1 added, 0 removed.\n`,
    ])
    const validate = schemaOf('baseline')
    expect(validate(JSON.parse(readFileSync(`${home}/known.json`, 'utf8')))).toBe(true)
    const known = await check(...flags, '--format', 'json')
    expect([known.code, JSON.parse(known.stdout).results[0]]).toMatchObject([
      0,
      { status: 'skip', code: 'up/not-yet', ownStatus: 'fail', changedBy: 'baseline' },
    ])
    comeUp()
    expect((await check(...flags)).stderr).toContain('No longer found: up/not-yet.')
  })

  it('that is missing, wrong or incomplete is one sentence', async () => {
    const { home, check } = place()
    writeFileSync(`${home}/wrong.json`, '[1]')
    const said = async (...flags: string[]) => {
      const { code, stderr } = await check(...flags)
      return `${code} ${stderr}`
    }
    expect(await said('--baseline', `${home}/no.json`)).toBe(
      `2 chv-doctor: --baseline ${home}/no.json does not exist; --update-baseline makes it.\n`,
    )
    expect(await said('--baseline', `${home}/wrong.json`)).toContain('2 chv-doctor: --baseline')
    expect(await said('--baseline', `${home}/wrong.json`, '--update-baseline')).toContain('not a baseline')
    expect(await said('--update-baseline')).toContain('2 chv-doctor: --update-baseline needs the file')
    expect(await said('--baseline', home, '--update-baseline')).toContain('is a directory')
    expect(await said('--baseline', '/dev/full/x', '--update-baseline')).toMatch(/^2 chv-doctor: .*ENOTDIR/)
  })
})

describe('check --require', () => {
  it('fails on a check that did not look', async () => {
    const { config, check } = place()
    config('ignore: { up: { reason: known, until: 9999-12-31 } }\n')
    expect((await check()).code).toBe(0)
    const { code, stdout } = await check('--require', 'up', '--format', 'json')
    expect(code).toBe(1)
    const validate = schemaOf('report')
    validate(JSON.parse(stdout))
    expect(validate.errors).toBeNull()
  })

  it.each([
    ['kmv', '--require: there is no check "kmv"; did you mean "kvm"?'],
    ['kvm', '--require kvm: this run leaves that check out (--only, --group or --skip).'],
  ])('refuses %s', async (id, message) => {
    const { code, stderr } = await place().check('--require', id)
    expect([code, stderr]).toEqual([2, `chv-doctor: ${message}\n`])
  })
})

describe('an exception that has ended', () => {
  it('fails again, and says so', async () => {
    const { config, check } = place()
    config('ignore: { up/not-yet: { reason: comes later, until: 2020-01-31 } }\n')
    const { code, stdout } = await check()
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining('it is not up (was ignored until 2020-01-31:'),
    ])
  })
})
