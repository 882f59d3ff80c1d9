/** What `explain` reads is text: whatever program it names is not started. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runCli } from '../../helpers/run-cli.ts'
import { scratch } from '../../helpers/scratch.ts'

const seccomp = '==== Possible seccomp violation ====\n'
const noPvh = 'Error booting VM: Kernel lacks PVH header\n'

it.each([
  ['a command', (program: string) => `$ ${program} --kernel vmlinux --cmdline x\n`],
  ['a command under sudo', (program: string) => `$ sudo ${program} --kernel vmlinux --cmdline x\n`],
  [
    'a list',
    (program: string) => `Command { program: "${program}", args: ["${program}", "--kernel", "vmlinux"] }\n`,
  ],
  ['a unit', (program: string) => `ExecStart=${program} --kernel vmlinux --cmdline x\n`],
  ['a list of YAML', (program: string) => `  - ${program}\n  - --kernel\n  - vmlinux\n`],
])('%s in the text starts nothing', async (_what, command) => {
  const directory = scratch()
  const program = `${directory}/cloud-hypervisor`
  writeFileSync(program, `#!/bin/sh\n: > ${directory}/attacked\necho cloud-hypervisor v51.2\n`)
  chmodSync(program, 0o755)
  for (const error of [seccomp, noPvh]) {
    writeFileSync(`${directory}/log`, command(program) + error)
    const { code, stderr } = await runCli(['explain', `${directory}/log`], { cwd: directory })
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: '' })
    expect(existsSync(`${directory}/attacked`)).toBe(false)
  }
})
