/**
 * Where and how the VM runs, as far as the text shows it. An answer that leaves the reason open says so, because
 * these circumstances are the reason more often than the step that failed.
 */

import type { Layer } from './diagnosis.ts'
import type { Evidence } from './evidence.ts'
import { devices } from './reading/command-line.ts'

interface Context {
  /** Where it can be the reason; everywhere when nothing is said. */
  readonly layers?: readonly Layer[]
  readonly is: (evidence: Evidence) => boolean
  readonly says: string
}

const machine: readonly Layer[] = ['guest', 'hypervisor', 'cpu', 'memory', 'payload']

const storage: readonly Layer[] = ['guest', 'disk']

const isMany = /^(?:[2-9]|\d\d+)$/

const contexts: readonly Context[] = [
  {
    layers: storage,
    is: ({ command }) =>
      command !== null &&
      devices(command, 'disk').some(
        ({ path = '', num_queues = '1', image_type = '' }) =>
          (/\.vhdx$/i.test(path) || image_type === 'vhdx') && isMany.test(num_queues),
      ),
    says: 'A disk of the command is a VHDX image with several queues: up to release 51 that damages the data, which is a defect of those releases. Use 52 or newer, num_queues=1 or a raw image (`qemu-img convert -O raw IN OUT`), and make the file system anew.',
  },
  {
    layers: storage,
    is: ({ command }) =>
      command !== null &&
      devices(command, 'disk').some(
        ({ path = '', num_queues = '1', image_type = '' }) =>
          (/\.qcow2$/i.test(path) || image_type === 'qcow2') && isMany.test(num_queues),
      ),
    says: 'A disk of the command is a qcow2 image with several queues, with which releases 50 to 52 have defects: compare a raw image, num_queues=1 or the newest release.',
  },
  {
    layers: machine,
    is: ({ says }) =>
      says(
        /\bqemu-system-\w+ |-enable-kvm\b|\bnested (?:virt|kvm|vm|guest)|\bDMI: (?:QEMU|VMware|Amazon EC2|Google|Microsoft|innotek|Xen|OpenStack)|kvm: Nested Virtualization|Hypervisor vendor:/i,
      ),
    says: 'The text shows nested virtualisation: the host of Cloud Hypervisor seems to be a virtual machine itself. Such a host may lack parts of KVM, or report another number of physical address bits than the processor has; start an outer QEMU with `-cpu host,host-phys-bits=on`, limit them here with `--cpus boot=N,max_phys_bits=40`, and compare a host on the hardware.',
  },
  {
    is: ({ text, command, says }) =>
      /\(os error 13\)|code: 13\b|Error\(13\)/.test(text) &&
      (command?.flags.has('landlock') === true || says(/"landlock_enable"\s*:\s*true|--landlock\b/)),
    says: 'The VM confines itself by Landlock (--landlock): a path without a rule is refused with this error number, whatever its mode; add `--landlock-rules path=DIRECTORY,access=rw`, or compare a start without it.',
  },
  {
    layers: ['guest'],
    is: ({ says }) => says(/execute NX-protected page|supervisor instruction fetch/),
    says: 'It was to execute memory that is marked not executable (NX). Where the address is one of the firmware or of its runtime services (EFI), the firmware declares its own code as data: compare another build of it, or boot with `efi=noruntime`.',
  },
  {
    is: ({ text, says }) => /\bv?aia\b/i.test(text) || says(/\briscv64?\b|RISC-V/i),
    says: 'On RISC-V support is young and experimental: use the newest release and a new kernel on the host.',
  },
  {
    is: ({ says }) => says(/\btarget\/debug\/cloud-hypervisor\b/),
    says: 'It is a debug build, which checks more and ends where a release build goes on: compare a release binary.',
  },
  {
    is: ({ text, says }) =>
      // Rust 1.73 of October 2023 put the message of a panic on a line of its own.
      text.startsWith('panicked at') && says(/panicked at '.{1,400}', (?!\/root\/\.cargo)\S{1,200}:\d+/),
    says: 'The form of the panic is that of Rust before 1.73: the program was built in 2023 or earlier (about release 36 or before), so the defect may be mended long since; update it first.',
  },
  {
    is: ({ text, says }) =>
      /^(?:Error|Guest) (?:booting|creating|restoring|boot failed)\b[^›\n]{0,20}: \w+\(/m.test(text) ||
      says(/^cloud-hypervisor: {1,12}[\d.]{1,16}(?:s|ms|µs): (?:ERROR|WARN|INFO):/) ||
      says(/\bcloud-hypervisor (?:version )?v?(?:0\.\d+|[1-3]?\d|4[0-6])(?:\.\d+){0,2}\b/i),
    says: 'The form of the message is that of an old release (46 or before): the defect may be mended long since, so compare the newest release.',
  },
]

/** @returns sentences about the circumstances that the text shows and that may be the reason; empty where there are none */
export const circumstances = (layer: Layer, evidence: Evidence): string =>
  contexts
    .filter(({ layers, is }) => (layers === undefined || layers.includes(layer)) && is(evidence))
    .map(({ says }) => says)
    .join(' ')
