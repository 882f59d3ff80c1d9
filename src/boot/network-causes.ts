/** Causes of a guest that has booted but does not answer, or to which the seed was not applied. */
import { addressOf } from '../util/address.ts'
import type { CauseRule } from './cause-rule.ts'
import { type Evidence, guestAddresses } from './evidence.ts'

const address = ({ config }: Evidence): string => addressOf(config.guest_address)
const isUp = ({ reached }: Evidence) => reached.login !== undefined || reached['cloud-init'] !== undefined
/** A refused connection is an answer, too. */
const noAnswer = (seen: Evidence) =>
  isUp(seen) &&
  seen.expected.includes('ssh') &&
  seen.reached.ping === undefined &&
  seen.reached.ssh === undefined &&
  !seen.sshRefused
const mac = ({ config }: Evidence) => config.guest_mac.toLowerCase()
const wrongSeed = {
  check: 'cloud-init',
  hint: '`chv-doctor fix cloud-init` creates a seed that agrees with the configuration.',
}

export const networkCauses: readonly CauseRule[] = [
  {
    id: 'no-seed',
    matches: ({ text, expected }) =>
      expected.includes('cloud-init') &&
      /Datasource DataSourceNone|Used fallback datasource|No datasource found|cloud-init.*disabled by cloud-init-generator/i.test(
        text,
      ),
    describe: () => ({
      what: 'cloud-init did not find its seed.',
      why: 'A NoCloud seed is a FAT or ISO 9660 file system labelled CIDATA with user-data and meta-data in its root. Without it there is no user, no ssh key and no address.',
      check: 'cloud-init',
      hint: '`chv-doctor check cloud-init` inspects the seed, `chv-doctor fix cloud-init` creates a new one.',
    }),
  },
  {
    id: 'seed-mac-mismatch',
    matches: (seen) =>
      noAnswer(seen) &&
      guestAddresses(seen.text).some((one) => one.mac === mac(seen) && one.address === null),
    describe: (seen) => ({
      what: `The guest's interface ${mac(seen)} has no address.`,
      why: 'The network-config in the seed matches another MAC, so this interface is not configured.',
      ...wrongSeed,
    }),
  },
  {
    id: 'mac-mismatch',
    matches: (seen) =>
      noAnswer(seen) &&
      guestAddresses(seen.text).some((one) => one.mac !== null) &&
      !guestAddresses(seen.text).some((one) => one.mac === mac(seen)),
    describe: (seen) => ({
      what: `The guest has no interface with the MAC ${mac(seen)}.`,
      why: `It has ${[...new Set(guestAddresses(seen.text).flatMap((one) => one.mac ?? []))].join(', ')}: the command gives it another MAC than the configuration and the seed.`,
      hint: 'Remove mac= from the arguments, or set `guest_mac` to that MAC.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'other-address',
    matches: (seen) =>
      noAnswer(seen) &&
      guestAddresses(seen.text).some(
        (one) => one.mac === mac(seen) && one.address !== null && one.address !== address(seen),
      ),
    describe: (seen) => ({
      what: `The guest has the address ${guestAddresses(seen.text).find((one) => one.mac === mac(seen) && one.address)?.address}, and ${address(seen)} is expected.`,
      why: 'It was booted before with another seed, or the seed differs from the configuration.',
      ...wrongSeed,
    }),
  },
  {
    id: 'cloud-init-error',
    matches: ({ text, expected, reached }) =>
      expected.includes('cloud-init') &&
      (/(?:cloud-init\[\d+\]:|util\.py\[WARNING\]:|Traceback \(most recent call last\)).*(?:ERROR|CRITICAL|WARNING|Traceback|failed)/i.test(
        text,
      ) ||
        /\[FAILED\][^\n]*[Cc]loud/.test(text)) &&
      (reached['cloud-init'] === undefined || reached.ping === undefined),
    describe: ({ text }) => ({
      what: 'cloud-init reported an error in the guest.',
      why: `The console has: "${/(?:^[^\n]*(?:cloud-init\[\d+\]:|util\.py\[WARNING\]:)[^\n]*(?:ERROR|CRITICAL|WARNING|failed)[^\n]*|^[^\n]*\[FAILED\][^\n]*[Cc]loud[^\n]*)$/im.exec(text)?.[0]?.trim() ?? 'a traceback, see the console'}".`,
      hint: 'Log in on the console and read /var/log/cloud-init.log; `cloud-init status --long` names the module.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'cloud-init-unfinished',
    matches: ({ expected, reached }) =>
      expected.includes('cloud-init') && reached.login !== undefined && reached['cloud-init'] === undefined,
    describe: ({ text }) => ({
      what: 'The guest shows a login prompt, but cloud-init has not finished.',
      why: /[Cc]loud-init/.test(text)
        ? 'One of its modules waits, usually for the network or for packages.'
        : 'It printed nothing: the image has no cloud-init, or has it disabled.',
      hint: 'Log in on the console: `cloud-init status --long` shows what it is doing.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'guest-firewall',
    matches: (seen) => noAnswer(seen) && seen.neighbour === mac(seen),
    describe: (seen) => ({
      what: `The guest has ${address(seen)}, but does not answer ping.`,
      why: 'It answers ARP with the expected MAC: a firewall in the guest or on this host drops the packets.',
      hint: 'Read the firewall rules in the guest (`nft list ruleset`) and on this host.',
    }),
  },
  {
    id: 'address-taken',
    matches: (seen) => noAnswer(seen) && seen.neighbour !== null && seen.neighbour !== mac(seen),
    describe: (seen) => ({
      what: `Another machine has ${address(seen)}: ${seen.neighbour} answers for it.`,
      why: `The guest's MAC is ${mac(seen)}.`,
      hint: 'Stop the other machine, or set `guest_address` to a free one and make a new seed.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'no-network',
    matches: noAnswer,
    describe: (seen) => ({
      what: `The guest has booted, but nothing answers at ${address(seen)}.`,
      why: 'ARP for it gets no reply on the TAP: the guest has another address or none. The usual reasons are a seed with another MAC or subnet, and a guest that was first booted with such a seed.',
      hint: "`chv-doctor check` inspects the seed, the TAP and the host's address on it.",
      check: 'cloud-init',
    }),
  },
  {
    id: 'no-ssh',
    matches: (seen) => isUp(seen) && seen.expected.includes('ssh') && seen.reached.ssh === undefined,
    describe: (seen) => ({
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
