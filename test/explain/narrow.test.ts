/** What a cause must not answer for: its words with another errno, cited, or beside a word of success. */
import { describe, expect, it } from 'vitest'
import { knowledge } from '../../src/explain/causes/registry.ts'
import { diagnose } from '../../src/explain/diagnose.ts'
import { errnoInWords } from '../../src/explain/errno-words.ts'
import { namesErrno } from '../../src/explain/patterns.ts'
import { isCited } from '../../src/explain/reading/cited.ts'
import { cleanLines } from '../../src/explain/reading/clean.ts'
import { errnos, withErrno } from './errno-swaps.ts'
import { samples } from './samples.ts'

const causes = new Map(knowledge.flatMap(([, list]) => list.map((cause) => [cause.id, cause] as const)))

/** Whether a cause says itself for which errnos it stands: by a list, or by a number in each of its patterns. */
const isNarrow = (id: string, number: number): boolean => {
  const cause = causes.get(id)
  return cause?.errnos === undefined
    ? cause?.patterns?.some(namesErrno) === true
    : cause.errnos.includes(number)
}

/** Two of each cause: the five releases word most errors alike. */
const some = samples.filter(
  ({ cause }, index) => samples.slice(0, index).filter((other) => other.cause === cause).length < 2,
)

describe.each(errnos)('with errno $number instead', { timeout: 60_000 }, (errno) => {
  it('no cause stays certain that was not made for it, and an open one says the errno', () => {
    const swapped = some
      .map(({ text, cause }) => ({ from: text, text: withErrno(text, errno), cause }))
      .filter(({ from, text }) => text !== from)
    expect(swapped.length).toBeGreaterThan(150)
    const open = swapped.flatMap(({ text, cause }) => {
      const [first] = diagnose(text)
      return first?.cause === cause && first.severity === 'error' && !isNarrow(cause, errno.number)
        ? [first]
        : []
    })
    expect(open.filter(({ confidence }) => confidence === 'certain').map(({ cause }) => cause)).toEqual([])
    const words = errnoInWords(errno.number)
    const isTold = ({ what, why, lines }: (typeof open)[number]) =>
      `${what} ${why}`.includes(words) ||
      !lines.some(({ text }) => text.includes(`(os error ${errno.number})`))
    expect(open.filter((one) => !isTold(one)).map(({ cause }) => cause)).toEqual([])
  })
})

