/** Runs the steps of a composite action as the runner of GitHub Actions does, in bash with files for its commands. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { repository } from '../helpers/disposable-host.ts'

interface Step {
  readonly shell: string
  readonly run: string
  readonly env: Readonly<Record<string, string>>
  readonly 'working-directory': string
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

export const actionPath = `${repository}/action.yml`
export const action: Action = parse(readFileSync(actionPath, 'utf8'))

export interface ActionRun {
  readonly status: number | null
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
}

/** "key=value" lines; this action writes no others. */
const readOutputs = (text: string): Record<string, string> =>
  Object.fromEntries(text.split('\n').flatMap((line) => (line ? [line.split(/=(.*)/s).slice(0, 2)] : [])))

/**
 * @param directory for everything that the run writes; also the workspace
 * @param runner variables of the runner
 */
export const runAction = (
  directory: string,
  inputs: Readonly<Record<string, string>>,
  runner: Readonly<Record<string, string>> = {},
): ActionRun => {
  const value = (text: string) =>
    text.replace(/\$\{\{ *([a-z_.-]+) *\}\}/g, (_, name: string) => {
      if (name === 'github.action_path') return repository
      const input = name.replace('inputs.', '')
      const given = inputs[input] ?? action.inputs[input]?.default
      if (given === undefined) throw new Error(`action.yml uses ${name}, which is not declared`)
      return given
    })
  const [output, summary, home] = ['output', 'summary', 'home'].map((name) => `${directory}/${name}`)
  mkdirSync(`${home}`)
  writeFileSync(`${output}`, '')
  writeFileSync(`${summary}`, 'from an earlier step\n')
  let log = ''
  let status: number | null = 0
  for (const step of action.runs.steps) {
    writeFileSync(`${directory}/step.sh`, step.run)
    const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, value(text)]))
    const files = { GITHUB_OUTPUT: `${output}`, GITHUB_STEP_SUMMARY: `${summary}`, RUNNER_TEMP: directory }
    const ended = spawnSync(
      '/bin/bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', `${directory}/step.sh`],
      {
        cwd: `${directory}/${value(step['working-directory'])}`,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH ?? '',
          HOME: `${home}`,
          CI: 'true',
          ...runner,
          ...files,
          ...env,
        },
      },
    )
    log += ended.stdout + ended.stderr
    status = ended.status
    if (status !== 0) break
  }
  return {
    status,
    log,
    summary: readFileSync(`${summary}`, 'utf8'),
    outputs: readOutputs(readFileSync(`${output}`, 'utf8')),
  }
}
