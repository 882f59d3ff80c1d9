/** Why a guest that has booted does not answer, or whose first boot did not go as the seed says. */

import { addressOf } from '../util/address.ts'
import type { CauseRule } from './cause-rule.ts'
import { type Evidence, guestAddresses } from './evidence.ts'

const address = ({ config }: Evidence): string => addressOf(config.guest_address)
const isUp = ({ reached }: Evidence) => reached.login !== undefined || reached['cloud-init'] !== undefined
/** A refusal is an answer, too. */
const noAnswer = (seen: Evidence) =>
  isUp(seen) &&
  seen.expected.includes('ssh') &&
  seen.reached.ping === undefined &&
  seen.reached.ssh === undefined &&
  !seen.sshRefused
const mac = ({ config }: Evidence) => config.guest_mac.toLowerCase()
const wrongSeed = {
  check: 'cloud-init',
  hint: '`chv-doctor fix cloud-init` makes a seed that agrees with the configuration.',
}

export const networkCauses: readonly CauseRule[] = [
  {
    id: 'no-seed',
    fits: ({ text, expected }) =>
      expected.includes('cloud-init') &&
      /Datasource DataSourceNone|Used fallback datasource|No datasource found|cloud-init.*disabled by cloud-init-generator/i.test(
        text,
      ),
    say: () => ({
      what: 'cloud-init did not find its seed.',
      why: 'A NoCloud seed is a FAT or ISO 9660 file system labelled CIDATA with user-data and meta-data in its root. Without it there is no user, no ssh key and no address.',
      check: 'cloud-init',
      hint: '`chv-doctor check cloud-init` looks into the seed, `chv-doctor fix cloud-init` makes a new one.',
    }),
  },
  {
    id: 'seed-not-ours',
    fits: (seen) =>
      noAnswer(seen) &&
      guestAddresses(seen.text).some((one) => one.mac === mac(seen) && one.address === null),
    say: (seen) => ({
      what: `The guest's interface ${mac(seen)} has no address.`,
      why: 'The network-config in the seed matches another MAC, so that nothing configures this one.',
      ...wrongSeed,
    }),
  },
  {
    id: 'mac-mismatch',
    fits: (seen) =>
      noAnswer(seen) &&
      guestAddresses(seen.text).some((one) => one.mac !== null) &&
      !guestAddresses(seen.text).some((one) => one.mac === mac(seen)),
    say: (seen) => ({
      what: `The guest has no interface with the MAC ${mac(seen)}.`,
      why: `It has ${[...new Set(guestAddresses(seen.text).flatMap((one) => one.mac ?? []))].join(', ')}: the command gives it another MAC than the configuration and the seed.`,
      hint: 'Leave mac= to chv-doctor, or set `guest_mac` to the one that you want.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'other-address',
    fits: (seen) =>
      noAnswer(seen) &&
      guestAddresses(seen.text).some(
        (one) => one.mac === mac(seen) && one.address !== null && one.address !== address(seen),
      ),
    say: (seen) => ({
      what: `The guest has the address ${guestAddresses(seen.text).find((one) => one.mac === mac(seen) && one.address)?.address}, and ${address(seen)} is expected.`,
      why: 'It was booted before with another seed, or the seed says something else than the configuration.',
      ...wrongSeed,
    }),
  },
  {
    id: 'cloud-init-error',
    fits: ({ text, expected, reached }) =>
      expected.includes('cloud-init') &&
      (/(?:cloud-init\[\d+\]:|util\.py\[WARNING\]:|Traceback \(most recent call last\)).*(?:ERROR|CRITICAL|WARNING|Traceback|failed)/i.test(
        text,
      ) ||
        /\[FAILED\][^\n]*[Cc]loud/.test(text)) &&
      (reached['cloud-init'] === undefined || reached.ping === undefined),
    say: ({ text }) => ({
      what: 'cloud-init reported an error in the guest.',
      why: `It says: "${/(?:^[^\n]*(?:cloud-init\[\d+\]:|util\.py\[WARNING\]:)[^\n]*(?:ERROR|CRITICAL|WARNING|failed)[^\n]*|^[^\n]*\[FAILED\][^\n]*[Cc]loud[^\n]*)$/im.exec(text)?.[0]?.trim() ?? 'a traceback, see the console'}".`,
      hint: 'Log in on the console and read /var/log/cloud-init.log; `cloud-init status --long` names the module.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'cloud-init-unfinished',
    fits: ({ expected, reached }) =>
      expected.includes('cloud-init') && reached.login !== undefined && reached['cloud-init'] === undefined,
    say: ({ text }) => ({
      what: 'The guest shows a login prompt, but cloud-init has not finished.',
      why: /[Cc]loud-init/.test(text)
        ? 'One of its modules waits: mostly for the network, or for packages.'
        : 'It printed nothing at all: the image has no cloud-init, or has it switched off.',
      hint: 'Log in on the console: `cloud-init status --long` says what it is doing.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'guest-firewall',
    fits: (seen) => noAnswer(seen) && seen.neighbour === mac(seen),
    say: (seen) => ({
      what: `The guest has ${address(seen)}, but does not answer to ping.`,
      why: 'It answers to ARP with the right MAC: the path works, and a firewall in the guest, or on this host, drops the packets.',
      hint: 'Look at the rules in the guest (`nft list ruleset`) and on this host.',
    }),
  },
  {
    id: 'address-taken',
    fits: (seen) => noAnswer(seen) && seen.neighbour !== null && seen.neighbour !== mac(seen),
    say: (seen) => ({
      what: `Somebody else has ${address(seen)}: ${seen.neighbour} answers for it.`,
      why: `The guest's MAC is ${mac(seen)}.`,
      hint: 'Stop the other machine, or set `guest_address` to a free one and make a new seed.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'no-network',
    fits: noAnswer,
    say: (seen) => ({
      what: `The guest has booted, but nothing answers at ${address(seen)}.`,
      why: 'Nobody answers to ARP for it on the TAP: the guest has another address or none. The usual reasons are a seed with another MAC or subnet, and a guest that was first booted with such a seed.',
      hint: "`chv-doctor check` looks at the seed, the TAP and the host's address on it.",
      check: 'cloud-init',
    }),
  },
  {
    id: 'no-ssh',
    fits: (seen) => isUp(seen) && seen.expected.includes('ssh') && seen.reached.ssh === undefined,
    say: (seen) => ({
      what: seen.sshRefused
        ? 'The guest answers, but no ssh server runs in it.'
        : 'The guest answers, but its ssh port does not.',
      why: seen.sshRefused
        ? 'Port 22 is refused: the image has no ssh server, or it has not started.'
        : 'A firewall in the guest drops it, or the server hangs.',
      hint: 'Log in on the console: `systemctl status ssh`.',
    }),
  },
]
