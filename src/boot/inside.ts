/** The state of a guest as seen from inside: a constant script that runs after a login, and its output. */
import type { Config } from '../config/keys.ts'
import { addressOf } from '../util/address.ts'
import type { Milestone } from './milestones.ts'

/**
 * A name on the internet that is served all over the world: the package archive of Debian. It is only
 * resolved, and only where this host resolves it as well.
 */
export const wellKnownName = 'deb.debian.org'

/** An argument that leaves a query out. */
const notQueried = '-'

/**
 * $1 the MAC, $2 the address to ping, $3 the name, then the name servers. Shell start-up files of the guest
 * may print anything, so the lines of the script have a prefix. A name without an answer takes glibc's
 * resolver 3 s per server and for A and AAAA each.
 */
export const insideScript = `
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C RES_OPTIONS='timeout:3 attempts:1'
export PATH LC_ALL RES_OPTIONS
mac=$1 host=$2 name=$3
shift 3
report() { printf 'chv-doctor: %s %s\\n' "$1" "$2"; }
installed() { command -v "$1" >/dev/null 2>&1; }
within() { if installed timeout; then timeout "$@"; else shift; "$@"; fi; }
# 0: it answers, 1: it does not, 2: this user is not permitted to ping.
reach() {
  installed ping || return 2
  output=$(ping -n -c 1 -W 2 "$1" 2>&1 </dev/null) && return 0
  case $output in *socket*ermi*|*'are you root'*|*rivilege*) return 2 ;; esac
  return 1
}
report user "$(id -un)"
found=no
for one in /sys/class/net/*; do
  [ "$(cat "$one/address" 2>/dev/null)" = "$mac" ] || continue
  found=yes
  report mtu "$(cat "$one/mtu" 2>/dev/null)"
  installed ip && ip -4 -o addr show dev "\${one##*/}" </dev/null 2>/dev/null |
    while read -r _ _ _ address _; do report address "\${address%%/*}"; done
done
report mac $found
installed ip || report address unknown
if [ "$host" != ${notQueried} ]; then
  reach "$host"
  case $? in 0) report host yes ;; 1) report host no ;; *) report host unknown ;; esac
fi
if [ "$name" != ${notQueried} ]; then
  if ! installed getent; then report name unknown
  elif within 15 getent hosts "$name" >/dev/null 2>&1 </dev/null; then report name yes
  else
    reachable=no
    for server in "$@"; do
      if reach "$server" || within 3 bash -c ': < "/dev/tcp/$1/53"' ask "$server" >/dev/null 2>&1 </dev/null
      then reachable=yes; break; fi
    done
    report name-server $reachable
    report name no
  fi
fi
exit 0
`

/** Enough to show whether any can be reached. */
const maxNameServers = 3

/** @param isExpected tells whether the script has to report a milestone */
export const insideArguments = (
  config: Config,
  isExpected: (milestone: Milestone) => boolean,
): readonly string[] => [
  config.guest_mac.toLowerCase(),
  isExpected('host') ? addressOf(config.gateway_address) : notQueried,
  isExpected('name') ? wellKnownName : notQueried,
  ...config.nameservers.slice(0, maxNameServers),
]

/** `unknown`: the guest lacks the program, or its user may not run it. */
type Reply = 'yes' | 'no' | 'unknown'

export interface GuestReport {
  readonly user: string
  /** Whether it has an interface with the MAC of the configuration. */
  readonly mac: boolean
  /** The IPv4 addresses of that interface; null where the guest has no `ip`. */
  readonly addresses: readonly string[] | null
  /** Bytes of the largest packet that this interface sends; null where it could not be read. */
  readonly mtu: number | null
  /** Whether it reaches its host; null when it was not queried. */
  readonly host: Reply | null
  readonly name: Reply | null
  /** Whether it reaches a name server; null where the name was resolved or not queried. */
  readonly nameServerReachable: Reply | null
}

/**
 * @param stdout what the login printed, written by the guest and not trusted
 * @returns null for anything that the script does not print
 */
export const parseInside = (stdout: string): GuestReport | null => {
  const lines = [...stdout.matchAll(/^chv-doctor: ([a-z-]+) (.*)$/gm)].map(
    ([, key = '', value = '']) => [key, value.trim()] as const,
  )
  const last = (key: string) => lines.findLast(([name]) => name === key)?.[1]
  const reply = (key: string) => (['yes', 'no', 'unknown'] as const).find((one) => one === last(key)) ?? null
  const user = last('user')
  const mac = reply('mac')
  // All of this may be shown: a guest must not write control codes on this terminal.
  if (!user || !/^[\w.-]+$/.test(user) || mac === null) return null
  const mtu = last('mtu') ?? ''
  const addresses = lines
    .filter(([key, value]) => key === 'address' && /^(unknown|[\d.]+)$/.test(value))
    .map(([, value]) => value)
  return {
    user,
    mac: mac === 'yes',
    addresses: addresses.includes('unknown') ? null : addresses,
    mtu: /^\d{1,5}$/.test(mtu) ? Number(mtu) : null,
    host: reply('host'),
    name: reply('name'),
    nameServerReachable: reply('name-server'),
  }
}

/** Whether this is the configured guest: it has the MAC, and the address on that interface. */
export const isConfiguredGuest = ({ mac, addresses }: GuestReport, config: Config): boolean =>
  mac && (addresses === null || addresses.includes(addressOf(config.guest_address)))

/** @returns the milestones that the report proves, and those that the guest has no means to test for */
export const provenBy = (
  inside: GuestReport,
  config: Config,
): { readonly reached: readonly Milestone[]; readonly notTried: readonly Milestone[] } => {
  if (inside.user !== config.guest_user || !isConfiguredGuest(inside, config))
    return { reached: [], notTried: [] }
  const both = ['host', 'name'] as const
  return {
    reached: ['user', ...both.filter((milestone) => inside[milestone] === 'yes')],
    notTried: both.filter((milestone) => inside[milestone] === 'unknown'),
  }
}
