/** Runs the recipes in build/ as root, and says why it cannot. */
import { execFile, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { cached } from './cache.ts'

export const repository = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')

const scripts = new URL('build/', import.meta.url).pathname
const sudo: readonly string[] = process.getuid?.() === 0 ? [] : ['sudo', '-n', '-E']

const has = (program: string): boolean =>
  `${process.env.PATH}:/usr/sbin:/sbin`.split(':').some((directory) => {
    try {
      accessSync(`${directory}/${program}`, constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** Which of the programs is missing, and which npm script installs it; or null. */
export const whyNot = (programs: readonly string[], script = 'prepare-host'): string | null => {
  const missing = programs.find((program) => !has(program))
  return missing === undefined ? null : `${missing} is missing; \`npm run ${script}\` installs it`
}

/** Why there cannot be a machine in a box here, or null. */
export const whyNoBox = ((): string | null => {
  if (process.arch !== 'x64') return 'the machine is emulated for x86_64 only'
  const missing = whyNot(['qemu-system-x86_64', 'qemu-img', 'mmdebstrap', 'mke2fs', 'ssh', 'tmux'])
  if (missing !== null) return missing
  if (sudo.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0)
    return 'building it needs root, or sudo without a password'
  return null
})()

/** Runs build/NAME.sh; what it printed is part of the error when it fails. */
export const runScript = async (name: string, args: readonly string[]): Promise<void> => {
  const [program = 'bash', ...rest] = [...sudo, 'bash', `${scripts}${name}.sh`, ...args]
  await promisify(execFile)(program, rest, { maxBuffer: 2 ** 26 }).catch((error) => {
    throw new Error(`${name}.sh failed: ${error.stderr || error.message}`)
  })
  // What root made is the tester's: images are opened, and the ssh key only works for its owner.
  if (sudo.length > 0) spawnSync('sudo', ['-n', 'chown', '-R', `${process.getuid?.()}`, ...args.slice(0, 1)])
}

/** Builds with build/NAME.sh, or takes what an earlier run built with the same recipe and arguments. */
export const buildCached = (as: string, name: string, args: readonly string[]): Promise<string> =>
  cached(as, [readFileSync(`${scripts}${name}.sh`, 'utf8'), ...args], (directory) =>
    runScript(name, [directory, ...args]),
  )

interface Mirrors {
  readonly main: string
  readonly security: string
}

/** The Debian mirror that this machine is configured for, else Debian's own. */
export const mirrors = ((): Mirrors => {
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', '$(ORIGIN) $(CODENAME) $(REPO_URI)'], {
    encoding: 'utf8',
  })
  const of = (suite: string): string | undefined =>
    stdout?.match(new RegExp(`^Debian ${suite} (http\\S+?)/?$`, 'm'))?.[1]
  return {
    main: of('bookworm') ?? 'http://deb.debian.org/debian',
    security: of('bookworm-security') ?? 'http://deb.debian.org/debian-security',
  }
})()
