/** Serial port and consoles. */
import { type Cause, doc } from '../../cause.ts'
import type { Pattern } from '../../patterns.ts'

const opening = (errno: number): readonly Pattern[] => [
  ['Error creating console device', 'Error creating console device', errno],
  [/CreateConsoleDevices?\(CreateConsoleDevice\(/, errno],
  [
    /(?:SerialOutputFileOpen|ConsoleOutputFileOpen|SerialPtyOpen|ConsolePtyOpen|DebugconOutputFileOpen)\(/,
    errno,
  ],
]

const page = doc('logging.md')

export const consoles: readonly Cause[] = [
  {
    id: 'console-place-missing',
    patterns: opening(2),
    what: 'The file, socket or terminal of a console could not be made.',
    why: 'The directory of file= or socket= does not exist; or for pty, /dev/pts is not mounted (a chroot or container).',
    hint: 'Make the directory, or correct the path; for pty mount devpts.',
    atRestore:
      'Look up the file or socket of the console in config.json of the snapshot, and make its directory, or correct the path before the restore.',
    reference: page,
  },
  {
    id: 'console-place-denied',
    patterns: opening(13),
    what: 'The user was not permitted to write the file or socket of a console.',
    why: 'Its directory belongs to another user, or an older run as root left the file (mode 0600).',
    hint: 'Remove that file, or use a directory of your own.',
    reference: page,
  },
  {
    id: 'console-socket-stale',
    patterns: opening(98),
    what: 'The socket of the serial port exists already.',
    why: 'Cloud Hypervisor leaves it behind when it ends, and does not take it over.',
    hint: 'Remove it before the start, if no other VM uses it: `rm SOCKET`.',
    reference: page,
  },
  {
    id: 'console-socket-unsupported',
    patterns: [['No socket option support for console device'], ['NoSocketOptionSupportForConsoleDevice']],
    what: 'The virtio console cannot use a socket.',
    why: 'Only the serial port can.',
    hint: 'Write `--serial socket=FILE --console off`, or `--console pty`.',
    reference: page,
  },
  {
    id: 'console-mode-unknown',
    patterns: [
      [
        /Error parsing --(?<which>console|serial|debug-console)\b/,
        /(?:unknown option|invalid syntax): ?(?<value>[^›\n]*)/i,
      ],
      [/Parse(?:Console|Serial|DebugConsole)\((?:UnknownOption|InvalidSyntax)\("(?<value>[^"]*)"/],
      [/Error parsing --(?<which>console|serial|debug-console): invalid console mode given/],
      ['ParseConsoleInvalidModeGiven'],
    ],
    what: 'A console has no mode {value|of that name}.',
    why: 'The modes are off, null, tty, pty, file=FILE and (serial port only) socket=FILE. Releases up to 51 say --console here even when it was --serial.',
    hint: 'For a cloud image through firmware use `--serial tty --console off`.',
    reference: page,
  },
  {
    id: 'console-file-missing',
    patterns: [
      ['Path missing when using file console mode'],
      ['Path missing when using file mode for debug console'],
      [/\b(?:ConsoleFileMissing|DebugconFileMissing)\b/],
    ],
    what: 'A console is to write to a file that has no name.',
    why: 'file= needs a path behind it.',
    hint: 'Write `file=/path/to/console.log`.',
    reference: page,
  },
  {
    id: 'console-socket-missing',
    patterns: [['Path missing when using socket console mode'], ['ConsoleSocketPathMissing']],
    what: 'A console is to use a socket that has no name.',
    why: 'socket= needs a path behind it.',
    hint: 'Write `socket=/path/to/console.sock`.',
    reference: page,
  },
  {
    id: 'debug-console-port',
    patterns: [[/IO port was not properly provided in hex.*: (?<value>\S+)/], ['InvalidIoPortHex(']],
    what: 'The I/O port {value|} of the debug console is not written in hexadecimal.',
    why: 'It needs 0x in front.',
    hint: 'Write `iobase=0xe9`.',
    reference: doc('debug-port.md'),
  },
  {
    id: 'console-terminal',
    patterns: [['Error setting pty raw mode'], ['SetPtyRaw('], ['Error starting sigwinch listener']],
    errnos: [1, 5, 6, 9, 13, 22, 25],
    what: 'A terminal could not be prepared for a console.',
    why: 'It was closed meanwhile, or the sandbox forbids it; release 47 does so with glibc 2.42.',
    hint: 'Use a newer release, or `file=` instead of tty and pty.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'console-tty-twice',
    patterns: [['DoubleTtyMode'], [/Console mode tty specified for both/i]],
    what: 'Serial port and virtio console were both given the terminal (tty), which this release does not take.',
    why: 'What is typed can go to one of them only. --console is tty where it is not given, so that `--serial tty` alone is enough for it.',
    hint: 'Keep one: `--serial tty --console off` (firmware, console=ttyS0), or `--console tty --serial off` (a kernel with console=hvc0).',
    reference: page,
  },
  {
    id: 'console-both-on-tty',
    severity: 'warning',
    patterns: [['Using TTY output for multiple consoles']],
    what: 'The serial port and the virtio console write to the same terminal.',
    why: 'What both say is mixed, and what is typed goes to both.',
    hint: 'Keep one: `--serial tty --console off` for firmware, `--console tty --serial off` for a kernel on hvc0.',
    reference: page,
  },
]
