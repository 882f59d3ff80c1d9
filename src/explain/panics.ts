/** Panics: which are of Cloud Hypervisor, and what can be said of one whose reason is not known. */

import type { Cause } from './cause.ts'
import type { Evidence } from './evidence.ts'
import { type Place, placeOf } from './places.ts'
import { backtraceHead } from './reading/backtrace.ts'
import type { Failure } from './reading/failure.ts'
import { ourThread } from './reading/forms.ts'

/** Parts of the program that a panic of it names, and its threads; other programs panic too. */
const ourPlace =
  /^panicked at (?!\S*(?:crates|runtime-rs|src\/libs)\/)(?:\S*\/)?(?:vmm|cloud-hypervisor|hypervisor|arch|block|devices|event_monitor|net_util|option_parser|pci|rate_limiter|serial_buffer|tpm|tracer|vhost_user_\w+|virtio-devices|vm-allocator|vm-device|vm-migration|vm-virtio|api_client)\/src\//

const threadOf = ({ lines }: Failure): string => /thread '([^']{0,80})'/.exec(lines[0]?.text ?? '')?.[1] ?? ''

/** @returns whether the text of a panic names a place in the sources of Cloud Hypervisor */
export const isOurPlace = (text: string): boolean => ourPlace.test(text)

/** @returns whether a panic is certainly one of Cloud Hypervisor */
export const isOurPanic = (failure: Failure): boolean =>
  isOurPlace(failure.texts[0] ?? '') ||
  failure.texts[0]?.startsWith(backtraceHead) === true ||
  failure.texts.length > 1 ||
  ourThread.test(threadOf(failure))

/** The line of a thread of ours that panicked, wherever in the libraries that was. */
const ourThreadPanicked =
  /thread '(?:vmm|vcpu\d{1,4}|_(?:disk|net|fs|vsock|console|rng|balloon|pmem|mem|iommu|vhost|watchdog)\w{0,30}|virtio_\w{2,30}|http-server|serial-manager|event-monitor|(?:vmm_)?signal_handler)'/

/** @returns whether the panic of a text is one of Cloud Hypervisor, by its place or its thread */
export const isPanicOfOurs = ({ text, says }: Evidence): boolean =>
  text.startsWith('panicked at') && (isOurPlace(text) || says(ourThreadPanicked))

export const natureOfPanic =
  'A panic is a defect of the release that runs, not of the host or the guest; an error inside of its message only says what it stumbled over.'

export const whatToDoAboutPanic =
  'A panic is a defect of the program: try the newest release, leave out unusual options, and report it upstream with the release (`cloud-hypervisor --version`), the line "panicked at", and a log with RUST_BACKTRACE=1.'

/** @returns where it happened; the thread that panicked says which device it served, where its name does */
export const placeOfFailure = ({ form, texts, lines: [line] }: Failure): Place => {
  const all = texts.join('\n')
  if (form !== 'panic') return placeOf(all, line?.thread, line?.source)
  const head = line?.text ?? ''
  const thread =
    /thread '(?:_|virtio_)?(?<name>(?:disk|net|fs|vsock|console|serial|rng|balloon|pmem|mem|iommu|vcpu)\w*)'/.exec(
      head,
    )?.groups?.name
  return placeOf(thread ? '' : `${all}\n${head}`, thread)
}

/** What main() of 2019 and 2020 made of an ordinary error. */
const reported = /panicked at \S{1,80} Could not (?:boot|create) the VM\b/

const namesPanics = ({ patterns }: Cause): boolean =>
  patterns?.some((pattern) => pattern.some((piece) => /panicked/.test(String(piece)))) === true

/**
 * @returns whether a cause is that of an error inside the message of a panic: then it is what the program stumbled
 *   over, and that it did is a defect of its own
 */
export const isErrorInPanic = ({ form, texts }: Failure, cause: Cause): boolean =>
  form === 'panic' && !namesPanics(cause) && !reported.test(texts[0] ?? '')

export const panicNote =
  ' It ended in a panic: that no message says it is a defect of this release, whatever the reason.'
