/** Probes the guest over the network until everything has been reached: from outside, then by a login. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config/keys.ts'
import { type LoginAnswer, type LoginKey, logIn } from '../host/login.ts'
import { answersPing, askPort } from '../host/ping.ts'
import { addressOf } from '../util/address.ts'
import type { Watched } from './headless.ts'
import { type GuestReport, insideArguments, insideScript, parseInside, provenBy } from './inside.ts'
import type { Milestone } from './milestones.ts'

/** What the network probes have observed so far. */
export interface NetworkObservation {
  /** Port 22 was refused. */
  refused: boolean
  login: LoginAnswer | null
  inside: GuestReport | null
  loggingIn: boolean
  /** Set by the wait: no further login may begin. */
  lastLogin: boolean
  /** The milestones that there is no means to test for. */
  readonly notTried: Set<Milestone>
}

interface NetworkProbe {
  readonly config: Config
  readonly ping: string | null
  readonly key: LoginKey | null
  readonly resolves: Promise<boolean>
}

/** Between two probes from outside. */
const retryMs = 500

/**
 * After a failed login. Since 9.8 sshd penalises the source of each for 5 s and refuses further connections
 * at 15 s (sshd_config(5), PerSourcePenalties), which would hide the reason.
 */
const loginRetryMs = 6000

const insideMilestones: readonly Milestone[] = ['user', 'host', 'name']

/** @param canLogIn whether there is a key; a guest that uses DHCP has an address that is not known here */
export const newObservation = (config: Config, canLogIn: boolean): NetworkObservation => {
  const unknownAddress = config.guest_address === 'dhcp'
  const notTried = new Set<Milestone>([
    ...(unknownAddress ? (['ping', 'ssh'] as const) : []),
    ...(unknownAddress || !canLogIn ? insideMilestones : []),
  ])
  return { refused: false, login: null, inside: null, loggingIn: false, lastLogin: false, notTried }
}

/** A pause that ends when the wait is over. */
const pauseUnlessOver = (over: AbortSignal, ms: number = retryMs): Promise<void> =>
  pause(ms, undefined, { signal: over }).catch(() => undefined)

/** Repeats an echo request and a connection to the ssh server. */
const probeFromOutside = async (
  { config, ping }: NetworkProbe,
  { progress, elapsedMs }: Watched,
  network: NetworkObservation,
  over: AbortSignal,
): Promise<void> => {
  const address = addressOf(config.guest_address)
  while (!over.aborted) {
    const { reached } = progress.now()
    const [echo, port] = await Promise.all([
      reached.ping === undefined ? answersPing(ping, address) : true,
      reached.ssh === undefined ? askPort(address, 22) : null,
    ])
    // Answers after the wait do not count: the guest may be shutting down.
    if (over.aborted) return
    if (echo === true) progress.mark('ping', elapsedMs())
    if (echo === null) network.notTried.add('ping')
    network.refused = port?.answer === 'refused'
    if (port?.banner?.startsWith('SSH-')) progress.mark('ssh', elapsedMs())
    await pauseUnlessOver(over)
  }
}

/**
 * Repeats a login: cloud-init may create the user after the ssh server has started, and a later login may
 * report more.
 */
const probeFromInside = async (
  { config, key, resolves }: NetworkProbe,
  required: readonly Milestone[],
  { progress, elapsedMs }: Watched,
  network: NetworkObservation,
  over: AbortSignal,
): Promise<void> => {
  if (key === null || network.notTried.has('user')) return
  if (required.includes('name') && !(await resolves)) network.notTried.add('name')
  const isExpected = (milestone: Milestone) =>
    required.includes(milestone) && !network.notTried.has(milestone)
  const isIncomplete = () =>
    insideMilestones.some(
      (milestone) => isExpected(milestone) && progress.now().reached[milestone] === undefined,
    )
  const [user, address] = [config.guest_user, addressOf(config.guest_address)]
  while (!over.aborted && isIncomplete()) {
    if (network.lastLogin || progress.now().reached.ssh === undefined) {
      await pauseUnlessOver(over)
      continue
    }
    network.loggingIn = true
    const args = insideArguments(config, isExpected)
    const login = await logIn({ key, user, address, script: insideScript, args }, over)
    if (over.aborted) return
    network.loggingIn = false
    // A refused key says more than a connection that fails after it.
    if (login.kind !== 'failed' || network.login?.kind !== 'denied') network.login = login
    const inside = login.kind === 'in' ? parseInside(login.stdout) : null
    network.inside = inside ?? network.inside
    const proven = inside === null ? null : provenBy(inside, config)
    const atMs = elapsedMs()
    for (const milestone of proven?.reached ?? []) progress.mark(milestone, atMs)
    for (const milestone of proven?.notTried ?? []) network.notTried.add(milestone)
    if (isIncomplete()) await pauseUnlessOver(over, login.kind === 'in' ? retryMs : loginRetryMs)
  }
}

/**
 * @param required the milestones that are waited for
 * @param network receives what is observed
 * @param over ends all probes at once
 */
export const watchNetwork = async (
  probe: NetworkProbe,
  required: readonly Milestone[],
  watched: Watched,
  network: NetworkObservation,
  over: AbortSignal,
): Promise<void> => {
  if (probe.config.guest_address === 'dhcp') return
  await Promise.all([
    probeFromOutside(probe, watched, network, over),
    probeFromInside(probe, required, watched, network, over),
  ])
}
