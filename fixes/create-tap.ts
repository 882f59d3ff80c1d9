import { ipv6Pair, wantsMultiQueue } from '../src/config/derived.ts'
import { defineFix } from '../src/contract/fix.ts'
import type { RunStep, Step } from '../src/contract/step.ts'
import { defaultMtu, findTap, type Interface } from '../src/host/interfaces.ts'
import { mayAttach, readTapUser, type TapUser } from '../src/hypervisor/tap-access.ts'
import { hasIpv6 } from '../src/network/ipv6.ts'
import { desiredMtu, type Outlet, readOutlet } from '../src/network/mtu.ts'
import {
  addTap,
  deleteLink,
  removeAddress,
  setAddress,
  setLink,
  setMaster,
  tapAddresses,
} from '../src/network/tap-commands.ts'
import type { Argv } from '../src/util/argv.ts'

interface Survey {
  readonly tap: Interface | null
  readonly user: TapUser
  readonly outlet: Outlet | null
  /** Whether the TAP can have an IPv6 address; without the kernel refuses one. */
  readonly ipv6: boolean
}

/** @returns the commands that create a TAP as it was */
const recreateCommands = (tap: Interface): readonly Argv[] => [
  addTap(tap.name, tap),
  ...(tap.mac ? [setLink(tap.name, 'address', tap.mac)] : []),
  ...(tap.mtu === defaultMtu ? [] : [setLink(tap.name, 'mtu', String(tap.mtu))]),
  ...(tap.master ? [setMaster(tap.name, tap.master)] : []),
  ...[...tap.addresses, ...tap.addresses6].map((address) => setAddress(address, tap.name)),
  ...(tap.up ? [setLink(tap.name, 'up')] : []),
]

/** Forbids to delete a TAP that has a carrier: a process holds it, usually a running guest. */
const unused = (name: string) => ({
  file: `/sys/class/net/${name}/carrier`,
  is: '1',
  because: `A VM is using ${name}; stop it first.`,
})

/** Creates the TAP, or adds what an existing one lacks. */
export const createTap = defineFix<'create-tap', Record<string, never>, Survey>({
  id: 'create-tap',
  title: 'Create the TAP, owned by the user',
  programs: { ip: 'iproute2' },
  survey: async (host, _args, config) => {
    const tap = await findTap(host, config.tap)
    const [user, outlet, ipv6] = await Promise.all([
      readTapUser(host, config, tap),
      readOutlet(host, config),
      ipv6Pair(config) !== null && hasIpv6(host, config.tap),
    ])
    return { tap, user, outlet, ipv6 }
  },
  plan: (_args, config, { tap, user, outlet, ipv6 }) => {
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
          argv: deleteLink(name),
          why: `remove the ${name} that cannot be used`,
          guard: unused(name),
          undo: recreateCommands(tap),
        }),
      )
    }
    if (!keep) {
      steps.push(
        run({
          argv: addTap(name, { owner: user.name, group: null, multiQueue: wantsMultiQueue(config) }),
          why: `create ${name}, owned by ${user.name} (needs no capability)`,
          undo: [deleteLink(name)],
          undoWhile: sysfs,
          guard: unused(name),
        }),
      )
    }
    // The removal of a new interface takes its addresses and state with it.
    const back = (...undo: readonly Argv[]) => (keep ? { undo, undoWhile: sysfs } : { undo: [] })
    const mtu = keep ? tap.mtu : defaultMtu
    const wanted = desiredMtu(config, outlet, mtu)
    if (mtu !== wanted) {
      const argv = setLink(name, 'mtu', String(wanted))
      const why =
        wanted === config.mtu ? `give it the MTU ${wanted} (mtu)` : `give it the MTU of ${outlet?.device}`
      steps.push(run({ argv, why, ...back(setLink(name, 'mtu', String(mtu))) }))
    }
    const master = keep ? tap.master : null
    const desired = config.network === 'bridge' ? config.bridge : null
    if (master !== desired) {
      const why = desired
        ? `make it a port of ${desired}`
        : `take it off ${master}, where its address is dead`
      steps.push(run({ argv: setMaster(name, desired), why, ...back(setMaster(name, master)) }))
    }
    const present = keep ? [...tap.addresses, ...tap.addresses6] : []
    const possible = tapAddresses(config).filter((address) => ipv6 || !address.includes(':'))
    for (const address of possible.filter((each) => !present.includes(each))) {
      steps.push(
        run({
          argv: setAddress(address, name),
          why: `give the host ${address} on it`,
          ...back(...removeAddress(address, name)),
        }),
      )
    }
    if (!keep || !tap.up) {
      steps.push(run({ argv: setLink(name, 'up'), why: 'bring it up', ...back(setLink(name, 'down')) }))
    }
    return steps
  },
})
