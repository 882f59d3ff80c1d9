/** Everything that was seen of a guest: what the causes are judged by. */
import type { Config } from '../config/keys.ts'
import type { LoginAnswer } from '../host/login.ts'
import type { GuestReport } from './inside.ts'
import type { Milestone } from './milestones.ts'

export interface Evidence {
  readonly config: Config
  readonly arch: string
  readonly expected: readonly Milestone[]
  readonly reached: Partial<Record<Milestone, number>>
  /** What the guest printed where `boot` shows it, cleaned. */
  readonly text: string
  /** What it printed on the other console, which `boot` does not show. */
  readonly otherConsoleText: string
  /** Which of the two is the shown one. */
  readonly shown: 'serial' | 'console'
  /** How often the machine was reset. */
  readonly resets: number
  /** It switched itself off, or Cloud Hypervisor ended. */
  readonly ended: boolean
  /** Milliseconds without a new word on the console, at the end of the wait. */
  readonly quietMs: number
  readonly waitedMs: number
  /** The MAC that answered for guest_address on the TAP; null when none did. */
  readonly neighbour: string | null
  /** Port 22 was refused: the guest is there, an ssh server is not. */
  readonly sshRefused: boolean
  /** What came of the last login by ssh; null when none was tried, or none has ended. */
  readonly login: LoginAnswer | null
  /** What the guest said about itself at the last login that said anything. */
  readonly inside: GuestReport | null
}

/** An address of the guest, as cloud-init prints it. */
export interface GuestAddress {
  readonly device: string
  readonly up: boolean
  readonly address: string | null
  readonly mac: string | null
}

/**
 * The table "Net device info" that cloud-init prints on the console:
 * "ci-info: |  ens3 | True | 192.168.249.2 | 255.255.255.0 | global | 12:34:56:78:90:ab |".
 */
export const guestAddresses = (text: string): readonly GuestAddress[] =>
  [
    ...text.matchAll(/ci-info: \|([^|\n]*)\|\s*(True|False)\s*\|([^|\n]*)\|[^|\n]*\|[^|\n]*\|([^|\n]*)\|/g),
  ].map(([, device = '', up, address = '', mac = '']) => ({
    device: device.trim(),
    up: up === 'True',
    address: /^\d+(\.\d+){3}$/.test(address.trim()) ? address.trim() : null,
    mac: /^[0-9a-f:]{17}$/i.test(mac.trim()) ? mac.trim().toLowerCase() : null,
  }))
