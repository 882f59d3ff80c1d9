/** `chv-doctor ssh`: logs in to the running guest with the key of its seed. */
import { setTimeout as sleep } from 'node:timers/promises'
import { findLogin } from '../boot/login-key.ts'
import type { Config } from '../config/keys.ts'
import { knownHostsOf } from '../files/known-hosts.ts'
import { findInterface } from '../host/interfaces.ts'
import { runSsh, sshCommand, whyNoServer } from '../host/ssh.ts'
import { findVmm } from '../hypervisor/api-socket.ts'
import { wayTowards } from '../network/routes.ts'
import { idInSeed } from '../seed/need.ts'
import { addressOf } from '../util/address.ts'
import { DoctorError, errnoOf, exit, Interrupted, Undetermined } from '../util/errors.ts'
import type { Context } from './context.ts'
import { withHost } from './context.ts'
import { guestWord } from './guest-word.ts'
import { secondsOf } from './wait.ts'

const noLogin = (message: string): DoctorError => new DoctorError(exit.noLogin, message)

/** @throws DoctorError when the configuration says no address */
const addressIn = ({ network, guest_address }: Config): string => {
  if (network === 'none') throw noLogin('The guest has no network (`network: none`): log in on its console.')
  if (guest_address === 'dhcp')
    throw noLogin(
      'The address of the guest is not known (`guest_address: dhcp`): set guest_address to the one that it got.',
    )
  return addressOf(guest_address)
}

/**
 * A configuration of the working directory may name any address: a key is shown to the guest alone.
 * @throws DoctorError where packets to the address would not go to the link of the guest
 */
const requireLink = async (context: Context, address: string) => {
  const { tap, bridge, network } = context.config
  const link = network === 'bridge' ? bridge : tap
  const way = await withHost(context, (host) => wayTowards(host, address)).catch((error) => {
    throw error instanceof Undetermined ? noLogin(`No login to the guest: ${error.message}.`) : error
  })
  if (way === null || way.device !== link || way.gateway !== null)
    throw noLogin(
      `No login to the guest: this host does not reach ${address} by ${link} but ${way ? `by ${way.device}` : 'not at all'}; \`chv-doctor explain network\` shows why.`,
    )
}

/** Certain only where no process holds the TAP; another kind of link says nothing. */
const isCertainlyOff = async (context: Context): Promise<boolean> => {
  const { config, user } = context
  if ((await findVmm(config, process.env, user.uid)) !== null) return false
  const link = await withHost(context, (host) => findInterface(host, config.tap).catch(() => undefined))
  return link === null || (link?.kind === 'tap' && !link.inUse)
}

/** Long for a neighbour on this host; one that is there answers in a millisecond. */
const connectMs = 5000
const pauseMs = 500

/** @throws DoctorError when no ssh server answers in time */
const requireServer = async (context: Context, address: string, waitMs: number) => {
  const { config, signal } = context
  const name = guestWord(config)
  const start = performance.now()
  const left = () => waitMs - (performance.now() - start)
  for (;;) {
    const off = await isCertainlyOff(context)
    if (!off) await requireLink(context, address)
    const reason = off ? null : await whyNoServer(address, 22, connectMs)
    if (signal.aborted) throw new Interrupted()
    if (!off && reason === null) return
    if (left() <= 0) {
      if (off) throw noLogin(`${name} is not running: \`chv-doctor boot\` starts it.`)
      throw noLogin(
        reason === 'ECONNREFUSED'
          ? `${name} runs at ${address}, but no ssh server listens: it is still booting (\`--wait 60\` waits), or has none.`
          : `${name} does not answer at ${address} (${reason}): it is still booting (\`--wait 60\` waits), or has no network; see \`chv-doctor explain network\`.`,
      )
    }
    await sleep(Math.min(pauseMs, Math.max(0, left())), null, { signal }).catch(() => {})
  }
}

/** What ssh itself says in its own words, said for this guest; null for anything else. */
const explainSsh = (stderr: string, config: Config, file: string): string | null => {
  if (stderr.includes('REMOTE HOST IDENTIFICATION HAS CHANGED'))
    return `${guestWord(config)} has another host key than at the first login. If you know why (host keys made anew in the guest, a disk written over), remove ${file}; otherwise another machine answers at this address.`
  if (/: Permission denied \(/.test(stderr))
    return `${guestWord(config)} does not accept the key of the seed for ${config.guest_user}: it was made with another seed, or cloud-init has not finished.`
  return null
}

/**
 * @returns the exit code of the command in the guest, or that of its shell
 * @throws DoctorError (exit 255) when there was no login
 */
export const ssh = async (context: Context): Promise<number> => {
  const { config, call, terminal, signal } = context
  const waitMs = secondsOf(call.text('wait')) * 1000
  const address = addressIn(config)
  await requireServer(context, address, waitMs)
  const mayPrompt = terminal.interactive
  const [key, instanceId] = await withHost(context, async (host) => [
    await findLogin(host, config, mayPrompt),
    await idInSeed(host, config.seed).catch(() => null),
  ])
  if ('reason' in key) throw noLogin(`No login to the guest: ${key.reason}.`)
  const { guest, disk, guest_user } = config
  const known = await knownHostsOf(`${config.data_dir}/known_hosts`, { guest, disk, instanceId }).catch(
    (error) => {
      throw error instanceof DoctorError ? noLogin(error.message) : error
    },
  )
  const command = sshCommand({
    key,
    user: guest_user,
    address,
    knownHosts: known.file,
    alias: known.alias,
    words: call.rest,
    mayPrompt,
    terminal: call.rest.length > 0 && terminal.interactive,
  })
  const { code, stderr } = await runSsh(command, signal).catch((error) => {
    throw noLogin(`${key.ssh} cannot be started (${errnoOf(error) ?? 'unknown error'}).`)
  })
  if (signal.aborted) throw new Interrupted()
  const said = code === exit.noLogin ? explainSsh(stderr, config, known.file) : null
  if (said !== null) throw noLogin(said)
  return code
}
