/** What the checks say of a host's rules, beside what the kernel did with the packets of a guest. */
import { forwardPolicy } from '../../checks/forward-policy.ts'
import { nat } from '../../checks/nat.ts'
import type { Host } from '../../src/host/host.ts'
import { configWith } from './config.ts'

/** What the kernel did: answered and asked, and the sources that the server saw. */
export interface KernelVerdict {
  /** Where the rules come from. */
  readonly about: string
  readonly dns: readonly [number, number]
  readonly https: readonly [number, number]
  readonly sources: readonly string[]
  /** An answer of the checks that is right although the packets show something else, and why. */
  readonly accepted?: { readonly forward?: string; readonly nat?: string; readonly why: string }
}

export interface Verdicts {
  readonly forward: string
  readonly nat: string
  readonly found: Readonly<Record<'forward' | 'nat', string>>
}

const config = configWith()

const textOf = (verdict: object): string =>
  'found' in verdict ? String(verdict.found) : 'reason' in verdict ? String(verdict.reason) : ''

/** What both checks say of a host: "ok", "warn", "fail". */
export const verdictsOn = async (host: Host): Promise<Verdicts> => {
  const forward = forwardPolicy.judge(
    JSON.parse(JSON.stringify(await forwardPolicy.probe(host, config))),
    config,
  )
  const masked = nat.judge(JSON.parse(JSON.stringify(await nat.probe(host, config))), config)
  return {
    forward: forward.status,
    nat: masked.status,
    found: { forward: textOf(forward), nat: textOf(masked) },
  }
}

/** What the kernel's behaviour means; null where it says nothing, since nothing got out. */
export const truthOf = ({ dns, https, sources }: KernelVerdict): { forward: string; nat: string | null } => ({
  forward: [dns, https].every(([answered, asked]) => answered === asked) ? 'ok' : 'fail',
  nat: sources.length === 0 ? null : sources.includes('192.168.249.2') ? 'fail' : 'ok',
})

export type Score = 'right' | 'unsure' | 'wrong'

/** A warning is an honest "maybe", whatever the kernel does. */
export const scoreOf = (verdict: string, truth: string | null): Score =>
  truth === null || verdict === truth ? 'right' : verdict === 'warn' ? 'unsure' : 'wrong'
