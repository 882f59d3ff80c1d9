/** What every command starts from: user, terminal, configuration and output. */
import { builtInCatalogue, type Catalogue } from '../catalogue/catalogue.ts'
import type { Invocation } from '../cli/args.ts'
import type { Output } from '../cli/output.ts'
import type { Terminal } from '../cli/terminal.ts'
import { xdg } from '../config/find-file.ts'
import type { ConfigKey } from '../config/keys.ts'
import { type Loaded, loadConfig } from '../config/load.ts'
import { dropForeignDirectories } from '../host/foreign-environment.ts'
import { createHost, type Host, machineArch } from '../host/host.ts'
import { rootProgram } from '../host/root-program.ts'
import { dropPrivileges, type User } from '../host/user.ts'
import { type Look, pageFor } from '../report/layout.ts'
import type { Program } from '../report/program.ts'
import { Interrupted } from '../util/errors.ts'
import { requireConfigConsent } from './config-consent.ts'

export interface Context extends Loaded {
  readonly call: Invocation
  readonly version: string
  readonly user: User
  readonly terminal: Terminal
  /** How texts for people are laid out. */
  readonly look: Look
  readonly signal: AbortSignal
  readonly out: Output
  /** `$XDG_STATE_HOME/chv-doctor`. */
  readonly stateDir: string
  /** The catalogue in force, looked for once; a sentence is said where a signed one does not count. */
  readonly catalogue: () => Promise<Catalogue>
  /**
   * A new Host, without memoized answers: the host may have changed since the last one.
   * @param signal stops its questions, too
   */
  readonly lookAtHost: (signal?: AbortSignal) => Host
  /** Lets every Host from now on read as root: the user has consented for this run. */
  readonly grantRoot: (prefix: readonly string[]) => void
}

export interface Start {
  readonly call: Invocation
  readonly version: string
  readonly terminal: Terminal
  readonly program: Program
  readonly signal: AbortSignal
  readonly out: Output
}

type Wrap = (host: Host) => Host

/** What `--debug` or CHV_DOCTOR_DEBUG=1 puts around each host; null without them. */
const debugging = async ({ call, out }: Start, { config }: Loaded): Promise<Wrap | null> => {
  const variable = process.env.CHV_DOCTOR_DEBUG ?? ''
  if (!call.has('debug') && ['', '0', 'false'].includes(variable)) return null
  const { reportQuestions } = await import('../host/debug.ts')
  return (host) => reportQuestions(host, [config.guest_password], out.say)
}

/** Loads nothing where no signed catalogue is configured. */
const catalogueFor = ({ config }: Loaded, say: (note: string) => void): Context['catalogue'] => {
  if (config.catalogue_key === null) return async () => builtInCatalogue
  let found: Promise<Catalogue> | null = null
  const load = async () => {
    const { loadCatalogue } = await import('../download/signed-catalogue.ts')
    const { catalogue, note } = await loadCatalogue(config)
    if (note !== null) say(note)
    return catalogue
  }
  return () => {
    found ??= load()
    return found
  }
}

/** @throws UsageError for a wrong configuration */
export const createContext = async (start: Start): Promise<Context> => {
  const { env } = process
  const { user, remarks } = await dropForeignDirectories(env, dropPrivileges(env))
  const { call } = start
  const flags: [string, ConfigKey, string][] = []
  if (call.has('offline')) flags.push(['--offline', 'offline', 'true'])
  const timeout = call.text('timeout')
  if (timeout !== null) flags.push(['--timeout', 'check_timeout', timeout])
  const profile = call.text('profile')
  if (profile !== null) flags.push(['--profile', 'profile', profile])
  const guest = call.text('guest')
  if (guest !== null) flags.push(['--guest', 'guest', guest])
  const bootTimeout = call.text('boot-timeout')
  if (bootTimeout !== null) flags.push(['--boot-timeout', 'boot_timeout', bootTimeout])
  const loaded = await loadConfig({
    cwd: process.cwd(),
    home: user.home,
    uid: user.uid,
    arch: machineArch(),
    env,
    file: call.text('config'),
    sets: call.list('set'),
    flags,
  })
  for (const remark of remarks) start.out.say(`Note: ${remark}`)
  for (const deprecation of [...call.deprecations, ...loaded.deprecations])
    start.out.say(`Note: ${deprecation}`)
  // Starting under sudo grants root to this run; root itself needs no prefix.
  let rootPrefix: readonly string[] | null =
    user.uid === 0 ? [] : user.viaSudo ? [(await rootProgram('sudo')) ?? 'sudo', '-n', '--'] : null
  if (user.viaSudo)
    start.out.say(`Started under sudo: acting for ${user.name}, root only for the steps that need it.`)
  const stateDir = `${xdg(env, 'XDG_STATE_HOME', `${user.home}/.local/state`)}/chv-doctor`
  if (loaded.guarded) await requireConfigConsent(loaded.guarded, { ...start, stateDir, uid: user.uid })
  const wrap = await debugging(start, loaded)
  const look: Look = {
    color: start.terminal.color,
    width: start.terminal.width,
    home: user.home,
    program: start.program,
  }
  return {
    ...start,
    ...loaded,
    catalogue: catalogueFor(loaded, (note) => start.out.say(`Note: ${pageFor(look).say(note)}`)),
    // A live list would be drawn over the lines of --debug, and --quiet wants none.
    terminal: { ...start.terminal, live: wrap === null && !call.has('quiet') && start.terminal.live },
    look,
    user,
    stateDir,
    lookAtHost: (signal = start.signal) => {
      const host = createHost(user, env, loaded.config.check_timeout * 1000, signal, rootPrefix)
      return wrap ? wrap(host) : host
    },
    grantRoot: (prefix) => {
      rootPrefix = prefix
    },
  }
}

/**
 * Uses a new Host and closes it.
 * @param signal stops the questions of the host, too
 * @throws Interrupted after a signal, also when `use` returned a result
 */
export const withHost = async <T>(
  context: Context,
  use: (host: Host) => Promise<T>,
  signal = context.signal,
): Promise<T> => {
  const host = context.lookAtHost(signal)
  try {
    const result = await use(host)
    if (context.signal.aborted) throw new Interrupted()
    return result
  } finally {
    host.close()
  }
}
