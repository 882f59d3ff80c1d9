/** Commands that add rules to a firewall, each with its undo; what is gone already is no error. */
import type { RunStep } from '../contract/step.ts'
import type { Argv } from '../util/argv.ts'
import { words } from './iptables-save.ts'
import { type OwnRule, ownChain, ownComment, ownTable } from './own-rules.ts'
import type { Chain } from './rules.ts'

/** The guest that the rules are for. */
export interface Guest {
  readonly tap: string
  readonly subnet: string
  /** A file that is gone after a reboot, as the rules are: there is nothing to undo then. */
  readonly marker: string
}

type Where = Pick<Chain, 'origin' | 'family' | 'table' | 'name'>

const step = ({ marker }: Guest, why: string, argv: Argv, ...undo: Argv[]): RunStep => ({
  kind: 'run',
  argv,
  root: true,
  why,
  undo,
  undoWhile: marker,
})

/**
 * One transaction: nft puts its arguments together again, and carries out all commands in them or none.
 * @param commands each as one or more words, so that they can be shown on several lines
 */
const nft = (...commands: readonly (readonly string[])[]): Argv => [
  'nft',
  ...commands.flatMap((words, index) =>
    index === commands.length - 1 ? words : [...words.slice(0, -1), `${words.at(-1)};`],
  ),
]

/** Takes a rule of iptables out where it is there. Program, table and rule are arguments, never part of the text. */
const without = (program: string, table: string, rule: readonly string[]): Argv => [
  'sh',
  '-c',
  'p=$1; shift; ! "$p" -C "$@" 2>/dev/null || exec "$p" -D "$@"',
  'chv-doctor',
  program,
  ...rule,
  '-t',
  table,
]

/** Removes the rules with a comment from a chain: nft deletes by handle, which is known only afterwards. */
const withoutComment = ({ family, table, name }: Where, comment: string): Argv => [
  'sh',
  '-c',
  'nft -a list chain "$1" "$2" "$3" 2>/dev/null | sed -n "s/.* comment \\"$4\\" # handle \\([0-9]*\\)$/delete rule $1 $2 $3 handle \\1/p" | nft -f -',
  'chv-doctor',
  family,
  table,
  name,
  comment,
]

/** The text of a rule as nft lists it: nothing but words, quoted names and its comment. */
const addRule = (
  verb: 'add' | 'insert',
  { family, table, name }: Where,
  ...text: readonly string[]
): readonly string[] => [`${verb} rule ${family} ${table} ${name}`, ...text]

const withoutEmptyTable: Argv = [
  'sh',
  '-c',
  'nft list table inet "$1" 2>/dev/null | grep -q chain || nft delete table inet "$1"',
  'chv-doctor',
  ownTable,
]

/**
 * Masquerade in the table chv_doctor. No uplink is named, so that it still holds when the host moves from a
 * cable to Wi-Fi or into a VPN; what stays in the subnet keeps its address.
 * @param table whether our table is there, null where that cannot be seen
 * @param before the rules that our chain for this TAP has, null when there is no such chain
 */
export const masqueradeByNft = (
  guest: Guest,
  table: boolean | null,
  before: readonly string[] | null,
): RunStep => {
  const { tap, subnet } = guest
  const chain = ownChain(tap)
  const where = { origin: 'nft', family: 'inet', table: ownTable, name: chain } as const
  const full = `inet ${ownTable} ${chain}`
  const make = [
    [`add table inet ${ownTable}`],
    [`add chain ${full}`, '{ type nat hook postrouting priority srcnat; }'],
    [`flush chain ${full}`],
  ]
  // "add" before "delete": what was removed meanwhile is no error.
  const alone = nft([`add table inet ${ownTable}`], [`delete table inet ${ownTable}`])
  const chainAlone = nft(...make, [`delete chain ${full}`])
  const back = before
    ? [nft(...make, ...before.map((text) => addRule('add', where, text)))]
    : table === null
      ? [chainAlone, withoutEmptyTable]
      : [table ? chainAlone : alone]
  const rule = [`ip saddr ${subnet} ip daddr != ${subnet}`, `masquerade comment "${ownComment(tap)}"`]
  return step(
    guest,
    before ? `replace our own rule: masquerade ${subnet}` : `masquerade ${subnet} in the table chv_doctor`,
    nft(...make, addRule('add', where, ...rule)),
    ...back,
  )
}

