/** What a guest says about itself to somebody who has logged in: one constant script, and its answers. */
import type { Config } from '../config/keys.ts'
import { addressOf } from '../util/address.ts'
import type { Milestone } from './milestones.ts'

/**
 * A name of the internet: where the packages of a Debian guest come from, with an address in every part
 * of the world. It is only looked up, and only where this host can look it up itself.
 */
export const wellKnownName = 'deb.debian.org'

/** Which of the questions make sense: "-" leaves one out. */
const none = '-'

/**
 * $1 the MAC, $2 the address to ping, $3 the name, then the name servers. The guest's own shell start-up
 * files may print what they like: our lines have a mark. Names that nobody answers for take the resolver of
 * glibc 3 s for each server and each of A and AAAA.
 */
export const insideScript = `
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C RES_OPTIONS='timeout:3 attempts:1'
export PATH LC_ALL RES_OPTIONS
mac=$1 host=$2 name=$3
shift 3
say() { printf 'chv-doctor: %s %s\\n' "$1" "$2"; }
has() { command -v "$1" >/dev/null 2>&1; }
within() { if has timeout; then timeout "$@"; else shift; "$@"; fi; }
# 0: it answers, 1: it does not, 2: this user cannot ask.
reach() {
  has ping || return 2
  heard=$(ping -n -c 1 -W 2 "$1" 2>&1 </dev/null) && return 0
  case $heard in *socket*ermi*|*'are you root'*|*rivilege*) return 2 ;; esac
  return 1
}
say user "$(id -un)"
found=no
for one in /sys/class/net/*; do
  [ "$(cat "$one/address" 2>/dev/null)" = "$mac" ] || continue
  found=yes
  has ip && ip -4 -o addr show dev "\${one##*/}" </dev/null 2>/dev/null |
    while read -r _ _ _ address _; do say address "\${address%%/*}"; done
done
say mac $found
has ip || say address unknown
if [ "$host" != ${none} ]; then
  reach "$host"
  case $? in 0) say host yes ;; 1) say host no ;; *) say host unknown ;; esac
fi
if [ "$name" != ${none} ]; then
  if ! has getent; then say name unknown
  elif within 15 getent hosts "$name" >/dev/null 2>&1 </dev/null; then say name yes
  else
    way=no
    for server in "$@"; do
      if reach "$server" || within 3 bash -c ': < "/dev/tcp/$1/53"' ask "$server" >/dev/null 2>&1 </dev/null
      then way=yes; break; fi
    done
    say way $way
    say name no
  fi
fi
exit 0
`

/** Enough to tell whether there is a way to any. */
const maxNameServers = 3

/** @param asked the steps that the script is to answer */
export const insideArguments = (config: Config, asked: (step: Milestone) => boolean): readonly string[] => [
  config.guest_mac.toLowerCase(),
  asked('host') ? addressOf(config.gateway_address) : none,
  asked('name') ? wellKnownName : none,
  ...config.nameservers.slice(0, maxNameServers),
]

/** `unknown`: it has no program that could tell, or may not use it. */
export type Reply = 'yes' | 'no' | 'unknown'

export interface GuestReport {
  readonly user: string
  /** Whether it has an interface with the MAC of the configuration. */
  readonly mac: boolean
  /** The IPv4 addresses of that interface; null when there is no program that could tell. */
  readonly addresses: readonly string[] | null
  /** Whether it reaches its host; null when it did not say. */
  readonly host: Reply | null
  readonly name: Reply | null
  /** Where the name was not resolved: whether it reaches a name server. */
  readonly way: Reply | null
}

/** @returns null for anything that the script does not print */
export const parseInside = (stdout: string): GuestReport | null => {
  const said = [...stdout.matchAll(/^chv-doctor: ([a-z]+) (.*)$/gm)].map(
    ([, key = '', value = '']) => [key, value.trim()] as const,
  )
  const last = (key: string) => said.findLast(([name]) => name === key)?.[1]
  const reply = (key: string) => (['yes', 'no', 'unknown'] as const).find((one) => one === last(key)) ?? null
  const user = last('user')
  const mac = reply('mac')
  // All of it may be shown: no guest is to write on this terminal what it likes.
  if (!user || !/^[\w.-]+$/.test(user) || mac === null) return null
  const addresses = said
    .filter(([key, value]) => key === 'address' && /^(unknown|[\d.]+)$/.test(value))
    .map(([, value]) => value)
  return {
    user,
    mac: mac === 'yes',
    addresses: addresses.includes('unknown') ? null : addresses,
    host: reply('host'),
    name: reply('name'),
    way: reply('way'),
  }
}

/** Whether it is the machine of the configuration: its MAC, and on that interface its address. */
export const isOurs = ({ mac, addresses }: GuestReport, config: Config): boolean =>
  mac && (addresses === null || addresses.includes(addressOf(config.guest_address)))

/** The steps that it proves, and those that it cannot tell about. */
export const provenBy = (
  inside: GuestReport,
  config: Config,
): { readonly reached: readonly Milestone[]; readonly unasked: readonly Milestone[] } => {
  if (inside.user !== config.guest_user || !isOurs(inside, config)) return { reached: [], unasked: [] }
  const both = ['host', 'name'] as const
  return {
    reached: ['user', ...both.filter((step) => inside[step] === 'yes')],
    unasked: both.filter((step) => inside[step] === 'unknown'),
  }
}
