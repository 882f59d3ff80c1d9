/** The same output as it reaches people: through other C libraries, loggers, terminals and mails, whole and in parts. */

export interface Variant {
  readonly name: string
  /** Whether all that the output says is still in it; parts of it may fit several causes or none. */
  readonly whole: boolean
  /** Null when this output has no such form. */
  readonly make: (text: string) => string | null
}

const eachLine = (change: (line: string) => string) => (text: string) =>
  text.replace(/\r/g, '').replace(/\n$/, '').split('\n').map(change).join('\n')

/** musl words these differently (src/errno/__strerror.h); release binaries are static and linked with it. */
const musl: readonly (readonly [glibc: string, musl: string])[] = [
  ['Device or resource busy', 'Resource busy'],
  ['Address already in use', 'Address in use'],
  ['Cannot allocate memory', 'Out of memory'],
  ['Too many open files', 'No file descriptors available'],
  ['Inappropriate ioctl for device', 'Not a tty'],
  ['Operation not supported', 'Not supported'],
]

/** The Debug text: a line of its own to 46, "Debug Info" in 47, "Fatal error" from 48. */
const debugOnly = (text: string): string | null =>
  text.match(/^.*(?:Fatal error|Debug Info): .*$/m)?.[0] ?? null

const isChainLine = (line: string) => /(?:^|-- )\s*\d+: /.test(line) || /exited with the following/.test(line)

const chainOnly = (text: string): string | null => {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => /exited with the following/.test(line))
  return start < 0
    ? null
    : lines
        .slice(start)
        .filter((line) => isChainLine(line) || /^ {2}\S/.test(line))
        .join('\n')
}

/** The innermost levels, as people paste them into a search. */
const lastLevels =
  (count: number, numbered: boolean) =>
  (text: string): string | null => {
    const levels = text.split(/\r?\n/).filter((line) => /(?:^|-- ) {2}\d+: /.test(line))
    if (levels.length < 3) return null
    const last = levels.slice(-count).map((line) => line.replace(/^.* -- (?= )/, ''))
    return last.map((line) => (numbered ? line : line.replace(/^\s*\d+: /, ''))).join('\n')
  }

export const variants: readonly Variant[] = [
  { name: 'as printed', whole: true, make: (text) => text },
  {
    name: 'musl',
    whole: true,
    make: (text) => musl.reduce((all, [glibc, other]) => all.replaceAll(glibc, other), text),
  },
  { name: 'CRLF', whole: true, make: (text) => text.replace(/\r?\n/g, '\r\n') },
  { name: 'colours', whole: true, make: eachLine((line) => `\u001b[1;31m${line}\u001b[0m\u001b[K`) },
  {
    name: 'journalctl',
    whole: true,
    make: eachLine((line) => `Nov 23 15:04:05 host cloud-hypervisor[4242]: ${line}`),
  },
  {
    name: 'journalctl -o short-iso',
    whole: true,
    make: eachLine((line) => `2026-11-23T15:04:05+0000 host my-vm@1.service[42]: ${line}`),
  },
  {
    name: 'journalctl -o json',
    whole: true,
    make: eachLine((line) => JSON.stringify({ _PID: '42', MESSAGE: line })),
  },
  {
    name: 'syslog without a number',
    whole: true,
    make: eachLine((line) => `Nov  3 05:04:05 host vm: ${line}`),
  },
  { name: 'docker logs -t', whole: true, make: eachLine((line) => `2026-11-23T15:04:05.123456789Z ${line}`) },
  {
    name: 'docker json-file',
    whole: true,
    make: eachLine((line) =>
      JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-11-23T15:04:05Z' }),
    ),
  },
  { name: 'docker compose', whole: true, make: eachLine((line) => `vm-1  | ${line}`) },
  {
    name: 'kubelet',
    whole: true,
    make: eachLine((line) => `2026-11-23T15:04:05.123456789Z stderr F ${line}`),
  },
  { name: 'ts', whole: true, make: eachLine((line) => `Nov 23 15:04:05 ${line}`) },
  { name: 'monotonic', whole: true, make: eachLine((line) => `[   12.345678] ${line}`) },
  { name: 'quoted', whole: true, make: eachLine((line) => `> ${line}`) },
  {
    name: 'behind a healthy run',
    whole: true,
    make: (text) =>
      `cloud-hypervisor:   0.004s: <vmm> INFO:vmm/src/lib.rs:1 -- ok\n\nUbuntu 24.04 LTS cloud ttyS0\n\ncloud login: \n${text}`,
  },
  { name: 'Debug line alone', whole: false, make: debugOnly },
  { name: 'chain alone', whole: false, make: chainOnly },
  { name: 'last three levels', whole: false, make: lastLevels(3, true) },
  { name: 'last two levels', whole: false, make: lastLevels(2, true) },
  { name: 'last two levels, no numbers', whole: false, make: lastLevels(2, false) },
]
