import { ipv6Pair, wantsMultiQueue } from '../src/config/derived.ts'
import type { Config } from '../src/config/keys.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { RunStep, Step } from '../src/contract/step.ts'
import { findTap, type Interface } from '../src/host/interfaces.ts'
import { mayAttach, readTapUser, type TapUser } from '../src/hypervisor/tap-access.ts'
import type { Argv } from '../src/util/argv.ts'

interface Survey {
  readonly tap: Interface | null
  readonly user: TapUser
}

const add = (name: string, owner: string | null, group: string | null, multiQueue: boolean): Argv => [
  'ip',
  'tuntap',
  'add',
  'dev',
  name,
  'mode',
  'tap',
  ...(owner ? ['user', owner] : []),
  ...(group ? ['group', group] : []),
  ...(multiQueue ? ['multi_queue'] : []),
]

/** IPv6 without duplicate detection: it needs a carrier to end, and a TAP has none before its VM starts. */
const addressArgv = (verb: 'replace' | 'del', address: string, name: string): Argv => [
  'ip',
  'addr',
  verb,
  address,
  'dev',
  name,
  ...(verb === 'replace' && address.includes(':') ? ['nodad'] : []),
]
const linkArgv = (name: string, ...change: readonly string[]): Argv => [
  'ip',
  'link',
  'set',
  'dev',
  name,
  ...change,
]
const masterArgv = (name: string, master: string | null): Argv =>
  master ? linkArgv(name, 'master', master) : linkArgv(name, 'nomaster')
const removal = (name: string): Argv => ['ip', 'link', 'delete', 'dev', name]

/** Commands that make an interface what it was. */
const recreateCommands = (tap: Interface): readonly Argv[] => [
  add(tap.name, tap.owner, tap.group, tap.multiQueue),
  ...(tap.mac ? [linkArgv(tap.name, 'address', tap.mac)] : []),
  ...(tap.master ? [masterArgv(tap.name, tap.master)] : []),
  ...[...tap.addresses, ...tap.addresses6].map((address) => addressArgv('replace', address, tap.name)),
  ...(tap.up ? [linkArgv(tap.name, 'up')] : []),
]

/** A TAP has a carrier while a process holds it: deleting it would cut a running guest off. */
const unused = (name: string) => ({
  file: `/sys/class/net/${name}/carrier`,
  is: '1',
  because: `A VM is using ${name}; stop it first.`,
})

/** The addresses that the host needs on the TAP; on a bridge the bridge has them. */
const wantedAddresses = (config: Config): readonly string[] => {
  if (config.network === 'bridge') return []
  const six = ipv6Pair(config)
  return [config.gateway_address, ...(six ? [six.host] : [])]
}

/** Makes the TAP, or of an existing one whatever is missing; what is right already is left alone. */
export const createTap = defineFix<'create-tap', Record<string, never>, Survey>({
  id: 'create-tap',
  title: 'Create the TAP, owned by the user',
  programs: { ip: 'iproute2' },
  survey: async (host, _args, config) => {
    const tap = await findTap(host, config.tap)
    return { tap, user: await readTapUser(host, config, tap) }
  },
  plan: (_args, config, { tap, user }) => {
    const name = config.tap
    const sysfs = `/sys/class/net/${name}`
    if (tap && tap.kind !== 'tap') {
      return [
        { kind: 'manual', text: `${name} is no TAP: set \`tap\` to another name, or remove it yourself.` },
      ]
    }
    const run = (step: Omit<RunStep, 'kind' | 'root'>): RunStep => ({ kind: 'run', root: true, ...step })
    const steps: Step[] = []
    const keep = tap !== null && tap.multiQueue === wantsMultiQueue(config) && mayAttach(tap, user)
    if (tap && !keep) {
      // The guard below looks once more, but sees nothing of a TAP that is down.
      if (tap.inUse) {
        return [
          { kind: 'manual', text: `A VM is using ${name}: stop it first, or set \`tap\` to another name.` },
        ]
      }
      steps.push(
        run({
          argv: removal(name),
          why: `remove the ${name} that cannot be used`,
          guard: unused(name),
          undo: recreateCommands(tap),
        }),
      )
    }
    if (!keep) {
      steps.push(
        run({
          argv: add(name, user.name, null, wantsMultiQueue(config)),
          why: `create ${name}, owned by ${user.name} (needs no capability)`,
          undo: [removal(name)],
          undoWhile: sysfs,
          guard: unused(name),
        }),
      )
    }
    // The removal of a new interface takes its addresses and state with it.
    const back = (argv: Argv) => (keep ? { undo: [argv], undoWhile: sysfs } : { undo: [] })
    const master = keep ? tap.master : null
    const wanted = config.network === 'bridge' ? config.bridge : null
    if (master !== wanted) {
      const why = wanted ? `make it a port of ${wanted}` : `take it off ${master}, where its address is dead`
      steps.push(run({ argv: masterArgv(name, wanted), why, ...back(masterArgv(name, master)) }))
    }
    const present = keep ? [...tap.addresses, ...tap.addresses6] : []
    for (const address of wantedAddresses(config).filter((each) => !present.includes(each))) {
      steps.push(
        run({
          argv: addressArgv('replace', address, name),
          why: `give the host ${address} on it`,
          ...back(addressArgv('del', address, name)),
        }),
      )
    }
    if (!keep || !tap.up) {
      steps.push(run({ argv: linkArgv(name, 'up'), why: 'bring it up', ...back(linkArgv(name, 'down')) }))
    }
    return steps
  },
})
