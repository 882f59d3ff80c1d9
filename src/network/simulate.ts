/**
 * What this host does with the packets of a guest: each first packet and its answer are simulated through every
 * hook, in the order of the kernel. Pure.
 */
import { type TableOf, tablesOf } from './evaluate.ts'
import { questionKey, type RouteAnswer, type RouteQuestion } from './guest-route.ts'
import { type Blocking, type Passage, passHook, type Translated, track } from './hooks.ts'
import { firstPackets } from './packet.ts'
import type { BlockingRule, GuestPath, PathProblem, Simulation, Translation } from './path.ts'
import type { Chain, Ending, Packet } from './rules.ts'

interface World {
  readonly chains: readonly Chain[]
  readonly tables: TableOf
  readonly path: GuestPath
}

/** The first hooks, up to the kernel's decision about the route. */
const enterHost = ({ chains, tables, path }: World, first: Packet) => {
  const early = passHook(chains, tables, 'ingress', first, { device: path.tap })
  const hook = passHook(chains, tables, 'prerouting', early.packet, {
    state: 'new',
    translate: (packet, { action }) =>
      action.do === 'dnat'
        ? {
            ...packet,
            daddr: action.to?.address ?? null,
            dport: action.to?.port ?? packet.dport,
            toHost: action.to === null,
            status: ['dnat'],
          }
        : packet,
  })
  return { ...hook, blocking: [...early.blocking, ...hook.blocking] }
}

const firstOf = ({ tap, guest, mac = null }: GuestPath): Packet[] => firstPackets(tap, guest, mac)

const questionOf = ({ daddr, mark }: Packet): RouteQuestion | null =>
  daddr === null ? null : { address: daddr, mark: mark.value }

/** The routes that the simulation needs to know; they depend on what rules do before routing. */
export const routeQuestions = (chains: readonly Chain[], path: GuestPath): readonly RouteQuestion[] => {
  const world = { chains, tables: tablesOf(chains), path }
  const questions = firstOf(path).flatMap((first) => questionOf(enterHost(world, first).packet) ?? [])
  return [...new Map(questions.map((question) => [questionKey(question), question])).values()]
}

const routeOf = ({ routes, uplink }: GuestPath, packet: Packet): RouteAnswer | null => {
  if (packet.toHost) return { to: 'host' }
  const question = questionOf(packet)
  const answer = question && routes?.get(questionKey(question))
  if (answer) return answer
  return uplink === null ? null : { to: 'forward', devices: [uplink] }
}

/** The source address after a translation; null where it is not known. */
const sourceAfter = ({ addresses }: GuestPath, device: string | null, { action }: Ending): number | null =>
  action.do === 'snat'
    ? action.to.address
    : action.do === 'masquerade'
      ? (addresses?.get(device ?? '')?.[0] ?? null)
      : null

interface Left {
  readonly packet: Packet
  readonly translated: Translated
  readonly blocking: readonly Blocking[]
}

/** From the routing decision to the wire. */
const leaveHost = ({ chains, tables, path }: World, packet: Packet, device: string | null): Left => {
  const forward = passHook(chains, tables, 'forward', { ...packet, oif: device })
  const post = passHook(chains, tables, 'postrouting', forward.packet, {
    translate: (own, by) => ({
      ...own,
      saddr: sourceAfter(path, device, by),
      status: [...own.status, 'snat'],
    }),
  })
  const egress = passHook(chains, tables, 'egress', post.packet, { device })
  return {
    packet: post.packet,
    translated: post.translated,
    blocking: [...forward.blocking, ...post.blocking, ...egress.blocking],
  }
}

/** The answer to a packet that left, from the wire to the TAP. */
const comeBack = (
  { chains, tables, path }: World,
  sent: Packet,
  left: Left,
  device: string | null,
): { readonly blocking: readonly Blocking[]; readonly problem: PathProblem | null } => {
  const { packet } = left
  const wasTracked = !packet.states.includes('untracked')
  const isTranslated = left.translated.done === 'yes'
  const answer: Packet = {
    ...packet,
    iif: device,
    oif: '',
    saddr: packet.daddr,
    daddr: packet.saddr,
    toHost: isTranslated,
    sport: packet.dport,
    dport: packet.sport,
    flags: packet.proto === 'tcp' ? ['syn', 'ack'] : [],
    mac: null,
    states: ['invalid'],
    direction: wasTracked ? 'reply' : 'original',
    mark: { value: 0, known: 0xffff_ffff },
    untrackedBy: null,
  }
  const early = passHook(chains, tables, 'ingress', answer, { device })
  const pre: Passage = passHook(chains, tables, 'prerouting', early.packet, {
    state: wasTracked ? 'established' : 'new',
    untranslate: (own) =>
      own.states.includes('untracked') ? own : { ...own, daddr: sent.saddr, toHost: false },
  })
  const { untrackedBy, states } = pre.packet
  const blocking = [...early.blocking, ...pre.blocking]
  // Untracked, it keeps the address of this host as its destination, and never gets to the guest.
  if (isTranslated && untrackedBy && states.length === 1)
    return { blocking, problem: { kind: 'untracked-answer', ...untrackedBy } }
  const home = { ...pre.packet, daddr: sent.saddr, toHost: false, oif: path.tap }
  const forward = passHook(chains, tables, 'forward', home)
  const post = passHook(chains, tables, 'postrouting', forward.packet)
  const egress = passHook(chains, tables, 'egress', post.packet, { device: path.tap })
  return {
    blocking: [...blocking, ...forward.blocking, ...post.blocking, ...egress.blocking],
    problem: null,
  }
}

