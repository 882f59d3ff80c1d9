/** The settings and rules that route the guest, as far as a reboot removes them. */

import { ipv6Pair } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { RunStep, Step } from '../contract/step.ts'
import type { Host } from '../host/host.ts'
import { masqueradeByNft } from '../network/firewall-steps.ts'
import { rulesFromNothing } from '../network/guest-rules.ts'
import { masquerade6, readIpv6, subnet6 } from '../network/ipv6.ts'
import { marker6Of, markerOf } from '../network/marker.ts'
import { isNameable, subnetOf } from '../network/own-rules.ts'
import type { Argv } from '../util/argv.ts'

export interface Routing {
  /** Kernel settings, named as in sysctl.d(5). */
  readonly sysctls: Readonly<Record<string, string>>
  /** Commands that add the firewall rules; absolute programs, with a "-" in front where one may fail. */
  readonly start: readonly Argv[]
  readonly stop: readonly Argv[]
  /** Whether this is complete: only root can read the rules that have to be passed. */
  readonly complete: boolean
}

const nothing: Routing = { sysctls: {}, start: [], stop: [], complete: true }

/** ufw keeps its rules itself. */
const isLost = (step: Step): step is RunStep => step.kind === 'run' && step.argv[0] !== 'ufw'

/** Where a program is, the same for everybody: PATH differs between a user and root. */
export const programAt = async (host: Host, program: string): Promise<string> => {
  for (const directory of ['/usr/sbin', '/usr/bin', '/sbin', '/bin']) {
    const path = `${directory}/${program}`
    if ((await host.stat(path)) !== null) return path
  }
  return (await host.which(program)) ?? `/usr/sbin/${program}`
}

/** What the guest of this configuration needs; nothing on a bridge. */
export const readRouting = async (host: Host, config: Config): Promise<Routing> => {
  const { tap } = config
  if (config.network !== 'tap' || !config.nat || !isNameable(tap)) return nothing
  const marker = markerOf(tap)
  const seen = await rulesFromNothing(host, config)
  const own = { tap, subnet: subnetOf(config.guest_address), marker }
  const steps = (seen ?? [masqueradeByNft(own, true, null)]).filter(isLost)
  const absolute = async ([program, ...args]: Argv, may = ''): Promise<Argv> => [
    `${may}${await programAt(host, program)}`,
    ...args,
  ]
  const six = ipv6Pair(config) ? await readIpv6(host, config) : null
  const subnet = subnet6(config)
  const sysctls: Record<string, string> = { 'net.ipv4.ip_forward': '1' }
  // Slashes, since names of interfaces may have dots. They come before forwarding, which takes routes away.
  for (const name of six?.raLearned ?? []) sysctls[`net/ipv6/conf/${name}/accept_ra`] = '2'
  if (six) sysctls['net.ipv6.conf.all.forwarding'] = '1'
  const masks = subnet && config.ipv6 === 'masquerade' ? masquerade6(tap, subnet, false) : null
  if (steps.length === 0 && !masks) return { ...nothing, sysctls, complete: seen !== null }
  return {
    sysctls,
    // The mark that route-guest looks for before it takes rules back.
    start: await Promise.all([
      absolute(['mkdir', '-p', marker]),
      // Another program may add its chain after this.
      ...(six ? [absolute(['mkdir', '-p', marker6Of(tap)])] : []),
      ...(masks ? [absolute(masks.make)] : []),
      ...steps.map(({ argv }) => absolute(argv, /masquerade/i.test(argv.join(' ')) ? '' : '-')),
    ]),
    stop: await Promise.all([
      ...(masks ? [absolute(masks.back, '-')] : []),
      ...[...steps].reverse().flatMap(({ undo = [] }) => undo.map((argv) => absolute(argv, '-'))),
    ]),
    complete: seen !== null,
  }
}
