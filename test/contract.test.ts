/** Walks the registries: what every check and every fix promises. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checks } from '../checks/registry.ts'
import { fixes } from '../fixes/registry.ts'
import { groups } from '../src/contract/check.ts'
import { unknownCodes } from '../src/contract/finding.ts'
import { conclude } from '../src/engine/conclude.ts'
import { parseFacts } from '../src/engine/facts-file.ts'
import type { AnyFix } from '../src/engine/plan.ts'
import { repository } from './helpers/disposable-host.ts'

const filesIn = (directory: string, ending: string): string[] =>
  readdirSync(`${repository}/${directory}`)
    .filter((name) => name.endsWith(ending) && name !== 'registry.ts')
    .map((name) => name.slice(0, -ending.length))
    .sort()

const ids = checks.map((check) => check.id)
const allFixes: readonly AnyFix[] = Object.values(fixes)

describe('the registries', () => {
  it('hold every file, once', () => {
    expect([...ids].sort()).toEqual(filesIn('checks', '.ts'))
    expect(Object.keys(fixes).sort()).toEqual(filesIn('fixes', '.ts'))
    expect(new Set(ids).size).toBe(ids.length)
    for (const [key, fix] of Object.entries(fixes)) expect(fix.id).toBe(key)
  })

  it('have a page for each, and no page for nothing', () => {
    expect(filesIn('docs/checks', '.md')).toEqual([...ids].sort())
    expect(filesIn('docs/fixes', '.md')).toEqual(Object.keys(fixes).sort())
    for (const id of ids)
      expect(readFileSync(`${repository}/docs/checks/${id}.md`, 'utf8')).toMatch(`# ${id}:`)
  })

  it('have a test for each', () => {
    const tested = (directory: string): Set<string> =>
      new Set(filesIn(`test/${directory}`, '.test.ts').map((name) => name.replace(/\.(tools|real)$/, '')))
    expect(
      [...ids, ...allFixes.map(({ id }) => id)].filter(
        (id) => !tested('checks').has(id) && !tested('fixes').has(id),
      ),
    ).toEqual([])
  })

  it('list what is needed before what needs it, in known groups', () => {
    for (const [index, check] of checks.entries()) {
      expect(groups).toContain(check.group)
      for (const need of check.needs ?? []) expect(ids.slice(0, index)).toContain(need.id)
    }
  })
})

const codePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

describe.each(checks.map((check) => [check.id, check] as const))('the findings of %s', (id, { findings }) => {
  const codes = Object.keys(findings)

  it('have codes of words, none of them a code of unknown results', () => {
    expect(codes.length).toBeGreaterThan(0)
    for (const code of codes) {
      expect(code).toMatch(codePattern)
      expect(unknownCodes).not.toContain(code)
    }
  })

  it('are all in its page, and no others', () => {
    const page = readFileSync(`${repository}/docs/checks/${id}.md`, 'utf8')
    const section = /^## Findings\n(.*?)(?=^## |$(?![\s\S]))/ms.exec(page)?.[1] ?? ''
    const listed = [...section.matchAll(/^- `([\w-]+)\/([\w-]+)`/gm)].map(([, check, code]) => [check, code])
    expect(listed.map(([check]) => check)).toEqual(listed.map(() => id))
    expect(listed.map(([, code]) => code).sort()).toEqual([...codes].sort())
  })

  it('are each asserted by a test of the check', () => {
    const texts = readdirSync(`${repository}/test/checks`)
      .filter((name) => name.startsWith(`${id}.`) && name.endsWith('.test.ts'))
      .map((name) => readFileSync(`${repository}/test/checks/${name}`, 'utf8'))
      .join('\n')
    const missing = codes.filter(
      (code) =>
        !texts.includes(`${id}/${code}'`) && !(texts.includes(`\`${id}/\${`) && texts.includes(`'${code}'`)),
    )
    expect(missing).toEqual([])
  })
})

/** A failing check must not keep a guest from starting by accident: each decision stands here, too. */
describe('what checks declare', () => {
  it('names the checks whose failure keeps `boot` from starting a guest', () => {
    expect(checks.filter(({ beforeBoot }) => beforeBoot === 'required').map(({ id }) => id)).toEqual([
      'platform',
      'host-kernel',
      'kvm',
      'tun',
      'memory',
      'limits',
      'vfio',
      'disk-space',
      'cloud-hypervisor',
      'net-admin',
      'firmware',
      'kernel-image',
      'disk-image',
      'cloud-init',
      'tap-device',
    ])
  })

  it('lets one check name the uplink, and the four that read the firewall read as root', () => {
    expect(checks.filter(({ networkPlace }) => networkPlace?.uplinkIn).map(({ id }) => id)).toEqual([
      'ip-forward',
    ])
    expect(checks.filter(({ readsAsRoot }) => readsAsRoot).map(({ id }) => id)).toEqual([
      'bridge-filter',
      'nat',
      'forward-policy',
      'guest-ipv6',
    ])
  })

  it('keeps tables by check ids out of src', () => {
    // cloud-init is a milestone of a boot, too.
    const quoted = new RegExp(
      `['"](?:${ids.filter((id) => id.includes('-') && id !== 'cloud-init').join('|')})['"]\\s*[:\\]]`,
    )
    const folders = ['commands', 'engine', 'report', 'contract', 'cli', 'apply'].map((name) => `src/${name}`)
    const tables = [
      ...folders.flatMap((folder) => filesIn(folder, '.ts').map((name) => `${folder}/${name}.ts`)),
      'src/explain/rank-by-host.ts',
    ].filter((path) => quoted.test(readFileSync(`${repository}/${path}`, 'utf8')))
    expect(tables).toEqual([])
  })
})

const recorded = filesIn('test/facts', '.json').map((name) => {
  const path = `test/facts/${name}.json`
  return { name, file: parseFacts(path, readFileSync(`${repository}/${path}`, 'utf8')) }
})

describe.each(recorded)('recorded facts: $name', ({ file }) => {
  const observed = checks.flatMap((check) => {
    const observation = file.observations[check.id]
    return observation && !('error' in observation) ? [{ id: check.id, check, observation }] : []
  })

  it('hold what checks have observed', () => expect(observed.length).toBeGreaterThan(ids.length / 4))

  it.each(observed)('$id judges them alike before and after JSON', ({ id, check, observation }) => {
    const frozen = JSON.stringify(observation.facts)
    const conclusion = conclude(check, observation, file.config)
    expect(JSON.stringify(observation.facts)).toBe(frozen)
    expect(conclude(check, { facts: JSON.parse(frozen) }, file.config)).toEqual(conclusion)
    expect(conclusion.code).not.toBe(`${id}/check-failed`)
    const { status, found, expected, fix, hint } = conclusion
    if (status === 'fail' || status === 'warn') {
      expect(found).not.toBe('')
      expect(`${found}${expected}`).not.toContain('\n')
      if (fix) expect(Object.keys(fixes)).toContain(fix.id)
    }
    if (status === 'fail') expect(fix ?? hint, 'a failure says what to do').toBeTruthy()
  })
})
