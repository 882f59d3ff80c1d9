/** The machine in the box: Debian under QEMU's software emulation, with a /dev/kvm of its own (nested SVM). */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { buildCached, mirrors, repository, runScript } from './build.ts'
import { attachConsole, type Console } from './console.ts'
import { watchForPanic } from './panic.ts'
import { ample, busy } from './patience.ts'
import { openScreen, type Screen } from './screen.ts'

/** The ordinary user of the machine, and the password that sudo asks for. */
const user = 'sky'
export const password = 'sky'

/** Where the machine sees 127.0.0.1 of the outer one: QEMU's user network. */
export const outerAddress = '10.0.2.2'

const defaultSuite = 'bookworm'

/** The release of Debian that the machine is made of; a guest in it is always of the default one. */
const suite = process.env.CHV_DOCTOR_TEST_SUITE || defaultSuite

/** What each architecture is to Debian and to QEMU; both emulations bring a /dev/kvm. */
export const architectures = {
  x86_64: {
    debian: 'amd64',
    emulator: process.env.CHV_DOCTOR_TEST_QEMU || 'qemu-system-x86_64',
    flags: '-machine q35 -cpu max',
    console: 'ttyS0',
  },
  aarch64: {
    debian: 'arm64',
    emulator: 'qemu-system-aarch64',
    // Pointer authentication as the architecture has it is slow to emulate.
    flags: '-machine virt,virtualization=on,gic-version=3 -cpu max,pauth-impdef=on',
    console: 'ttyAMA0',
  },
} as const

export type Architecture = keyof typeof architectures

/**
 * On a busy host the machine's clock counts its instructions, 4 ns each: time that the host gives to others does not
 * pass in it. By a real clock it would spend what little it gets on 250 ticks a second, and find its processors stuck.
 * Without that, each of its processors has a thread of its own.
 */
const clock = busy ? '-accel tcg,thread=single -icount shift=2,sleep=on' : '-accel tcg,thread=multi'

/** A board of the second architecture whose interrupt controller is an older one. */
export const boardWithGicV2 = '-machine virt,virtualization=on,gic-version=2 -cpu cortex-a72'

/**
 * The words for the kernel of a machine. Without `no_timer_check` an x86 kernel tests whether timer interrupts
 * arrive and panics when they do not arrive in time, which on a loaded host they do not
 * (Documentation/admin-guide/kernel-parameters.txt). On such a host its systemd gives the console up after its
 * usual 90 seconds, too, and nobody can log in there; newer ones have a limit of its own for that.
 */
export const kernelCommandLine = (arch: Architecture, more: readonly string[] = []): string =>
  [
    `root=/dev/vda console=${architectures[arch].console} quiet mitigations=off`,
    ...['timeout_start', 'device_timeout'].map((limit) => `systemd.default_${limit}_sec=${ample(90)}`),
    ...(arch === 'x86_64' ? ['no_timer_check'] : []),
    ...more,
  ].join(' ')

interface Answer {
  readonly code: number
  readonly output: string
}

