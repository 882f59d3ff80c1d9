// Everything about this host that a repair could change, one line a thing: files from the overlay that
// holds whatever differs from the frozen host, devices, network, users.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Mount points, and what the harness itself writes. */
const left = /^\/(mnt|proc|sys|dev|tmp|opt)(\/|$)|^\/run\/netns|^\/etc\/(netns|hosts$)|^\/root\/trust/

const describe = (path, root) => {
  let info
  try {
    info = lstatSync(root + path)
  } catch {
    return 'absent'
  }
  const owner = `${(info.mode & 0o7777).toString(8)} ${info.uid}:${info.gid}`
  if (info.isSymbolicLink()) return `link ${readlinkSync(root + path)}`
  if (info.isDirectory()) return `directory ${owner}`
  if (!info.isFile()) return `special ${(info.mode & 0o170000).toString(8)} ${owner} ${info.rdev}`
  const content =
    info.size > 2 ** 27
      ? 'large'
      : createHash('sha256')
          .update(readFileSync(root + path))
          .digest('hex')
          .slice(0, 16)
  return `file ${owner} ${info.size} ${content}`
}

const walk = (path, found) => {
  for (const name of readdirSync(`/mnt/upper${path}`)) {
    const below = `${path}/${name}`
    if (left.test(below)) continue
    found.push(below)
    if (lstatSync(`/mnt/upper${below}`).isDirectory()) walk(below, found)
  }
  return found
}

const run = (command) => spawnSync('bash', ['-c', command], { encoding: 'utf8' }).stdout ?? ''

const commands = {
  nft: "nft -s list ruleset 2>&1 | grep -v '^# Warning'",
  // The kernel makes a table when it is first asked for, and keeps it: without rules it lets everything pass.
  legacy: `iptables-legacy-save 2>/dev/null | sed '/^#/d; s/ \\[[0-9:]*\\]$//' | awk '/^\\*/ { held = ""; says = 0 } { held = held $0 "\\n" } /^-/ || (/^:/ && !/ ACCEPT$/) { says = 1 } /^COMMIT/ && says { printf "%s", held }'`,
  sysctl:
    "sysctl -a 2>/dev/null | grep -E '^net\\.ipv[46]\\.' | grep -v -e nf_conntrack_count -e route.flush -e stable_secret -e netfilter | sort",
  link:
    // The carrier comes and goes, the index and MAC are new each time, and a program that opens a TAP sets its vnet_hdr.
    "/opt/trust/ip -d link | grep -v '^ *link/' | sed 's/^[0-9]*: //; s/NO-CARRIER,//; s/,LOWER_UP//; s/ state [A-Z]*//; s/_timer *[0-9.]*//g; s/ vnet_hdr o[nf]*//'",
  address: "/opt/trust/ip -o addr | sed 's/^[0-9]*: //; s/_lft [^ ]*//g' | grep -v 'inet6 fe80'",
  route:
    "/opt/trust/ip route | sed 's/ linkdown//'; /opt/trust/ip -6 route | grep -v -e fe80 -e ff00 | sed 's/ linkdown//'",
  device:
    'for f in /dev/kvm /dev/net/tun; do stat -c "%n %F %a %u:%g %t:%T" $f 2>&1; getfacl -np $f 2>/dev/null | grep "^user:[0-9]"; done',
  capability: 'getcap -r /root/.local /home/sky/.local /usr/local 2>/dev/null',
  mounts: "awk '$2 !~ /netns/ { print $2, $3 }' /proc/mounts",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: for dpkg-query, not for JavaScript
  packages: "dpkg-query -W -f '${Package} ${db:Status-Abbrev}\\n'",
}

/** @returns a map of names to what they are; a file that is not listed is as on the frozen host */
export const takeInventory = () => {
  const state = {}
  for (const path of walk('', [])) state[`file ${path}`] = describe(path, '')
  // Joined: one shell for all.
  const marks = Object.keys(commands)
  const output = run(marks.map((name) => `echo "=== ${name}"; { ${commands[name]}; } || true`).join('\n'))
  for (const part of output.split(/^=== /m).slice(1)) {
    const [name, ...lines] = part.trimEnd().split('\n')
    for (const line of lines) state[`${name} ${line}`] = 'there'
  }
  return state
}

/** Why a thing may differ after `undo`: as documented. */
const reasons = [
  [/^file .*\/\.local\/(state|share)(\/chv-doctor)?$/, 'directories that hold the below'],
  [/^file .*\/\.local$/, 'directories that hold the below'],
  [/^file .*(\/state-fault|\/\.local\/state\/chv-doctor)(\/|$)/, "the doctor's own journal and logs"],
  [
    /^file .*\/\.local\/share\/chv-doctor(\/downloads|\/bin)?(\/|$)(?!cloud-init\.img)/,
    'downloads and disks are kept',
  ],
  [/^file \/etc\/(group|gshadow|passwd|shadow|subuid|subgid)-$/, 'a backup that usermod and gpasswd write'],
  [/^file \/var\/(cache\/(apt|debconf|ldconfig|man)|lib\/(apt|dpkg)|log)(\/|$)/, 'apt'],
  [/^file \/etc\/(ld\.so\.cache|mailcap)$/, 'apt'],
  [/^file \/(run|var\/lib)\/sudo(\/|$)/, 'sudo'],
  [/^file \/run(\/lock|\/chv-doctor)?(\/|$)/, 'state that a reboot forgets'],
  // Directories that something else is in; their own mode is compared with the files in them.
]

/** The differences that nothing documented explains; `packages` may have been installed and stay. */
export const differences = (before, after, packagesStay) => {
  const frozen = (key) => (key.startsWith('file ') ? describe(key.slice(5), '/mnt/frozen') : 'absent')
  const found = []
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = before[key] ?? frozen(key)
    const is = after[key] ?? frozen(key)
    if (was === is || reasons.some(([pattern]) => pattern.test(key))) continue
    if (packagesStay && /^(packages |file \/(usr|etc|var|lib|sbin|bin))/.test(key)) continue
    found.push(`${key}: ${was} -> ${is}`)
  }
  return found
}