/** Messages as a person copies them, without what the log puts around them. */
const messages = some
  .map(({ text }) => cleanLines(text).find((line) => line.text.length > 20)?.text ?? '')
  .filter(
    (text) => !/[\n\\]|^[[{]|^cloud-hypervisor: |^\s*(?:Error: Cloud Hypervisor exited|thread ')/.test(text),
  )

const citations: readonly (readonly [string, (message: string) => string])[] = [
  ['a macro of Rust', (message) => `        error!("${message}");`],
  ['an error type', (message) => `    #[error("${message}")]`],
  ['a constant', (message) => `const MESSAGE: &str = "${message}";`],
  ['an error of Go', (message) => `\treturn fmt.Errorf("${message}: %w", err)`],
  ['a patch', (message) => `+        bail!("${message}");`],
  ['a search', (message) => `$ grep -n "${message} x" ch.log`],
  ['a shell that prints', (message) => `$ echo "${message} x"`],
  ['a comment', (message) => `// ${message}`],
]

describe('a message that is only cited is no evidence', { timeout: 60_000 }, () => {
  it.each(citations)('in %s', (_, cite) => {
    expect(messages.length).toBeGreaterThan(300)
    const taken = messages
      .map((message) => cite(message.replaceAll('"', "'")))
      .filter((line) => diagnose(line).some(({ severity }) => severity === 'error'))
    expect(taken).toEqual([])
  })
  it('and no message of a program is taken for a citation', () => {
    const cited = samples.flatMap(({ text }) => cleanLines(text).filter((line) => isCited(line.text)))
    expect(cited.map(({ text }) => text)).toEqual([])
  })
})

describe('a limit on threads and processes comes first', () => {
  const api =
    'Error: ch-remote exited with the following chain of errors:\n  0: http client error\n  1: Error writing to or reading from HTTP socket\n  2: Resource temporarily unavailable (os error 11)\n'
  it.each([
    [
      'VmmThread(SignalHandlerSpawn(Os { code: 11, kind: WouldBlock, message: "Resource temporarily unavailable" }))',
      (debug: string) =>
        `cloud-hypervisor:   0.020799s: <main> ERROR:cloud-hypervisor/src/lib.rs:24 -- Fatal error: ${debug}\n`,
    ],
    [
      'kernel: cgroup: fork rejected by pids controller in /system.slice/vm1.service',
      (line: string) => `${line}\n${api}`,
    ],
    [
      'Failed to spawn thread for _disk0: Resource temporarily unavailable (os error 11)',
      (text: string) =>
        `cloud-hypervisor:   1.2s: <vmm> ERROR:virtio-devices/src/thread_helper.rs:68 -- ${text}\n${api}`,
    ],
    [
      'fork/exec /opt/kata/bin/cloud-hypervisor: resource temporarily unavailable',
      (text: string) => `failed to start hypervisor: ${text}\n`,
    ],
    ['runtime: failed to create new OS thread (have 7 already; errno=11)', (text: string) => `${text}\n`],
  ])('%s', (words, make) => {
    const [first] = diagnose(make(words))
    expect(first).toMatchObject({ cause: 'threads-exhausted', check: 'limits', follows: null })
    expect(first?.hint).toContain('pids.max')
  })
})

describe('a line that no cause knows', () => {
  it.each([
    ['Cannot create the shaper: Device or resource busy (os error 16)', 'other', 'EBUSY'],
    ['Could not register ioeventfd: No space left on device (os error 28)', 'other', 'ENOSPC'],
    ['failed to shape the tap: Cannot allocate memory (os error 12)', 'network', 'ENOMEM'],
    ['Error: create vm: shape tap: netlink: file exists', 'network', 'EEXIST'],
    [
      'level=error msg="starting" error="shaping tap: ioctl TUNSHAPE: device or resource busy"',
      'network',
      'EBUSY',
    ],
    ['[ERROR] vm start failed: unable to place disk: invalid argument', 'disk', 'EINVAL'],
    ['error: internal error: Failed to shape the domain: Invalid argument', 'other', 'EINVAL'],
    [
      'Warning  FailedShape  3s  kubelet  shaping: rpc error: code = Unknown desc = no space left on device',
      'other',
      'ENOSPC',
    ],
    ['kvm: failed to shape irqfd: -28', 'hypervisor', 'ENOSPC'],
    ['tun: failed to shape queue: -12', 'network', 'ENOMEM'],
    ['vhost-net: error -22 in vhost_net_shape', 'network', 'EINVAL'],
    ['socat[123] E connect(5, AF=40 cid:3 port:1234, 16): Permission denied', 'other', 'EACCES'],
  ])('says what it is about, and its errno in words: %s', (line, layer, name) => {
    const found = diagnose(line)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ cause: 'unknown', severity: 'note', layer, confidence: 'possible' })
    expect(found[0]?.why).toContain(`(${name})`)
  })
  it('keeps the end of a long chain, where its reason stands', () => {
    const chain = `Error: ${'starting vm: preparing: '.repeat(15)}invalid argument`
    expect(diagnose(chain)[0]?.what).toContain('preparing: invalid argument')
  })
  it('gives no advice about machines where it is not about one', () => {
    const [found] = diagnose(
      'error: could not create temp file /opt/x/tmp/file: Permission denied (os error 13)',
    )
    expect(found).toMatchObject({ cause: 'unknown', severity: 'note' })
    expect(found?.hint).not.toContain('Landlock')
  })
})