export interface Machine {
  readonly console: Console
  /** Waits for the login prompt and logs the user in; leaves a shell prompt. */
  login(): Promise<void>
  /** A command in a session of its own, as a new login has it; stdout and stderr together. */
  ssh(command: string, as?: 'sky' | 'root'): Promise<Answer>
  /** The same, and it must succeed. */
  must(command: string, as?: 'sky' | 'root'): Promise<string>
  /** A new login of the user in an 80-column terminal. */
  terminal(name: string): Promise<Screen>
  reboot(): Promise<void>
  /** Powers off and waits for the end. */
  stop(): Promise<void>
  /** Ends it at once, as a power cut does. */
  kill(): void
  /** What the emulator complained about when it broke down by itself, or null. */
  broke(): string | null
  /** The panic of the machine's kernel, which ended the machine, as its console showed it; or null. */
  panic(): string | null
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const nodeFor = async (arch: Architecture): Promise<string> =>
  arch === 'x86_64'
    ? process.execPath
    : `${await buildCached('node-arm64', 'node', [process.versions.node])}/node`

/** @param packages what this machine has besides what every one has */
export const buildMachine = async (packages: readonly string[], arch: Architecture): Promise<string> => {
  const { debian } = architectures[arch]
  const name = ['machine', debian, ...(suite === defaultSuite ? [] : [suite]), ...packages]
  return buildCached(name.join('-').replaceAll('.', '_'), 'machine', [
    ...[debian, suite, mirrors.main, mirrors.security, await nodeFor(arch)],
    ...packages,
  ])
}

/**
 * Starts a fresh machine; nothing of what happens in it outlives it.
 * @param built what `buildMachine` returned
 * @param record the directory for logs
 * @param scratch a directory for its disk
 * @param board QEMU's words for another machine than the usual one
 * @param words more of the command line of its kernel
 */
export const startMachine = async (
  built: string,
  arch: Architecture,
  record: string,
  scratch: string,
  board: string = architectures[arch].flags,
  words: readonly string[] = [],
): Promise<Machine> => {
  const { emulator } = architectures[arch]
  await runScript('product', [scratch, repository])
  const disk = `${scratch}/machine.qcow2`
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'raw', '-b', `${built}/disk.raw`, disk])
  const port = await freePort()
  const child = spawn(
    'setpriv',
    // Whatever happens to the tests, no emulator is left behind.
    ['--pdeathsig', 'KILL', emulator]
      .concat(`${clock} ${board} -smp 2 -m 3072`.split(' '))
      .concat('-nodefaults -display none -chardev stdio,id=tty,signal=off -serial chardev:tty'.split(' '))
      .concat(['-drive', `file=${disk},if=virtio,cache=unsafe,discard=unmap`])
      .concat(['-drive', `file=${scratch}/product.img,if=virtio,format=raw,readonly=on`])
      .concat(['-netdev', `user,id=net,hostfwd=tcp:127.0.0.1:${port}-:22`])
      .concat('-device virtio-net-pci,netdev=net,romfile= -device virtio-rng-pci'.split(' '))
      .concat(['-kernel', `${built}/vmlinuz`, '-initrd', `${built}/initrd`])
      .concat(['-append', kernelCommandLine(arch, words)]),
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints += text
  })
  let signal: NodeJS.Signals | null = null
  const ended = once(child, 'exit').then(([, by]) => {
    signal = by
  })
  const console = attachConsole(child.stdout, child.stdin, `${record}/console.log`)
  let panic: string | null = null
  // All that waits for the machine then ends: its console, its sessions, its terminals.
  watchForPanic(child.stdout, (quoted) => {
    panic = quoted
    child.kill('SIGKILL')
  })
  const way = (as: string, ...more: readonly string[]): readonly string[] => [
    ...['-i', `${built}/key`, '-p', `${port}`, '-o', 'LogLevel=ERROR', '-o', 'BatchMode=yes'],
    ...['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', ...more],
    `${as}@127.0.0.1`,
  ]
  /** What a session printed is part of the record; an inventory is none of what a person reads. */
  const keep = (as: string, command: string, { code, output }: Answer): Answer => {
    const shown = output.length > 100_000 ? `(${output.length} characters)\n` : output
    appendFileSync(
      `${record}/sessions.log`,
      `──── ${as}: ${command.split('\n')[0]}\n${shown}exit code ${code}\n\n`,
    )
    return { code, output }
  }
  const ssh: Machine['ssh'] = async (command, as = user) => {
    try {
      const { stdout, stderr } = await promisify(execFile)('ssh', [...way(as), command], {
        maxBuffer: 2 ** 28,
      })
      return keep(as, command, { code: 0, output: stdout + stderr })
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
      if (code === 255) throw new Error(`ssh to the machine failed: ${stderr}`)
      return keep(as, command, { code, output: stdout + stderr })
    }
  }
  const must: Machine['must'] = async (command, as) => {
    const { code, output } = await ssh(command, as)
    if (code !== 0) throw new Error(`in the machine, \`${command}\` ended with ${code}:\n${output}`)
    return output
  }
  const screens: Screen[] = []
  const up = () => console.shows(/^box login: /m)
  return {
    console,
    ssh,
    must,
    login: async () => {
      await up()
      console.type(`${user}\r`)
      await console.shows(/Password: /)
      console.type(`${password}\r`)
      await console.shows(/\$ $/)
    },
    terminal: async (name) => {
      const screen = openScreen(name, ['ssh', ...way(user, '-t')], `${record}/${name}.log`)
      screens.push(screen)
      await screen.shows(/\$ *$/m)
      return screen
    },
    reboot: async () => {
      await ssh('systemctl reboot', 'root').catch(() => {})
      await up()
      // The login prompt of the console does not wait for the network.
      while ((await ssh('true').catch(() => null)) === null) {
        if (panic !== null) throw new Error('the machine did not come back')
        await sleep(500)
      }
    },
    stop: async () => {
      await ssh('systemctl poweroff', 'root').catch(() => {})
      await ended
    },
    kill: () => {
      child.kill('SIGKILL')
      for (const screen of screens) screen.close()
    },
    broke: () => (signal !== null && signal !== 'SIGKILL' ? `${complaints.trim()} (${signal})` : null),
    panic: () => panic,
  }
}
