/** The evidence about a guest that the causes are judged by. */
import type { Config } from '../config/keys.ts'
import type { LoginAnswer } from '../host/login.ts'
import type { GuestReport } from './inside.ts'
import type { Milestone } from './milestones.ts'

export interface Evidence {
  readonly config: Config
  readonly arch: string
  readonly expected: readonly Milestone[]
  readonly reached: Partial<Record<Milestone, number>>
  /** Output on the console that `boot` shows, without control codes. */
  readonly text: string
  /** Output on the other console, without control codes. */
  readonly otherConsoleText: string
  /** The console that `boot` shows. */
  readonly shown: 'serial' | 'console'
  /** How often the guest was reset. */
  readonly resets: number
  /** The guest powered itself off, or Cloud Hypervisor ended. */
  readonly ended: boolean
  /** Milliseconds without output on the console, at the end of the wait. */
  readonly quietMs: number
  readonly waitedMs: number
  /** The MAC that answers ARP for guest_address on the TAP; null when none does. */
  readonly neighbour: string | null
  /** Port 22 was refused: the guest answers, but has no ssh server. */
  readonly sshRefused: boolean
  /** The result of the last login by ssh; null when none has finished. */
  readonly login: LoginAnswer | null
  /** The last report from inside the guest; null when there was none. */
  readonly inside: GuestReport | null
}

/** An interface of the guest with its address, as cloud-init prints it. */
export interface GuestAddress {
  readonly device: string
  readonly up: boolean
  readonly address: string | null
  readonly mac: string | null
}

/**
 * Parses the table "Net device info" that cloud-init prints on the console:
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
