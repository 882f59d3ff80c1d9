/** Notes on a verified boot beside its verdict: mostly what was not tried, and why. */
import type { Config } from '../config/keys.ts'
import type { Outlet } from '../network/mtu.ts'
import type { Argv } from '../util/argv.ts'
import type { Evidence } from './evidence.ts'
import { guestAddresses } from './evidence.ts'
import { wellKnownName } from './inside.ts'
import type { NoLogin } from './login-key.ts'
import type { Milestone } from './milestones.ts'
import type { Outcome, PowerOff } from './outcome.ts'
import { otherDisks } from './throwaway-disk.ts'

interface NotesInput {
  readonly config: Config
  readonly seedAttached: boolean
  /** Why a login is impossible; null where it is possible. */
  readonly noLogin: NoLogin | null
  readonly evidence: Evidence
  readonly powerOff: PowerOff
  readonly disk: Outcome['disk']
  readonly command: Argv
  readonly notTried: ReadonlySet<Milestone>
  /** What the packets of the guest leave this host through; null where none do, or it is not known. */
  readonly outlet: Outlet | null
}

/** A login and a name take small packets alone. */
const mtuNotes = ({ evidence, outlet }: NotesInput): readonly string[] => {
  const mtu = evidence.inside?.mtu ?? null
  if (mtu === null || outlet === null || mtu <= outlet.mtu) return []
  return [
    `the guest sends packets of ${mtu} bytes, and ${outlet.device} takes ${outlet.mtu}: large ones may be lost, so that ping works and TLS hangs; see \`chv-doctor explain tap-mtu\``,
  ]
}

const dhcpNote = ({ config, evidence }: NotesInput): string => {
  const own = guestAddresses(evidence.text).findLast(
    ({ mac, address }) => mac === config.guest_mac.toLowerCase() && address !== null,
  )
  return `the network was not tried: the address of the guest comes from DHCP and is not known here${own ? `; cloud-init printed ${own.address}` : ''}. Set \`guest_address\` to have it tried`
}

const networkNotes = (noted: NotesInput): readonly string[] => {
  const { config, noLogin, evidence, notTried } = noted
  if (config.network === 'none') return []
  if (config.guest_address === 'dhcp') return [dhcpNote(noted)]
  return [
    ...(notTried.has('ping') ? ['ping was not tried: it is not installed, or this user may not run it'] : []),
    ...(noLogin ? [`the inside of the guest was not inspected: ${noLogin.reason}`] : []),
    ...(!noLogin && notTried.has('host')
      ? ['whether the guest reaches this host was not tried: it has no ping, or its user may not run it']
      : []),
    ...(!noLogin && notTried.has('name')
      ? [
          evidence.inside?.name === 'unknown'
            ? 'whether the guest resolves a name was not tried: it has no getent'
            : `whether the guest resolves a name was not tried: this host does not resolve ${wellKnownName} either`,
        ]
      : []),
  ]
}

/** What a power-off by force left on the disk; null where nothing was cut. */
export const cutNote = (
  config: Config,
  evidence: Evidence,
  powerOff: PowerOff,
  disk: Outcome['disk'],
): string | null => {
  if (disk !== 'on-disk' || powerOff.by === 'power-button' || powerOff.by === 'itself') return null
  const { reached, expected } = evidence
  if (reached.kernel === undefined && reached.login === undefined && reached.ssh === undefined) return null
  return expected.includes('cloud-init') && reached['cloud-init'] === undefined
    ? `the guest was cut off before cloud-init had finished: ${config.disk} may hold a half-configured guest, without host keys, user or network. Remove it and run \`chv-doctor fix disk-image\` to start from the image`
    : `the guest was cut off while it ran: its file systems on ${config.disk} recover at the next boot, and its last writes may be lost`
}

const diskNotes = ({ config, evidence, powerOff, disk, command }: NotesInput): readonly string[] => {
  const cut = cutNote(config, evidence, powerOff, disk)
  const others = disk === 'on-disk' ? [] : otherDisks(command, config.disk)
  return [
    ...(cut === null ? [] : [cut]),
    ...(others.length > 0
      ? [`the guest could write to the other disks of the command: ${others.join(', ')}`]
      : []),
  ]
}

/** @returns sentences without their full stop */
export const notesOn = (noted: NotesInput): readonly string[] => [
  ...(noted.seedAttached ? [] : ['the seed was not attached: cloud-init has applied it, see attach_seed']),
  ...diskNotes(noted),
  ...networkNotes(noted),
  ...mtuNotes(noted),
]
