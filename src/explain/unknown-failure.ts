/** What can be said of an error that the knowledge does not have: where it happened, and the errno in plain words. */

import type { Diagnosis, Layer } from './diagnosis.ts'
import { errnoIn, errnoInWords } from './errno-words.ts'
import type { Failure } from './failures.ts'

/** From the innermost layer to the outermost: the first that fits is where it happened. */
const places: readonly (readonly [Layer, RegExp, string])[] = [
  ['confinement', /landlock|seccomp/i, 'confining itself (Landlock, seccomp)'],
  [
    'network',
    /virtio-net|CreateVirtioNet|OpenTap|\btaps?\b|vhost-user-net|CreateVhostUserNet|--net\b|ParseNetwork/i,
    'setting up the network',
  ],
  [
    'disk',
    /disk|virtio-blk|vhost-user-blk|VirtioBlock|qcow|vhdx|LockingError|--disk\b/i,
    'setting up a disk',
  ],
  ['socket', /vsock|api[ -]?s(?:erver|ocket)|--vsock|--api-socket|StartVmmThread/i, 'setting up a socket'],
  ['console', /console|serial|\bpty\b|debugcon|--serial|--console/i, 'setting up the consoles'],
  ['memory', /memory ?manager|memory|hugepage|--memory|Mmap|GuestMemory/i, 'setting up the guest memory'],
  [
    'payload',
    /kernel|firmware|initramfs|initrd|cmdline|payload|bzImage|uefi|igvm/i,
    'loading the firmware or kernel',
  ],
  ['cpu', /cpu|--cpus/i, 'setting up the virtual CPUs'],
  [
    'device',
    /vfio|vdpa|virtio|pmem|balloon|\bfs\b|device ?manager|--device|--fs\b|tpm|rng|pci/i,
    'setting up a device',
  ],
  ['hypervisor', /hypervisor|kvm|mshv|VmCreate|Failed to create Vm\b/i, 'talking to KVM'],
  ['usage', /^error: |parsing|ParsingConfig|validat/i, 'reading its command line'],
]

const innermost = (text: string): string => {
  const levels = text.split(' › ')
  const spoken = levels.filter((level) => !/^[^(]*\(os error \d+\)$/.test(level))
  return (spoken.at(-1) ?? text).slice(0, 300)
}

/** @returns a diagnosis that says no more than is known */
export const unknownFailure = (failure: Failure): Diagnosis => {
  const { form, texts, lines } = failure
  const last = texts.find((one) => one.includes(' › ')) ?? texts.at(-1) ?? ''
  // After a panic the end of the program says only that there was one.
  const text = form === 'panic' ? (texts[0] ?? '') : last
  const all = texts.join('\n')
  // The words of an errno say nothing about the place: "Disk quota exceeded" is no disk.
  const place = all.replace(/message: "[^"]*"|[^›(\n]*\(os error \d+\)/g, '')
  const [layer, , doing] = places.find(([, expression]) => expression.test(place)) ?? [
    'other',
    null,
    'starting',
  ]
  const number = errnoIn(all)
  const kind =
    form === 'panic' ? 'crashed (a panic)' : form === 'usage' ? 'refused its command line' : 'failed'
  return {
    cause: 'unknown',
    layer,
    severity: 'error',
    what: `Cloud Hypervisor ${kind}${form === 'usage' ? '' : ` while ${doing}`}: ${innermost(text).replace(/\n/g, ' ')}`,
    why:
      number === null
        ? 'This message is not among those that chv-doctor knows.'
        : `This message is not among those that chv-doctor knows. Its error number says: ${errnoInWords(number)}.`,
    hint: 'Look for the message in the tracker of Cloud Hypervisor, and run `chv-doctor check`: another cause may show there.',
    check: null,
    confirmedBy: [],
    fix: null,
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
    confidence: 'possible',
    lines: lines.map(({ number, text: line }) => ({ number, text: line })),
    values: {},
    times: 1,
  }
}
