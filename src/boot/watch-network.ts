/** Asks the guest on the network until it has answered everything: from outside, then from within. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config/keys.ts'
import { type LoginAnswer, type LoginKey, logIn } from '../host/login.ts'
import { answersPing, askPort } from '../host/ping.ts'
import { addressOf } from '../util/address.ts'
import type { Watched } from './headless.ts'
import { type GuestReport, insideArguments, insideScript, parseInside, provenBy } from './inside.ts'
import type { Milestone } from './milestones.ts'

/** What was heard on the network so far. */
export interface NetworkObservation {
  /** Port 22 was refused. */
  refused: boolean
  login: LoginAnswer | null
  inside: GuestReport | null
  loggingIn: boolean
  /** No further login is to begin, as long as this is so. */
  lastLogin: boolean
  /** What cannot be tried. */
  readonly unasked: Set<Milestone>
}

interface Asking {
  readonly config: Config
  readonly ping: string | null
  readonly key: LoginKey | null
  readonly resolves: Promise<boolean>
}

/** Between two attempts from outside. */
const attemptMs = 500

/**
 * After a login that failed. From 9.8 on sshd holds each against its source for 5 s, and at 15 s takes no
 * more connections of it (sshd_config(5), PerSourcePenalties): then nobody would see why.
 */
const loginMs = 6000

const fromWithin: readonly Milestone[] = ['user', 'host', 'name']

/** @param canLogIn whether there is a key; where DHCP gives the address, nobody here knows where to ask */
export const openNet = (config: Config, canLogIn: boolean): NetworkObservation => {
  const unknown = config.guest_address === 'dhcp'
  const unasked = new Set<Milestone>([
    ...(unknown ? (['ping', 'ssh'] as const) : []),
    ...(unknown || !canLogIn ? fromWithin : []),
  ])
  return { refused: false, login: null, inside: null, loggingIn: false, lastLogin: false, unasked }
}

/** A pause that ends early when the wait is over. */
const rest = (over: AbortSignal, ms: number = attemptMs): Promise<void> =>
  pause(ms, undefined, { signal: over }).catch(() => undefined)

/** One echo and one greeting of the ssh server, again and again. */
const askFromOutside = async (
  { config, ping }: Asking,
  { progress, clock }: Watched,
  net: NetworkObservation,
  over: AbortSignal,
): Promise<void> => {
  const address = addressOf(config.guest_address)
  while (!over.aborted) {
    const { reached } = progress.now()
    const [echo, port] = await Promise.all([
      reached.ping === undefined ? answersPing(ping, address) : true,
      reached.ssh === undefined ? askPort(address, 22) : null,
    ])
    // After the wait is over nothing counts any more: the guest may be on its way down.
    if (over.aborted) return
    if (echo === true) progress.mark('ping', clock())
    if (echo === null) net.unasked.add('ping')
    net.refused = port?.answer === 'refused'
    if (port?.banner?.startsWith('SSH-')) progress.mark('ssh', clock())
    await rest(over)
  }
}

/**
 * One login after the other: cloud-init may make the user after the ssh server has started, and what it
 * shows may get better.
 */
const askFromWithin = async (
  { config, key, resolves }: Asking,
  required: readonly Milestone[],
  { progress, clock }: Watched,
  net: NetworkObservation,
  over: AbortSignal,
): Promise<void> => {
  if (key === null || net.unasked.has('user')) return
  if (required.includes('name') && !(await resolves)) net.unasked.add('name')
  const asked = (step: Milestone) => required.includes(step) && !net.unasked.has(step)
  const missing = () => fromWithin.some((step) => asked(step) && progress.now().reached[step] === undefined)
  const [user, address] = [config.guest_user, addressOf(config.guest_address)]
  while (!over.aborted && missing()) {
    if (net.lastLogin || progress.now().reached.ssh === undefined) {
      await rest(over)
      continue
    }
    net.loggingIn = true
    const args = insideArguments(config, asked)
    const login = await logIn({ key, user, address, script: insideScript, args }, over)
    if (over.aborted) return
    net.loggingIn = false
    // A refusal tells more than a connection that fails after it.
    if (login.kind !== 'failed' || net.login?.kind !== 'denied') net.login = login
    const inside = login.kind === 'in' ? parseInside(login.stdout) : null
    net.inside = inside ?? net.inside
    const proven = inside === null ? null : provenBy(inside, config)
    const at = clock()
    for (const step of proven?.reached ?? []) progress.mark(step, at)
    for (const step of proven?.unasked ?? []) net.unasked.add(step)
    if (missing()) await rest(over, login.kind === 'in' ? attemptMs : loginMs)
  }
}

/**
 * @param required the steps that are waited for
 * @param over ends everything that is under way, at once
 */
export const watchNetwork = async (
  asking: Asking,
  required: readonly Milestone[],
  watched: Watched,
  net: NetworkObservation,
  over: AbortSignal,
): Promise<void> => {
  if (asking.config.guest_address === 'dhcp') return
  await Promise.all([
    askFromOutside(asking, watched, net, over),
    askFromWithin(asking, required, watched, net, over),
  ])
}
