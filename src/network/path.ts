/** The path of a guest's packets through this host, and what may be found on it. */
import type { RouteAnswer } from './guest-route.ts'
import type { Blocking } from './hooks.ts'
import type { Chain, Ending, Rule } from './rules.ts'

type Direction = 'out' | 'back'

/** A base chain that does not let a packet of the guest through, or may not. */
export interface BlockingRule extends Blocking {
  readonly direction: Direction
}

/** What else keeps the guest from an answer. */
export type PathProblem =
  /** Its packets are sent to another address: whether that one answers is not known. */
  | { readonly kind: 'redirected'; readonly by: Ending; readonly to: number | null }
  /** The kernel has no route for it. */
  | { readonly kind: 'no-route'; readonly why: string }
  /** It leaves with an address that this host does not have: answers may go elsewhere. */
  | { readonly kind: 'foreign-source'; readonly by: Ending; readonly address: number }
  /** The answers are not tracked, so that the translation is not undone. */
  | { readonly kind: 'untracked-answer'; readonly chain: Chain; readonly rule: Rule }

export interface Translation {
  /** Whether the guest's packets leave with another address than its own. */
  readonly masked: 'yes' | 'no' | 'unclear'
  /** The ending that does it, or may. */
  readonly by: Ending | null
  /** The interface by which they leave; null where that is not known. */
  readonly device: string | null
}

export interface GuestPath {
  readonly tap: string
  /** Address of the guest, with or without prefix length. */
  readonly guest: string
  /** Null while the host has no default route. */
  readonly uplink: string | null
  readonly mac?: string | null
  /** What the kernel answered, by `questionKey`; what was not asked leaves by the uplink. */
  readonly routes?: ReadonlyMap<string, RouteAnswer>
  /** The addresses of this host by interface; absent where they were not read. */
  readonly addresses?: ReadonlyMap<string, readonly number[]>
}

export interface Simulation {
  /** One for each base chain and direction, certain ones first. */
  readonly blocking: readonly BlockingRule[]
  readonly problems: readonly PathProblem[]
  readonly translation: Translation
}
