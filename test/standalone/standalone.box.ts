/** What `npm run build:standalone` made, used on hosts that have no Node.js. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, whyNot } from '../box/build.ts'
import { because, notRoot } from '../helpers/needs.ts'
import { type BareHost, built, names, startBareHost } from './bare-host.ts'

const whyNoHost = notRoot ?? whyNot(['mmdebstrap', 'dpkg-deb'])

const failure = 'Cannot open disk path /x/disk.raw: No such file or directory (os error 2)\n'

describe.skipIf(whyNoHost !== null)(`a Debian without Node.js${because(whyNoHost)}`, () => {
  let host: BareHost & { remove: () => void }
  beforeAll(async () => {
    host = await startBareHost('amd64')
  })
  afterAll(() => host.remove())

  it('has none', () => {
    expect(host.run('sky', ['sh', '-c', 'command -v node nodejs npm']).stdout).toBe('')
  })

  it('runs the executable by itself, where no file of the package is', () => {
    host.bring(`${built}/${names.executable}`)
    const program = `./${names.executable}`
    expect(host.run('sky', [program, '--version']).stdout).toBe(`chv-doctor ${names.version}\n`)
    expect(host.run('sky', [program, 'explain', 'kvm']).stdout).toContain('What it looks at')
    const help = host.run('sky', [program, 'help', 'boot'])
    expect(help.status).toBe(0)
    expect(help.stdout).not.toContain('Documentation:')
    expect(host.run('sky', [program, 'init', '--print']).stdout).not.toContain('$schema')
    expect(host.run('sky', [program, 'check']).stdout).toContain(`${program} fix`)
  })

  it('installs the .deb, with its man pages, units, completions and documents', () => {
    host.bring(`${built}/${names.deb}`)
    const installed = host.run('root', ['dpkg', '--install', names.deb])
    expect(installed.stderr).toBe('')
    expect(installed.status).toBe(0)
    for (const path of [
      'usr/share/bash-completion/completions/chv-doctor',
      'usr/share/zsh/vendor-completions/_chv-doctor',
      'usr/share/fish/vendor_completions.d/chv-doctor.fish',
      'usr/lib/systemd/system/chv-doctor@.timer',
    ])
      expect(existsSync(`${host.root}/${path}`), path).toBe(true)
    const help = host.run('sky', ['chv-doctor', 'help', 'boot']).stdout
    const [, page] = /Documentation:\n {2}(\/\S+)/.exec(help) ?? []
    const [, schema] =
      /\$schema=file:\/\/(\S+)/.exec(host.run('sky', ['chv-doctor', 'init', '--print']).stdout) ?? []
    for (const path of [page, schema]) expect(existsSync(`${host.root}${path}`), path).toBe(true)
  })

  it('checks, plans, explains and reports as an ordinary user', () => {
    const chv = (...args: readonly string[]) => host.run('sky', ['chv-doctor', ...args])
    const { exitCode, results } = JSON.parse(chv('check', '--format', 'json').stdout)
    expect(exitCode).toBe(1)
    expect(results.length).toBeGreaterThan(20)
    expect(chv('check').status).toBe(1)
    const plan = chv('fix', '--dry-run')
    expect(plan.stdout).toContain('apt-get')
    expect(plan.status).toBe(0)
    const page = chv('explain', 'tap-device')
    expect(page.stdout).toContain('What it looks at')
    expect(page.status).toBe(0)
    const explained = host.run('sky', ['chv-doctor', 'explain', '-'], failure)
    expect(explained.stdout).toContain('disk image')
    expect(explained.status).toBe(0)
    const report = chv('report', '--yes')
    expect(report.stderr + report.stdout).toMatch(/\.md/)
    expect(report.status).toBe(0)
  })

  it('loads a check of the user, which is TypeScript', () => {
    const own = `import type { Stats } from 'node:fs'
      export const checks = [{ id: 'mine', title: 'mine', group: 'own',
        findings: { absent: { found: 'no', expected: 'yes' } },
        probe: async (): Promise<{ there: boolean }> => ({ there: true }),
        judge: ({ there }: { there: boolean }) => (there ? { status: 'ok' } : { status: 'fail', code: 'absent' }) }]\n`
    writeFileSync(`${host.root}/home/sky/own.mts`, own)
    host.run('root', ['chown', '1000:1000', '/home/sky/own.mts'])
    const run = host.run('sky', [
      'chv-doctor',
      'check',
      '--only',
      'mine',
      '-v',
      '--set',
      'check_files=/home/sky/own.mts',
    ])
    expect(run.stderr + run.stdout).toMatch(/mine/)
    expect(run.status).toBe(0)
  })

  it('ignores NODE_OPTIONS', () => {
    const run = host.run('sky', ['env', 'NODE_OPTIONS=--require /nowhere', 'chv-doctor', '--version'])
    expect(run).toEqual({ status: 0, stdout: `chv-doctor ${names.version}\n`, stderr: '' })
  })

  it('keeps nothing of the package when it is purged', () => {
    expect(host.run('root', ['dpkg', '--purge', 'chv-doctor']).status).toBe(0)
    expect(host.run('sky', ['sh', '-c', 'find /usr -name "*chv-doctor*"']).stdout).toBe('')
  })
})

const whyNoOther = notRoot ?? whyNot(['mmdebstrap', 'qemu-aarch64-static'], 'prepare-standalone')

describe.skipIf(whyNoOther !== null)(`the executable for aarch64${because(whyNoOther)}`, () => {
  it('runs with the libraries of a Debian of that architecture', async () => {
    const { root, remove } = await startBareHost('arm64')
    try {
      const run = (...args: readonly string[]) =>
        spawnSync('qemu-aarch64-static', ['-L', root, `${built}/${names.otherExecutable}`, ...args], {
          input: failure,
          encoding: 'utf8',
        })
      expect(run('--version').stdout).toBe(`chv-doctor ${names.version}\n`)
      expect(run('explain', 'kvm').stdout).toContain('What it looks at')
      expect(run('explain', '-').stdout).toContain('disk image')
    } finally {
      remove()
    }
  })
})

describe('what lies beside the executables', () => {
  it('has the checksums that SHA256SUMS says', () => {
    const { status, stdout } = spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], {
      cwd: built,
      encoding: 'utf8',
    })
    expect(stdout).toContain(`${names.executable}: OK`)
    expect(status).toBe(0)
  })

  it('has an SBOM that names every package in the bundle, and Node.js with its libraries', () => {
    const notices = readFileSync(`${built}/THIRD-PARTY-NOTICES.txt`, 'utf8')
    const { components } = JSON.parse(readFileSync(`${built}/${names.sbom}`, 'utf8'))
    const listed = components.map(
      ({ name, version }: { name: string; version: string }) => `${name} ${version}`,
    )
    const bundled = [...notices.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+) \(/gm)].map(
      ([, title]) => title,
    )
    expect(bundled.length).toBeGreaterThan(30)
    expect(listed.filter((title: string) => !title.startsWith('node ')).sort()).toEqual(
      [...new Set(bundled)].sort(),
    )
    const node = components.find(({ name }: { name: string }) => name === 'node')
    expect(notices).toContain(`Node.js ${node.version}`)
    expect(node.components.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['openssl', 'v8', 'zlib', 'uv']),
    )
  })

  const whyNoLint = whyNot(['lintian', 'rpm', 'rpm2cpio', 'cpio'], 'prepare-standalone')

  it.skipIf(whyNoLint !== null)(`has packages that their linters accept${because(whyNoLint)}`, () => {
    const lintian = spawnSync('lintian', ['--fail-on', 'error,warning', names.deb], {
      cwd: built,
      encoding: 'utf8',
    })
    expect(lintian.stdout).toBe('')
    expect(lintian.status).toBe(0)
    const rpm = spawnSync('rpm', ['--query', '--list', '--package', names.rpm], {
      cwd: built,
      encoding: 'utf8',
    })
    expect(rpm.stdout).toContain('/usr/share/zsh/site-functions/_chv-doctor\n')
    expect(rpm.stdout).toContain('/usr/share/man/man1/chv-doctor-check.1.gz\n')
    const inside = spawnSync(
      'bash',
      [
        '-c',
        `set -o pipefail; rpm2cpio ${names.rpm} | cpio --quiet --to-stdout -i ./usr/bin/chv-doctor | cmp - ${names.executable}`,
      ],
      { cwd: built, encoding: 'utf8' },
    )
    expect(inside).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  it('has the same bytes when it is built again', () => {
    const again = mkdtempSync(`${tmpdir()}/chv-again-`)
    try {
      const run = spawnSync(process.execPath, ['scripts/standalone/build.mjs', '--out', again, 'x86_64'], {
        cwd: repository,
        encoding: 'utf8',
      })
      expect(run.status, run.stderr).toBe(0)
      const sums = (directory: string) =>
        readFileSync(`${directory}/SHA256SUMS`, 'utf8')
          .split('\n')
          .filter(
            (line) =>
              line.includes('64') && /linux-x86_64$|\.deb$|\.rpm$/.test(line) && !/aarch64|arm64/.test(line),
          )
      expect(sums(again)).toHaveLength(3)
      expect(sums(again)).toEqual(sums(built))
    } finally {
      rmSync(again, { recursive: true })
    }
  })
})
