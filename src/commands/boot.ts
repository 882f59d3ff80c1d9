/** `chv-doctor boot`: builds the boot command, then prints it, runs it on this terminal, or verifies it. */
import { adviceOn } from '../boot/advice.ts'
import { valuesOf, withArguments } from '../boot/arguments.ts'
import type { BootPlan } from '../boot/boot-plan.ts'
import { removeApiSocket, reserveApiSocket } from '../hypervisor/api-socket.ts'
import { bootCommand, findBoot } from '../hypervisor/boot-command.ts'
import { runInForeground } from '../hypervisor/start.ts'
import { displayVersion } from '../hypervisor/version.ts'
import { pasteable } from '../report/boot-command-text.ts'
import { pageFor } from '../report/layout.ts'
import { needsSeed } from '../seed/need.ts'
import type { Argv } from '../util/argv.ts'
import { DoctorError, exit, UsageError } from '../util/errors.ts'
import { jsonText } from '../util/printable.ts'
import { explainEnd } from './boot-failure.ts'
import { preflight } from './boot-preflight.ts'
import { type Context, withHost } from './context.ts'
import { exclude } from './exclude.ts'

/** @throws DoctorError (exit 1) when there is no Cloud Hypervisor */
const planBoot = (context: Context): Promise<BootPlan> =>
  withHost(context, async (host) => {
    const { config, call } = context
    const found = await findBoot(host, config)
    if (!found)
      throw new DoctorError(
        exit.failed,
        'Cloud Hypervisor was not found, or cannot be executed; `chv-doctor fix cloud-hypervisor` installs it.',
      )
    const seed = await needsSeed(host, config)
    const command = withArguments(bootCommand({ ...found, seed }, config), call.rest)
    return { command, version: found.version, seed }
  })

const advise = (context: Context, { version, command }: BootPlan) => {
  for (const sentence of adviceOn(version, command, context.config))
    context.out.say(pageFor(context.look).lines(`Note: ${sentence}`).join('\n'))
}

/** Resets what firmware and boot loader of the guest may have changed on the terminal. */
const resetTerminal = (context: Context) => {
  if (context.terminal.interactive) context.out.resetTerminal()
}

/** The path of the API socket that `stop` and `ssh` look for; null where the arguments name another, or none can be made. */
const socketFor = async ({ config }: Context, command: Argv): Promise<string | null> =>
  valuesOf(command, '--api-socket').length > 0 ? null : reserveApiSocket(config, process.env)

const runOnTerminal = async (context: Context, plan: BootPlan): Promise<number> => {
  const { out, config, signal } = context
  const socket = await socketFor(context, plan.command)
  const command =
    socket === null ? plan.command : withArguments(plan.command, ['--api-socket', `path=${socket}`])
  const which = await withHost(context, (host) => host.which('stty'))
  const release = plan.version === null ? '' : ` ${displayVersion(plan.version)}`
  const login = plan.seed ? ` Log in as ${config.guest_user}.` : ''
  const say = (text: string) => out.say(pageFor(context.look).lines(text).join('\n'))
  const stop = socket === null ? '' : ' `chv-doctor stop`'
  say(
    `Cloud Hypervisor${release} starts the guest; its console follows.${login} To end it: \`sudo poweroff\` in the guest, or${stop && `${stop} in another terminal;`} \`kill ${process.pid}\` ${stop ? 'cuts its power' : 'in another terminal'}.`,
  )
  const ended = await runInForeground(command, signal, which)
  if (socket !== null) await removeApiSocket(socket)
  resetTerminal(context)
  if (signal.aborted) return exit.interrupted
  return explainEnd(context, ended)
}

const checkFlags = ({ call }: Context) => {
  exclude(call, 'print', 'verify', 'unit')
  for (const flag of ['on-disk', 'boot-timeout']) {
    if (call.has(flag) && !call.has('verify')) throw new UsageError(`--${flag} belongs to --verify.`)
  }
  if (call.has('format') && !call.has('verify') && !call.has('print'))
    throw new UsageError('--format belongs to --verify and --print: the guest has the terminal otherwise.')
}

/** @returns the exit code */
export const boot = async (context: Context): Promise<number> => {
  checkFlags(context)
  const { call, terminal, out } = context
  if (call.has('print')) {
    const plan = await planBoot(context)
    advise(context, plan)
    out.result(
      call.json
        ? jsonText({ schema: 'chv-doctor/command/1', version: context.version, command: plan.command })
        : `${pasteable(plan.command, terminal.width, '').join('\n')}\n`,
    )
    return exit.healthy
  }
  if (call.has('unit')) return (await import('./boot-unit.ts')).printUnit(context)
  if (call.has('verify')) {
    const [{ verifyBoot }, { reportRefusal }] = await Promise.all([
      import('./boot-verify.ts'),
      import('./boot-refusal.ts'),
    ])
    try {
      await preflight(context)
      const plan = await planBoot(context)
      advise(context, plan)
      return await verifyBoot(context, plan)
    } catch (error) {
      return reportRefusal(context, error)
    }
  }
  await preflight(context)
  const plan = await planBoot(context)
  advise(context, plan)
  return runOnTerminal(context, plan)
}
