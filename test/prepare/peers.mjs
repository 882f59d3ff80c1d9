// What the measurements in test/trust need beyond the tests: the programs that the doctor is compared with.
import { tool } from './tool.mjs'

export const checks = [
  tool('kvm-ok', 'cpu-checker'),
  tool('virt-host-validate', 'libvirt-clients'),
  tool('gcc', 'gcc'),
  // They are built or taken away on the host of the measurements.
  tool('flex', 'flex'),
  tool('bison', 'bison'),
  tool('bc', 'bc'),
]
