/** `fix --script` with hostile names in every place that takes one: each fix gives one clean script, and data stays data. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import which from 'which'
import { fixes } from '../../../fixes/registry.ts'
import type { FixId } from '../../../src/contract/fix-args.ts'
import type { Step } from '../../../src/contract/step.ts'
import { renderScript, renderUndoScript } from '../../../src/report/script.ts'
import { configWith } from '../../helpers/config.ts'
import { because, missing } from '../../helpers/needs.ts'
import { scratch } from '../../helpers/scratch.ts'

const shellcheck = which.sync('shellcheck', { nothrow: true })
const whyNoShellcheck = missing('shellcheck')

/** Quotes, substitutions, a line end that begins a command, and sequences for terminals. */
const hostileWith = (mark: string) =>
  `it's "a"; $(touch ${mark}) \`touch ${mark}\`\ntouch ${mark}\r#\u001b[2J\u0085\u2028`
const hostile = hostileWith('/nonexistent/mark')

const config = configWith({
  ...{ data_dir: `/srv/${hostile}`, disk: `/srv/${hostile}/disk.raw`, seed: `/srv/${hostile}/seed.img` },
  ...{ firmware: `/srv/${hostile}/fw`, kernel: `/srv/${hostile}/vmlinux`, disk_size: 2 ** 31 },
  image_url: `file:///srv/${encodeURIComponent(hostile)}`,
})

const file = {
  path: `/etc/${hostile}`,
  content: `${hostile}\nEND_OF_FILE\n`,
  mode: 0o644,
  why: hostile,
  isThere: false,
}
const forwarding = { all: false, preset: false, redirects: true, interfaces: { [hostile]: true } }
const tap = {
  ...{ name: 'vm-tap0', kind: 'tap', up: true, inUse: false, owner: hostile, group: null, multiQueue: false },
  ...{ addresses: ['10.0.0.1/24'], addresses6: [], master: hostile, mac: '12:34:56:78:90:ab' },
}

/** Arguments and survey of every fix. */
const samples: Readonly<Partial<Record<FixId, readonly [args: object, survey: object | null]>>> = {
  'install-packages': [
    { packages: [hostile] },
    { manager: 'apt', offered: [], bytes: null, packages: [hostile] },
  ],
  'load-kvm': [{ module: hostile }, null],
  'kvm-access': [
    { user: hostile, inGroup: false, groupOwns: false },
    { groupExists: true, udev: { uid: 1000, setfacl: `/usr/bin/${hostile}` } },
  ],
  'load-tun': [{ mode: hostile }, { driver: true }],
  'reserve-hugepages': [{}, { huge: { size: 2 ** 21, total: 0, free: 0 } }],
  'install-cloud-hypervisor': [{}, { arch: 'x86_64' }],
  setcap: [{ path: `/opt/${hostile}` }, { before: hostile, fault: null }],
  'create-tap': [{}, { tap, user: { uid: 1000, gid: 1000, name: hostile, groups: [1000], root: false } }],
  'route-guest': [{}, { forwarding, uplink: hostile, marked: false, seen: null }],
  'route-ipv6': [
    {},
    {
      seen: {
        ...{
          disabled: false,
          forwarding: false,
          forwarders: [hostile],
          uplink: hostile,
          raIgnoredWhenForwarding: [hostile],
        },
        ...{ raLearned: [], masked: null, table: null, dropPolicies: [] },
      },
      marked: false,
    },
  ],
  'persist-network': [{}, { files: [file], unit: `${hostile}.service`, enabled: false }],
  'install-guest-unit': [
    {},
    {
      ...{ name: `${hostile}.service`, path: `/etc/systemd/system/${hostile}.service`, content: hostile },
      ...{ file: 'other', enabled: false, notes: [hostile] },
    },
  ],
  'fetch-firmware': [{}, { arch: 'x86_64', packaged: 'installed' }],
  'fetch-image': [{}, { arch: 'x86_64', disk: null, download: null, used: null, locked: false }],
  'fetch-kernel': [{}, { arch: 'x86_64' }],
  'build-kernel': [
    {},
    {
      ...{ arch: 'x86_64', cloned: false, configured: false, jobs: 2, free: 2 ** 40, packages: [] },
      source: { url: `https://example.org/${hostile}`, ref: hostile, directory: `/srv/${hostile}` },
    },
  ],
  'create-cloud-init': [{}, { refusal: null, files: [{ ...file, path: `/srv/${hostile}/user-data` }] }],
}

const check = (script: string) =>
  spawnSync(shellcheck ?? '', ['--shell', 'bash', '--format', 'gcc', '-'], {
    input: script,
    encoding: 'utf8',
  })

describe.skipIf(whyNoShellcheck)(`the script of${because(whyNoShellcheck)}`, () => {
  it.each(Object.keys(fixes) as FixId[])('%s is clean and has no hidden character', (id) => {
    const fix = fixes[id]
    const sample = samples[id]
    if (!sample) throw new Error(`add a sample with hostile values for ${id}`)
    const [args, survey] = sample
    const steps: readonly Step[] = (fix.plan as (...words: unknown[]) => readonly Step[])(
      args,
      config,
      survey,
    )
    expect(steps.length).toBeGreaterThan(0)
    const script = renderScript([{ id, title: hostile, checks: [hostile], needed: true, steps }])
    const { stdout, stderr, status } = check(script)
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(script).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/)
  })

  it('undo is clean', () => {
    const change = { id: 'a', at: 'x', fix: hostile, why: hostile }
    const script = renderUndoScript([
      {
        ...change,
        undo: { kind: 'run', argvs: [['rm', '--', hostile]], root: true, while: `/x/${hostile}` },
      },
      {
        ...change,
        undo: {
          ...{
            kind: 'restore',
            path: `/x/${hostile}`,
            kept: `/y/${hostile}`,
            directories: [`/x/${hostile}`],
          },
          stamp: { ino: 1, size: 1, mtimeMs: 1 },
        },
      },
    ])
    expect(check(script)).toMatchObject({ stdout: '', stderr: '', status: 0 })
  })
})

it('runs nothing that a text says', () => {
  const directory = scratch()
  const mark = `${directory}/mark`
  const text = hostileWith(mark)
  const steps: Step[] = [
    { kind: 'manual', text },
    { kind: 'run', argv: ['true', text], root: false, why: text },
    {
      kind: 'write',
      path: `${directory}/file`,
      content: `${text}\nEND_OF_FILE\ntouch ${mark}\n`,
      mode: 0o600,
      why: text,
    },
  ]
  const script = renderScript([{ id: text, title: text, checks: [text], needed: true, steps }])
  const { status, stderr } = spawnSync('bash', ['-s'], { input: script, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(existsSync(mark)).toBe(false)
  expect(existsSync(`${directory}/file`)).toBe(true)
})
