/** What the published package promises: no dependencies, its licences, and a sentence on an old Node.js. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { repository } from './helpers/disposable-host.ts'

const readJson = (path: string) => JSON.parse(readFileSync(`${repository}/${path}`, 'utf8'))

describe('the package', () => {
  it('has no dependencies: dist/ holds everything', () => {
    expect(readJson('package.json').dependencies).toBeUndefined()
  })

  it('ships the licence of every package in the bundle', () => {
    const { outputs } = readJson('dist/meta.json') as { outputs: Record<string, { inputs: object }> }
    const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs))
    const names = new Set(
      inputs.flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
    )
    const notices = readFileSync(`${repository}/dist/THIRD-PARTY-NOTICES.txt`, 'utf8')
    expect(names.size).toBeGreaterThan(30)
    for (const name of names) expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'))
    expect(notices).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
  })

  it('holds the prompts that are shown, not the editor with its character sets', () => {
    const bundled = JSON.stringify(readJson('dist/meta.json'))
    expect(bundled).toContain('node_modules/@inquirer/confirm/')
    expect(bundled).not.toMatch(/node_modules\/(iconv-lite|@inquirer\/external-editor)\//)
  })
})

/** Runs the built entry as a release of Node.js would that gives itself this version. */
const runOn = (version: string, ...args: readonly string[]) => {
  const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' })
    process.argv.splice(1, 0, 'cli')
    require('${repository}/dist/cli.js')`
  return spawnSync(process.execPath, ['-e', script, '--', ...args], { encoding: 'utf8' })
}

describe('an old Node.js', () => {
  it.each(['12.22.9', '18.20.8', '20.16.0'])('%s gets one sentence and the code for usage', (version) => {
    const { status, stderr, stdout } = runOn(version, 'check')
    expect(stderr).toBe(
      `chv-doctor: this is Node.js ${version}; install 20.17 or newer (https://nodejs.org/en/download).\n`,
    )
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })

  it.each(['20.17.0', '22.0.0', '26.1.0'])('%s is new enough', (version) => {
    const { status, stdout } = runOn(version, 'list')
    expect(stdout).toContain('tap-device')
    expect(status).toBe(0)
  })
})
