/** Causes of guests that are reachable but misconfigured. */
import { addressOf } from '../util/address.ts'
import type { CauseRule } from './cause-rule.ts'
import { consoleReader } from './console-text.ts'
import type { Evidence } from './evidence.ts'
import { isConfiguredGuest, wellKnownName } from './inside.ts'
import type { Milestone } from './milestones.ts'

const lacks =
  (milestone: Milestone) =>
  ({ expected, reached }: Evidence): boolean =>
    expected.includes(milestone) && reached[milestone] === undefined
const lacksUser = (seen: Evidence) => lacks('user')(seen) && seen.reached.ssh !== undefined
const lacksName = (seen: Evidence) => lacks('name')(seen) && seen.reached.user !== undefined
const address = ({ config }: Evidence): string => addressOf(config.guest_address)
const servers = ({ config }: Evidence): string => config.nameservers.join(', ')
/** Output of the guest for a message: without control codes, at most 200 characters. */
const printable = (text: string): string => consoleReader().feed(text).replace(/\.$/, '').slice(0, 200)
const loginFailure = ({ login, inside, config }: Evidence): string => {
  if (login === null) return 'No login has finished.'
  if (login.kind !== 'in') return `The answer was: "${printable(login.said)}".`
  return inside === null
    ? 'The login succeeded, but its shell ran nothing: it is not a shell, or its start-up files end it.'
    : `The login is one of ${inside.user}, not of ${config.guest_user}.`
}

export const insideCauses: readonly CauseRule[] = [
  {
    id: 'address-taken',
    matches: (seen) =>
      lacksUser(seen) && seen.inside !== null && !isConfiguredGuest(seen.inside, seen.config),
    describe: (seen) => ({
      what: seen.inside?.mac
        ? `The guest does not have ${address(seen)} on the interface with its MAC.`
        : `Another machine has ${address(seen)}: ${seen.config.guest_user} can log in there, but it has no interface ${seen.config.guest_mac.toLowerCase()}.`,
      why: seen.inside?.mac
        ? `${seen.config.guest_mac.toLowerCase()} has ${seen.inside.addresses?.join(', ') || 'none'} there.`
        : 'A machine with the same key in its seed answers first, usually another guest.',
      hint: 'Stop the other machine, or set `guest_address` to a free one and make a new seed.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'ssh-key',
    matches: (seen) => lacksUser(seen) && seen.login?.kind === 'denied',
    describe: (seen) => ({
      what: `The guest refuses the ssh key of the seed for ${seen.config.guest_user}.`,
      why: `The user does not exist in it or has another key: it was first booted with another seed and keeps those settings, or cloud-init failed to apply this one. ${loginFailure(seen)}`,
      hint: 'Log in on the console: `cloud-init status --long` names a module that failed; the keys are in ~/.ssh/authorized_keys. A new disk starts from the beginning.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'ssh-login',
    matches: lacksUser,
    describe: (seen) => ({
      what: `An ssh server answers, but ${seen.config.guest_user} could not log in.`,
      why: loginFailure(seen),
      hint: 'Log in on the console: `systemctl status ssh` and `journalctl -u ssh` show why.',
    }),
  },
  {
    id: 'host-unreachable',
    matches: (seen) => lacks('host')(seen) && seen.reached.user !== undefined,
    describe: (seen) => ({
      what: `The guest answers, but its own ping of this host, ${addressOf(seen.config.gateway_address)}, gets no reply.`,
      why: `Packets pass in both directions, or the login would have failed. A firewall drops new connections of the guest: incoming ones from ${seen.config.tap} on this host, or outgoing ones in the guest.`,
      hint: `Read the input rules of this host (\`sudo nft list ruleset\`) and accept ICMP from ${seen.config.tap}.`,
    }),
  },
  {
    id: 'no-internet',
    matches: (seen) => lacksName(seen) && seen.inside?.nameServerReachable === 'no',
    describe: (seen) => ({
      what: `The guest has no internet: it reaches none of its name servers, ${servers(seen)}.`,
      why:
        seen.config.network === 'tap'
          ? 'This host does not forward or masquerade its packets, or a firewall drops them; or the network here blocks those servers for every host.'
          : 'The router of the bridge does not forward its packets, or the seed names another router.',
      hint:
        seen.config.network === 'tap'
          ? '`chv-doctor explain network` shows the path with the broken hop marked; its checks are `ip-forward`, `nat`, `forward-policy`, and `guest-dns` for the servers.'
          : '`ip route` in the guest names its router; it must be one that forwards for the guest.',
      ...(seen.config.network === 'tap' ? { check: 'nat' } : {}),
    }),
  },
  {
    id: 'no-dns',
    matches: lacksName,
    describe: (seen) => ({
      what: `The guest has internet, but does not resolve ${wellKnownName}.`,
      why: `It reaches a name server (${servers(seen)}) that does not answer its queries; or it uses other servers, those of the seed that it was first booted with.`,
      hint: '`resolvectl` or /etc/resolv.conf in the guest names the servers that it uses. A network may allow only its own servers: set `nameservers`, then `chv-doctor fix cloud-init`.',
      check: 'guest-dns',
    }),
  },
]
