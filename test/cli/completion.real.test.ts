/** Completion in the shells themselves: what stands on the screen behind a Tab. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'
import { openTerminal } from '../helpers/terminal.ts'

/** How a shell starts without the configuration of this host, and reads the script. */
const starts: Readonly<Record<string, string>> = {
  bash: "bash --norc --noprofile -i; PS1='ready> '; source ./script",
  zsh: "zsh -f -i; PS1='ready> '; autoload -Uz compinit; compinit -u -d ./dump; source ./script",
  fish: "fish --no-config -i; function fish_prompt; echo 'ready> '; end; source ./script",
}

/** What is typed before a Tab, and what the line is then: the same for each shell. */
const lines: readonly (readonly [typed: string, completed: string])[] = [
  ['chv-doctor ch', 'chv-doctor check'],
  ['chv-doctor check --form', 'chv-doctor check --format'],
  ['chv-doctor check --format jun', 'chv-doctor check --format junit'],
  ['chv-doctor --offline fix cloud-in', 'chv-doctor --offline fix cloud-init'],
  ['chv-doctor check --only kvm,qemu', 'chv-doctor check --only kvm,qemu-utils'],
  ['chv-doctor check --group artif', 'chv-doctor check --group artifacts'],
  ['chv-doctor list artif', 'chv-doctor list artifacts'],
  ['chv-doctor check --set seed_d', 'chv-doctor check --set seed_dir='],
  ['chv-doctor explain net-ad', 'chv-doctor explain net-admin'],
  ['chv-doctor explain ./scri', 'chv-doctor explain ./script'],
  ['chv-doctor check --facts-in ./scri', 'chv-doctor check --facts-in ./script'],
  ['chv-doctor completion fi', 'chv-doctor completion fish'],
]

const terminal = (directory: string, shell: string) => {
  const [start = '', ...setUp] = (starts[shell] ?? '').split('; ')
  const env = `env -i HOME=${directory} TERM=screen-256color LANG=C.UTF-8 PATH=${process.env.PATH}`
  const { type, shows } = openTerminal({ directory, command: `${env} ${start}`, size: [120, 50] })
  type('-l', `${setUp.join('; ')}; clear`)
  type('Enter')
  return { type, shows }
}

describe.each(Object.keys(starts))('completion %s', (shell) => {
  const why = missing('tmux', 'env', shell)

  it.skipIf(why)(`completes what is typed in ${shell}${because(why)}`, async () => {
    const directory = mkdtempSync(`${tmpdir()}/chv-complete-`)
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
    const { stdout, code } = await runCli(['completion', shell])
    expect(code).toBe(0)
    writeFileSync(`${directory}/script`, stdout)
    const { type, shows } = terminal(directory, shell)
    await shows('ready>')
    for (const [typed, completed] of lines) {
      type('-l', typed)
      await shows(typed)
      type('Tab')
      expect(await shows(completed)).toContain(completed)
      // The whole line away, in each of them.
      type('C-u')
    }
  })
})

it('needs a shell that it knows', async () => {
  const { stderr, code } = await runCli(['completion', 'bsh'])
  expect([stderr, code]).toEqual(['chv-doctor: There is no completion for "bsh"; did you mean "bash"?\n', 2])
  expect((await runCli(['completion'])).stderr).toContain('give bash, zsh or fish.')
})

const noBash = missing('bash')
it.skipIf(noBash)(`bash completes behind "=", too${because(noBash)}`, () => {
  const script = `eval "$(${process.execPath} ${repository}/dist/cli.js completion bash)"
    COMP_WORDS=(chv-doctor check --format = jun) COMP_CWORD=4; _chv_doctor; echo "\${COMPREPLY[*]}"
    COMP_WORDS=(chv-doctor check --group =) COMP_CWORD=3; _chv_doctor; echo "\${COMPREPLY[*]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  expect([stdout.split('\n')[0], stderr]).toEqual(['junit', ''])
  expect(stdout).toContain('host tools hypervisor')
})
