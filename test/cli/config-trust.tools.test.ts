/** Files that others can change, and files that are none: refused at once, through the real program. */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { runCli } from '../helpers/run-cli.ts'

let home: string
let work: string
beforeEach(() => {
  home = mkdtempSync(`${tmpdir()}/chv-trust-`)
  work = `${home}/work`
  mkdirSync(work)
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const run = (args: readonly string[]) => runCli(args, { home, cwd: work })
const refusal = async (args: readonly string[]): Promise<string> => {
  const { code, stderr, stdout } = await run(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr.trim().split('\n')).toHaveLength(1)
  return stderr
}

describe('what is no regular file is refused at once', () => {
  const uses: Record<string, (path: string) => readonly string[]> = {
    '--config': (path) => ['check', 'platform', '--config', path],
    '--facts-in': (path) => ['check', '--facts-in', path],
    explain: (path) => ['explain', path],
    check_files: (path) => ['check', 'platform', '--set', `check_files=${path}`],
  }
  it.each(
    Object.keys(uses).flatMap((use) =>
      ['pipe', 'directory', '/dev/zero', 'link'].map((kind) => [use, kind] as const),
    ),
  )('%s: %s', async (use, kind) => {
    spawnSync('mkfifo', [`${work}/pipe`])
    mkdirSync(`${work}/directory`)
    symlinkSync('pipe', `${work}/link`)
    const path = kind.startsWith('/') ? kind : `${work}/${kind}`
    expect(await refusal(uses[use]?.(path) ?? [])).toMatch(/is not a regular file|is a directory/)
  })

  it('a configuration that is found', async () => {
    spawnSync('mkfifo', [`${work}/chv-doctor.yaml`])
    expect(await refusal(['check', 'platform'])).toContain('chv-doctor.yaml is not a regular file')
  })

  it('a key and the directory of the seed', async () => {
    spawnSync('mkfifo', [`${work}/pipe`])
    mkdirSync(`${work}/seed`)
    spawnSync('mkfifo', [`${work}/seed/user-data`])
    for (const set of [`ssh_public_key_file=${work}/pipe`, `seed_dir=${work}/seed`]) {
      const { stderr, code } = await run(['fix', 'create-cloud-init', '--dry-run', '--set', set])
      expect(stderr).not.toMatch(/\n {4}at /)
      expect([0, 2, 3, 5]).toContain(code)
    }
  })

  it('but a pipe that the caller opened is read', async () => {
    const command = `exec "$0" "$1" check platform --json --config <(echo 'cpus: 3')`
    const { stdout, status } = spawnSync(
      'bash',
      ['-c', command, process.execPath, `${repository}/dist/cli.js`],
      {
        encoding: 'utf8',
        cwd: work,
        env: { PATH: process.env.PATH ?? '', HOME: home },
      },
    )
    expect([status, JSON.parse(stdout).exitCode]).toEqual([0, 0])
  })
})

describe('a configuration that others can change', () => {
  it.each([
    [
      'the file',
      () => chmodSync(`${work}/chv-doctor.yaml`, 0o666),
      /every user may write .*chv-doctor\.yaml/,
    ],
    ['its directory', () => chmodSync(work, 0o777), /every user may write .*work:/],
    ['a directory above', () => chmodSync(home, 0o777), /every user may write .*chv-trust-\w+:/],
  ])('through %s is not used', async (_, open, message) => {
    writeFileSync(`${work}/chv-doctor.yaml`, 'cpus: 3\n')
    open()
    const found = await refusal(['check', 'platform'])
    expect(found).toMatch(message)
    expect(found).toContain('or give --config FILE')
    const named = await refusal(['check', 'platform', '--config', 'chv-doctor.yaml'])
    expect(named).toMatch(message)
    expect(named).not.toContain('--config FILE')
  })
})

/** A program that leaves a mark when it is started. */
const program = () => {
  writeFileSync(`${work}/evil`, `#!/bin/sh\ntouch ${home}/started\n`)
  chmodSync(`${work}/evil`, 0o755)
}

describe('a configuration found in the working directory', () => {
  const guarded: readonly (readonly [key: string, text: string])[] = [
    ['hypervisor', 'hypervisor: ./evil'],
    ['check_files', 'check_files: [./mine.mjs]'],
    ['kernel_source', 'kernel_source: https://example.org/linux.git#x'],
    ['hypervisor_url', 'hypervisor_url: https://example.org/x'],
    ['ch_remote_url', 'ch_remote_url: https://example.org/x'],
    ['image_url', 'image_url: https://example.org/x'],
    ['firmware_url', 'firmware_url: https://example.org/x'],
    ['kernel_url', 'kernel_url: https://example.org/x'],
    ['image_checksums_url', 'image_checksums_url: https://example.org/x'],
    ['mirrors', 'mirrors: { "https://": "file:///srv/" }'],
    ['allow_unverified', 'allow_unverified: true'],
    ['data_dir', 'data_dir: /srv/elsewhere'],
  ]
  it.each(guarded)('with %s is refused without consent, before anything runs', async (key, text) => {
    program()
    writeFileSync(
      `${work}/mine.mjs`,
      `import { writeFileSync } from 'node:fs'\nwriteFileSync('${home}/started', '')\nexport const checks = []\n`,
    )
    writeFileSync(`${work}/chv-doctor.yaml`, `${text}\n`)
    for (const args of [['check', 'cloud-hypervisor'], ['fix', '--dry-run'], ['boot', '--print'], ['list']]) {
      const message = await refusal(args)
      expect(message).toContain(`sets ${key}, which needs your consent`)
      expect(message).toContain(`--config ${work}/chv-doctor.yaml`)
    }
    expect(existsSync(`${home}/started`)).toBe(false)
    expect(readdirSync(home)).toEqual(['work'])
  })

  it('runs what it names with --config, or from the directory of the user', async () => {
    program()
    writeFileSync(`${work}/chv-doctor.yaml`, 'hypervisor: ./evil\n')
    await run(['check', 'cloud-hypervisor', '--config', 'chv-doctor.yaml'])
    expect(existsSync(`${home}/started`)).toBe(true)
    rmSync(`${home}/started`)
    rmSync(`${work}/chv-doctor.yaml`)
    mkdirSync(`${home}/.config/chv-doctor`, { recursive: true })
    writeFileSync(`${home}/.config/chv-doctor/chv-doctor.yaml`, `hypervisor: ${work}/evil\n`)
    await run(['check', 'cloud-hypervisor'])
    expect(existsSync(`${home}/started`)).toBe(true)
  })

  it('needs none for what starts and weakens nothing', async () => {
    writeFileSync(
      `${work}/chv-doctor.yaml`,
      `cpus: 3\ndata_dir: ${home}/data\nallow_unverified: false\nmirrors: {}\n`,
    )
    const { code, stderr } = await run(['check', 'platform'])
    expect([code, stderr]).toEqual([0, ''])
  })

  it('is asked about once on a terminal, and again when it has changed', async () => {
    const ask = async (answer: string): Promise<string> => {
      const command = `${process.execPath} ${repository}/dist/cli.js check platform`
      const child = spawn('script', ['-qec', command, '/dev/null'], {
        cwd: work,
        env: { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm' },
      })
      let said = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (!said.includes('Use this file') && (said + text).includes('Use this file'))
          child.stdin.write(answer)
        said += text
      })
      await new Promise((resolve) => child.on('close', resolve))
      return said
    }
    writeFileSync(`${work}/chv-doctor.yaml`, 'allow_unverified: true\n')
    expect((await ask('n\r')).replaceAll(/\s+/g, ' ')).toContain('is not used without your consent')
    const first = await ask('y\r')
    expect(first).toContain('allow_unverified: true (installs what nothing verifies)')
    expect(first).toContain('platform')
    expect(await ask('')).not.toContain('Use this file')
    expect((await run(['check', 'platform'])).code).toBe(0)
    writeFileSync(`${work}/chv-doctor.yaml`, 'allow_unverified: true\ncpus: 3\n')
    expect(await refusal(['check', 'platform'])).toContain('needs your consent')
  })
})

describe('a file of checks', () => {
  it.each([
    ['itself', 'mine.mjs', /mine\.mjs can be changed by other users, so it is not run/],
    ['what it imports', 'lib/a.mjs', /lib\/a\.mjs can be changed by other users, so .*mine\.mjs is not run/],
    ['what that imports', 'lib/b.mjs', /lib\/b\.mjs can be changed/],
    ['a package', 'node_modules/tool/index.js', /node_modules\/tool\/index\.js can be changed/],
  ])('is not run when others can change %s', async (_, open, message) => {
    mkdirSync(`${work}/lib`)
    mkdirSync(`${work}/node_modules/tool`, { recursive: true })
    const mark = `import { writeFileSync } from 'node:fs'\nwriteFileSync('${home}/started', '')\n`
    writeFileSync(`${work}/mine.mjs`, `${mark}import './lib/a.mjs'\nexport const checks = []\n`)
    writeFileSync(`${work}/lib/a.mjs`, `export { b } from "./b.mjs"\nimport 'tool'\n`)
    writeFileSync(`${work}/lib/b.mjs`, 'export const b = 1\n')
    writeFileSync(`${work}/node_modules/tool/index.js`, '')
    chmodSync(`${work}/${open}`, 0o666)
    expect(await refusal(['check', 'platform', '--set', 'check_files=mine.mjs'])).toMatch(message)
    expect(existsSync(`${home}/started`)).toBe(false)
    chmodSync(`${work}/${open}`, 0o644)
    expect((await run(['check', 'platform', '--set', 'check_files=mine.mjs'])).code).toBe(0)
    expect(existsSync(`${home}/started`)).toBe(true)
  })
})

describe('a plan', () => {
  it('names the configuration in force and what weakens it', async () => {
    writeFileSync(`${work}/c.yaml`, 'allow_unverified: true\ndata_dir: /srv/elsewhere\nboot: kernel\n')
    const { stdout } = await run([
      'fix',
      'kernel-image',
      '--dry-run',
      '--config',
      'c.yaml',
      '--set',
      'offline=true',
    ])
    expect(stdout.replaceAll(/\n(?=[^ ])/g, ' ')).toContain(
      `configuration: ${work.replace(home, '~')}/c.yaml`,
    )
    expect(stdout).toContain('  allow_unverified: true (installs what nothing verifies)')
    expect(stdout).toContain('  data_dir: /srv/elsewhere (moves files out of your home directory)')
  })
})