/** The same for a host that runs iptables. */
export const masqueradeByIptables = (guest: Guest, program: string): RunStep => {
  const { tap, subnet } = guest
  const comment = ['-m', 'comment', '--comment', ownComment(tap)]
  const rule = ['POSTROUTING', '-s', subnet, '!', '-d', subnet, ...comment, '-j', 'MASQUERADE']
  return step(
    guest,
    `masquerade ${subnet}`,
    [program, '-t', 'nat', '-A', ...rule],
    without(program, 'nat', rule),
  )
}

const directions = { out: 'what the guest sends', back: 'the answers to it' } as const

/** Lets one direction through at the head of a chain of iptables. */
export const acceptByIptables = (
  guest: Guest,
  program: string,
  table: string,
  chain: string,
  direction: 'out' | 'back',
): RunStep => {
  const { tap, subnet } = guest
  const match =
    direction === 'out'
      ? ['-i', tap, '-s', subnet]
      : ['-o', tap, '-d', subnet, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED']
  const rule = [chain, ...match, '-m', 'comment', '--comment', ownComment(tap), '-j', 'ACCEPT']
  return step(
    guest,
    `let ${directions[direction]} through ${chain}`,
    [program, '-t', table, '-I', ...rule],
    without(program, table, rule),
  )
}

/** Lets both directions through at the head of a chain of nft that another program made. */
export const acceptByNft = (guest: Guest, where: Where, which: readonly ('out' | 'back')[]): RunStep => {
  const { tap, subnet } = guest
  const comment = `comment "${ownComment(tap)}"`
  const texts = {
    out: [`iifname "${tap}" ip saddr ${subnet}`, `accept ${comment}`],
    back: [`oifname "${tap}" ip daddr ${subnet} ct state established,related`, `accept ${comment}`],
  }
  return step(
    guest,
    `let ${which.map((direction) => directions[direction]).join(' and ')} through ${where.family} ${where.table} ${where.name}`,
    nft(...which.map((direction) => addRule('insert', where, ...texts[direction]))),
    withoutComment(where, ownComment(tap)),
  )
}

/** ufw keeps its rules itself, over reboots too. The rule goes first: one behind a deny would not help. */
export const acceptByUfw = ({ tap, subnet }: Guest): RunStep => ({
  kind: 'run',
  argv: ['ufw', 'route', 'prepend', 'allow', 'in', 'on', tap, 'from', subnet, 'comment', ownComment(tap)],
  root: true,
  why: 'let what the guest sends through ufw',
  undo: [['ufw', 'route', 'delete', 'allow', 'in', 'on', tap, 'from', subnet]],
  undoWhile: '/etc/ufw',
})

/** firewalld has one zone that forwards to all others, on every host: trusted. It also opens the host to the guest. */
export const acceptByFirewalld = (guest: Guest): RunStep =>
  step(
    guest,
    "put the TAP into firewalld's zone trusted, until firewalld is reloaded",
    ['firewall-cmd', '--zone=trusted', `--add-interface=${guest.tap}`],
    [
      'sh',
      '-c',
      '! firewall-cmd --quiet --zone=trusted --query-interface="$1" || exec firewall-cmd --zone=trusted --remove-interface="$1"',
      'chv-doctor',
      guest.tap,
    ],
  )

/** Removes a rule that the fix made for an earlier setup from a chain of another program. */
export const removeStale = (
  guest: Guest,
  { chain, text, handle, position }: OwnRule,
  program: string,
): RunStep => {
  const why = `remove our rule for an earlier setup from ${chain.name}`
  if (chain.origin === 'nft') {
    const { family, table, name } = chain
    const at =
      position > 1
        ? [`add rule ${family} ${table} ${name} index ${position - 2}`, text]
        : addRule('insert', chain, text)
    return step(guest, why, nft([`delete rule ${family} ${table} ${name} handle ${handle}`]), nft(at))
  }
  const [, , ...rule] = words(text)
  const base = [program, '-t', chain.table] as const
  return step(
    guest,
    why,
    [...base, '-D', chain.name, ...rule],
    [...base, '-I', chain.name, String(position), ...rule],
  )
}
