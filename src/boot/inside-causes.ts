/** Why a guest that answers from outside is not in order within. */

import { addressOf } from '../util/address.ts'
import type { CauseRule } from './cause-rule.ts'
import { consoleReader } from './console-text.ts'
import type { Evidence } from './evidence.ts'
import { isOurs, wellKnownName } from './inside.ts'
import type { Milestone } from './milestones.ts'

const lacks =
  (step: Milestone) =>
  ({ expected, reached }: Evidence): boolean =>
    expected.includes(step) && reached[step] === undefined
const noUser = (seen: Evidence) => lacks('user')(seen) && seen.reached.ssh !== undefined
const noName = (seen: Evidence) => lacks('name')(seen) && seen.reached.user !== undefined
const address = ({ config }: Evidence): string => addressOf(config.guest_address)
const servers = ({ config }: Evidence): string => config.nameservers.join(', ')
/** Words of the guest: without control codes, and not too many of them. */
const shown = (text: string): string => consoleReader().feed(text).replace(/\.$/, '').slice(0, 200)
const said = ({ login, inside, config }: Evidence): string => {
  if (login === null) return 'No login has ended.'
  if (login.kind !== 'in') return `It says: "${shown(login.said)}".`
  return inside === null
    ? 'The login worked, but its shell ran nothing: it may be no shell, or its start-up files end it.'
    : `It is ${inside.user} who is logged in, not ${config.guest_user}.`
}

export const insideCauses: readonly CauseRule[] = [
  {
    id: 'address-taken',
    fits: (seen) => noUser(seen) && seen.inside !== null && !isOurs(seen.inside, seen.config),
    say: (seen) => ({
      what: seen.inside?.mac
        ? `The guest does not have ${address(seen)} on the interface with its MAC.`
        : `Somebody else has ${address(seen)}: ${seen.config.guest_user} could log in there, but it has no interface ${seen.config.guest_mac.toLowerCase()}.`,
      why: seen.inside?.mac
        ? `${seen.config.guest_mac.toLowerCase()} has ${seen.inside.addresses?.join(', ') || 'none'} there.`
        : 'Another machine with the same key in its seed answers first; mostly another guest.',
      hint: 'Stop the other machine, or set `guest_address` to a free one and make a new seed.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'ssh-key',
    fits: (seen) => noUser(seen) && seen.login?.kind === 'denied',
    say: (seen) => ({
      what: `The guest does not let ${seen.config.guest_user} in with the ssh key of the seed.`,
      why: `There is no such user in it, or it has another key: it was first booted with another seed, whose settings it keeps, or cloud-init could not carry this one out. ${said(seen)}`,
      hint: 'Log in on the console: `cloud-init status --long` names a module that failed; the keys are in ~/.ssh/authorized_keys. A fresh disk starts over.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'ssh-login',
    fits: noUser,
    say: (seen) => ({
      what: `An ssh server answers, but ${seen.config.guest_user} could not log in.`,
      why: said(seen),
      hint: 'Log in on the console: `systemctl status ssh` and `journalctl -u ssh` say what became of it.',
    }),
  },
  {
    id: 'no-way-to-host',
    fits: (seen) => lacks('host')(seen) && seen.reached.user !== undefined,
    say: (seen) => ({
      what: `The guest answers, but gets no answer itself from this host, ${addressOf(seen.config.gateway_address)}.`,
      why: `The way works in both directions, or there had been no login. A firewall drops what the guest begins: on this host what comes in from ${seen.config.tap}, or in the guest what goes out.`,
      hint: `Look at the input rules of this host (\`sudo nft list ruleset\`) and let ICMP from ${seen.config.tap} in.`,
    }),
  },
  {
    id: 'no-way-out',
    fits: (seen) => noName(seen) && seen.inside?.way === 'no',
    say: (seen) => ({
      what: `The guest does not get out: it reaches none of its name servers, ${servers(seen)}.`,
      why:
        seen.config.network === 'tap'
          ? 'This host does not forward its packets, does not give them its own address (masquerade), or a firewall drops them. Or the network here lets nobody reach those servers.'
          : 'The router of the bridge does not let it out, or is another one than the seed says.',
      hint:
        seen.config.network === 'tap'
          ? '`chv-doctor explain network` shows the way with the broken hop marked; its checks are `ip-forward`, `nat`, `forward-policy`, and `guest-dns` for the servers.'
          : '`ip route` in the guest names its router; it must be one that knows the guest.',
      ...(seen.config.network === 'tap' ? { check: 'nat' } : {}),
    }),
  },
  {
    id: 'no-names',
    fits: noName,
    say: (seen) => ({
      what: `The guest gets out, but does not resolve ${wellKnownName}.`,
      why: `It reaches a name server (${servers(seen)}), which does not answer its questions; or it asks others: first booted with another seed, it keeps the name servers of that one.`,
      hint: '`resolvectl` or /etc/resolv.conf in the guest names the servers that it asks. Another network may allow only its own: set `nameservers`, then `chv-doctor fix cloud-init`.',
      check: 'guest-dns',
    }),
  },
]
