/** The TAP with its addresses, in the configuration format of each network manager. */
import { wantsMultiQueue } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import { addTap, setAddress, setLink, setMaster, tapAddresses } from '../network/tap-commands.ts'
import type { Argv } from '../util/argv.ts'
import { ifupdown } from './ifupdown.ts'
import type { NetworkManager } from './manager.ts'
import { networkmanager } from './network-manager.ts'
import { networkd } from './networkd.ts'
import { ownerWord, type PersistentFile, type TapAtBoot } from './tap-file.ts'

/** @returns the commands that create the TAP, for hosts whose network manager has no TAP of its own */
export const tapCommands = (config: Config, { owner, mtu }: TapAtBoot): readonly Argv[] => {
  const { tap } = config
  return [
    addTap(tap, { owner: ownerWord(owner), group: null, multiQueue: wantsMultiQueue(config) }),
    ...(mtu ? [setLink(tap, 'mtu', String(mtu))] : []),
    ...(config.network === 'bridge' ? [setMaster(tap, config.bridge)] : []),
    ...tapAddresses(config).map((address) => setAddress(address, tap)),
    setLink(tap, 'up'),
  ]
}

/** @returns the files for a manager; none for `unit`, which creates the TAP by commands */
export const tapFiles = (manager: NetworkManager, config: Config, tap: TapAtBoot): PersistentFile[] => {
  switch (manager) {
    case 'networkd':
      return networkd(config, tap)
    case 'networkmanager':
      return networkmanager(config, tap)
    case 'ifupdown':
      return ifupdown(config, tap)
    case 'unit':
      return []
  }
}

/** @returns why a name cannot be written to these files: the end of a sentence; or null */
export const nameProblem = (manager: NetworkManager, { tap, bridge, network }: Config): string | null => {
  const plain = manager === 'ifupdown' ? /^[A-Za-z0-9_-]+$/ : /^[A-Za-z0-9_.-]+$/
  const names = network === 'bridge' ? [tap, bridge] : [tap]
  const odd = names.find((name) => !plain.test(name))
  return odd === undefined ? null : `the name ${odd} has characters that mean something in files at boot`
}