const rank = { yes: 0, unclear: 1, no: 2 } as const

const worst = (translations: readonly Translation[]): Translation =>
  [...translations].sort((a, b) => rank[b.masked] - rank[a.masked])[0] ?? {
    masked: 'no',
    by: null,
    device: null,
  }

/** Whether a packet leaves by a device with a translated source. */
const translationOf = ({ packet, translated }: Left, device: string | null): Translation => {
  const { untrackedBy, states } = packet
  if (untrackedBy && states.includes('untracked')) {
    const by: Ending = { ...untrackedBy, action: { do: 'accept' }, certain: states.length === 1 }
    return { masked: states.length === 1 ? 'no' : 'unclear', by, device }
  }
  return { masked: translated.done, by: translated.by, device }
}

const isForeign = ({ addresses }: GuestPath, address: number): boolean =>
  addresses !== undefined && ![...addresses.values()].some((own) => own.includes(address))

const simulateOne = (world: World, first: Packet): Simulation => {
  const { path } = world
  const entered = enterHost(world, first)
  const { packet, translated } = entered
  const out = (blocking: readonly Blocking[]) =>
    blocking.map((one) => ({ ...one, direction: 'out' as const }))
  const problems: PathProblem[] = []
  const redirect = translated.by
  if (redirect?.action.do === 'dnat')
    problems.push({ kind: 'redirected', by: redirect, to: redirect.action.to?.address ?? null })
  const route = routeOf(path, packet)
  if (route?.to === 'nowhere') problems.push({ kind: 'no-route', why: route.why })
  const blocking: BlockingRule[] = out(entered.blocking)
  if (route?.to === 'host')
    blocking.push(...out(passHook(world.chains, world.tables, 'input', packet).blocking))
  // What ends at this host still tells what becomes of everything else that the guest sends.
  const onward = route?.to === 'host' ? track({ ...first, mark: packet.mark }, 'new') : packet
  const devices: readonly (string | null)[] = route?.to === 'forward' ? route.devices : [path.uplink]
  const translations = devices.map((device) => {
    const left = leaveHost(world, onward, device)
    const translation = translationOf(left, device)
    if (route?.to !== 'host') {
      const { blocking: returning, problem } = comeBack(world, first, left, device)
      blocking.push(
        ...out(left.blocking),
        ...returning.map((one) => ({ ...one, direction: 'back' as const })),
      )
      if (problem) problems.push(problem)
    }
    const { by, masked } = translation
    const address = by?.action.do === 'snat' ? by.action.to.address : null
    if (by && masked === 'yes' && address !== null && isForeign(path, address))
      problems.push({ kind: 'foreign-source', by, address })
    return translation
  })
  return { blocking, problems, translation: worst(translations) }
}

const sameProblem = (a: PathProblem, b: PathProblem): boolean =>
  a.kind === b.kind &&
  ('by' in a ? a.by.rule : 'rule' in a ? a.rule : a.why) ===
    ('by' in b ? b.by.rule : 'rule' in b ? b.rule : b.why)

/** Simulates what the guest sends first, and the answers. */
export const simulate = (chains: readonly Chain[], path: GuestPath): Simulation => {
  const world = { chains, tables: tablesOf(chains), path }
  const each = firstOf(path).map((first) => simulateOne(world, first))
  const blocking = each.flatMap((one) => one.blocking).sort((a, b) => Number(b.certain) - Number(a.certain))
  const problems = each.flatMap((one) => one.problems)
  return {
    blocking: blocking.filter(
      (one, at) =>
        blocking.findIndex((other) => other.base === one.base && other.direction === one.direction) === at,
    ),
    problems: problems.filter((one, at) => problems.findIndex((other) => sameProblem(one, other)) === at),
    translation: worst(each.map(({ translation }) => translation)),
  }
}
