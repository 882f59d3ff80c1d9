/** All planted faults, and the pairs of them. */
import { artifactFaults } from './artifacts.ts'
import type { Fault, FaultPair } from './fault.ts'
import { hostFaults } from './host.ts'
import { hypervisorFaults } from './hypervisor.ts'
import { networkFaults } from './network.ts'
import { toolFaults } from './tools.ts'

export const faults: readonly Fault[] = [
  ...hostFaults,
  ...toolFaults,
  ...hypervisorFaults,
  ...artifactFaults,
  ...networkFaults,
]

const pair = (one: string, other: string, hidden?: readonly string[]): FaultPair => ({
  id: `${one}+${other}`,
  faults: [one, other],
  ...(hidden ? { hidden } : {}),
})

/** From different areas, so that one could be taken for a consequence of the other. */
export const pairs: readonly FaultPair[] = [
  pair('kvm-gone', 'firmware-cut-short'),
  pair('kvm-gone', 'tap-down'),
  pair('kvm-other-device', 'hypervisor-gone'),
  pair('tun-gone', 'forwarding-off'),
  pair('tun-gone', 'seed-label'),
  pair('qemu-utils-purged', 'disk-gone'),
  pair('disk-qcow2', 'qemu-utils-file-gone'),
  pair('dosfstools-purged', 'seed-gone'),
  pair('dosfstools-files-gone', 'seed-other-mac'),
  pair('mtools-purged', 'seed-random'),
  pair('mtools-purged', 'dosfstools-purged'),
  pair('qemu-utils-purged', 'mtools-purged'),
  pair('hypervisor-gone', 'firmware-gone'),
  pair('hypervisor-garbage', 'tap-down'),
  pair('hypervisor-too-old', 'disk-cut-short'),
  pair('firmware-empty', 'disk-empty'),
  pair('firmware-web-page', 'seed-no-user-data'),
  pair('firmware-no-pvh-note', 'masquerade-gone'),
  pair('disk-gone', 'seed-gone'),
  pair('disk-vmdk', 'policy-drop'),
  pair('seed-other-address', 'address-other'),
  pair('seed-other-gateway', 'address-gone'),
  pair('seed-tab', 'forwarding-off'),
  pair('tap-down', 'masquerade-gone'),
  pair('tap-down', 'policy-docker'),
  pair('tap-multi-queue', 'forwarding-off-uplink'),
  pair('tap-gone', 'policy-drop'),
  pair('address-gone', 'masquerade-flushed'),
  pair('address-prefix', 'forwarding-off'),
  pair('forwarding-off', 'masquerade-gone'),
  pair('forwarding-off', 'policy-docker'),
  pair('masquerade-gone', 'policy-docker-legacy'),
  pair('memory-too-large', 'firmware-gone'),
  pair('platform-no-package-manager', 'tap-down'),
]
