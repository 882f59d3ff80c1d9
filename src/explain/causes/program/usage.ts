/** The command line itself: what clap refuses, and what the parser of `--flag key=value,…` refuses. */
import { type Cause, doc } from '../../cause.ts'

const notes = doc('release-notes.md')
const readme = doc('README.md')

/** Options by the release that brought them (release notes; what an older one calls unknown). */
const arrivals: readonly (readonly [option: string, flag: string, release: string])[] = [
  ['nested', '--cpus', '50.0'],
  ['image_type', '--disk', '50.1'],
  ['backing_files', '--disk', '50.1'],
  ['sparse', '--disk', '51.0'],
  ['lock_granularity', '--disk', '52.0'],
  ['core_scheduling', '--cpus', '52.0'],
  ['pci_device_id', 'a device', '52.0'],
  ['reserve', '--memory', '53.0'],
]

const tooNew = arrivals.map(
  ([option, flag, release]): Cause => ({
    id: `option-too-new-${option.replaceAll('_', '-')}`,
    patterns: [
      ['Error parsing --', new RegExp(`unknown option: ${option}\\b`, 'i')],
      [new RegExp(`UnknownOption\\("${option}"\\)`)],
      [new RegExp(`unknown option: ${option}$`, 'i')],
    ],
    what: `This release of Cloud Hypervisor is too old for ${option}=.`,
    why: `The option ${option}= of ${flag} came with release ${release}.`,
    hint: `Drop \`${option}=\`, or install a newer release: \`chv-doctor fix install-cloud-hypervisor\`.`,
    check: 'cloud-hypervisor',
    reference: notes,
  }),
)

const parsing = /Error parsing (?<flag>--[\w-]+)/

export const usage: readonly Cause[] = [
  ...tooNew,
  {
    id: 'api-socket-value',
    patterns: [['Error parsing --api-socket'], ['ParsingApiSocket(']],
    what: 'The value of --api-socket cannot be read.',
    why: 'It is a path, path=FILE, or fd=N with a number.',
    hint: 'Write `--api-socket path=FILE`.',
    reference: doc('api.md'),
  },
  {
    id: 'event-monitor-value',
    patterns: [['Error parsing --event-monitor'], [/(?:ParsingEventMonitor|BareEventMonitor)/]],
    what: 'The value of --event-monitor cannot be read.',
    why: 'It is path=FILE or fd=N.',
    hint: 'Write `--event-monitor path=FILE`.',
    reference: doc('api.md'),
  },
  {
    id: 'option-empty',
    patterns: [[parsing, /unknown option:\s*(?=›|$)/i], [/UnknownOption\(""\)/]],
    what: '{flag|A flag} has an empty option.',
    why: 'There are two commas, one at the end, or a blank after a comma: the shell makes a word of its own from what follows.',
    hint: 'Write the options without blanks: `path=FILE,readonly=on`.',
    reference: readme,
  },
  {
    id: 'option-bare-value',
    patterns: [
      [parsing, /unknown option: (?<option>\d+[KMGT]?i?B?|[~.]?[^\s=›]*[./][^\s=›]*)(?= ›|$)/i],
      [/UnknownOption\("(?<option>\d+[KMGT]?i?B?|[~.]?[^"=]*[./][^"=]*)"\)/],
    ],
    what: '{flag|A flag} got the bare value {option|}.',
    why: 'Everything is written key=value: `--disk path=FILE`, `--memory size=512M`, `--cpus boot=2`, `--net tap=NAME`.',
    hint: 'Put the key in front: path=, size=, boot= or tap=.',
    reference: readme,
  },
  {
    id: 'option-unknown',
    patterns: [
      [parsing, /unknown option: (?<option>[^\s›][^›\n]*)/i],
      [/UnknownOption\("(?<option>[^"]+)"\)/],
      [/Invalid(?:Config)?.*unknown option: (?<option>[^\s›][^›\n]*)/i],
    ],
    what: '{flag|A flag} has no option {option|of that name}.',
    why: 'It is misspelt, belongs to another flag, or comes from QEMU (format=, if=, file=, bridge=, id= and others have no meaning here).',
    hint: 'See `cloud-hypervisor --help` for the options that there are.',
    reference: readme,
  },
  {
    id: 'option-syntax',
    patterns: [
      [parsing, /invalid (?:syntax|value): (?<option>[^›\n]*)/i],
      [/Invalid(?:Syntax|Value)\("(?<option>[^"]*)"\)/],
    ],
    what: '{flag|A flag} cannot be read at {option|one of its options}.',
    why: 'An option lacks its =, or a bracket or quotation mark is not closed.',
    hint: 'Quote the whole value for the shell, and close each [ and ".',
    reference: readme,
  },
  {
    id: 'option-memory-unit',
    patterns: [
      [
        /unable to convert (?<value>\d+(?:[kmgtTpP]|[KMGTkmgt](?:i|i?[Bb])|\.\d+[KMG])) for (?<option>\w*size\w*)/,
      ],
      [
        /Conversion\("(?<option>\w*size\w*)", "(?<value>\d+(?:[kmgtTpP]|[KMGTkmgt](?:i|i?[Bb])|\.\d+[KMG]))"\)/,
      ],
    ],
    what: 'The size {value|} is not understood: its unit, or its fraction.',
    why: 'A whole number is, with K, M or G in capitals and without i and B: 512M, 1536M instead of 1.5G, 1024G instead of 1T.',
    hint: 'Write `size=512M` or `size=2G`.',
    reference: doc('memory.md'),
  },
  {
    id: 'option-image-type',
    patterns: [
      [/unable to convert (?<value>\S+) for image_type/],
      [/Conversion\("image_type", "(?<value>[^"]+)"\)/],
    ],
    what: 'There is no image_type {value|of that name}.',
    why: 'There are raw, qcow2, vhd and vhdx.',
    hint: 'Write `image_type=raw`, or `qcow2` if that is what `qemu-img info FILE` says.',
    reference: notes,
  },
  {
    id: 'option-value',
    patterns: [
      [/unable to convert (?<value>.*?) for (?<option>\w+)/],
      [/Conversion\("(?<option>[^"]+)", "(?<value>[^"]*)"\)/],
    ],
    what: 'The value {value|} does not fit {option|its option}=.',
    why: 'A number, on or off, or one of a few words is expected there.',
    hint: 'See `cloud-hypervisor --help` for what it takes.',
    reference: readme,
  },
  {
    id: 'option-missing',
    patterns: [
      [/Error parsing (?<flag>--[\w-]+): (?<option>[\w/ ]+?) (?:field )?missing/],
      [/\bParse\w+Missing(?:Fields)?\b/],
      [/Error parsing (?<flag>--[\w-]+): (?<option>path or fd|path) required/],
    ],
    what: '{flag|A flag} lacks {option|something that it needs}.',
    why: 'The flag means nothing without it.',
    hint: 'Add it as key=value; `cloud-hypervisor --help` shows the whole form.',
    reference: readme,
  },
  {
    id: 'disk-flag-each',
    patterns: [[/Unrecognized argument: (?<word>path=[^›\n]{1,200})/]],
    line: [/^Unrecognized argument: (?<word>path=\S{1,200})/],
    what: 'This release takes one value behind each --disk (or other flag), and got two: {word|see the message}.',
    why: 'Releases from 31 to 35 read their command line with another parser: each disk needs a flag of its own.',
    hint: 'Repeat the flag: `--disk path=A --disk path=B`; other releases take `--disk path=A path=B`.',
    check: 'cloud-hypervisor',
    reference: notes,
  },
  {
    id: 'argument-unrecognized',
    patterns: [[/Unrecognized argument: (?<word>[^›\n]{1,200})/]],
    line: [/^Unrecognized argument: (?<word>\S{1,200})$/],
    what: 'Cloud Hypervisor does not know the argument {word|}.',
    why: 'It is misspelt, newer than this release, or stands where no word belongs. Releases from 31 to 35 word it so.',
    hint: 'See `cloud-hypervisor --help`; quote values with blanks, and repeat a flag for each device.',
    check: 'cloud-hypervisor',
    reference: notes,
    confidence: 'likely',
  },
  {
    id: 'flag-unknown',
    patterns: [
      [/error: unexpected argument '(?<flag>-[^']+)' found/],
      [/error: Found argument '(?<flag>-[^']+)' which wasn't expected/],
    ],
    needs: ({ text, says }) =>
      !/\bvirtiofsd\b/.test(text) && !says(/^\s*(?:USAGE|Usage): ?(?:\S{0,80}\/)?virtiofsd\b/),
    what: 'Cloud Hypervisor has no flag {flag|of that name}.',
    why: 'It is misspelt, newer than this release, was removed (--sgx-epc in 48), or belongs to another monitor.',
    hint: 'See `cloud-hypervisor --help`; `chv-doctor check` prints a command that fits your release.',
    check: 'cloud-hypervisor',
    reference: notes,
  },
  {
    id: 'argument-stray',
    patterns: [
      [/error: unexpected argument '(?<word>[^-'][^']*)' found/],
      [/error: Found argument '(?<word>[^-'][^']*)' which wasn't expected/],
    ],
    what: 'The word {word|} stands where no word belongs.',
    why: 'A value with blanks is not quoted, or a flag is missing in front of it.',
    hint: 'Quote it for the shell: `--cmdline "console=hvc0 root=/dev/vda1"`.',
    reference: readme,
  },
  {
    id: 'flag-repeated',
    patterns: [
      [/error: the argument '(?<flag>--[\w-]+)[^']*' cannot be used multiple times/],
      [/The argument '(?<flag>--[\w-]+)[^']*' was provided more than once/],
    ],
    what: '{flag|A flag} was given more than once.',
    why: 'Up to release 51 several devices stand behind one flag.',
    hint: 'Write `--disk path=A path=B`: that is understood by every release.',
    check: 'cloud-hypervisor',
    reference: notes,
  },
  {
    id: 'flag-value-invalid',
    patterns: [[/error: invalid value '(?<value>[^']*)' for '(?<flag>--[\w-]+)/]],
    what: '{flag|A flag} does not take the value {value|}.',
    why: 'It takes one of a few words, which the message lists.',
    hint: 'Use one of those; --seccomp is switched off by `false`.',
    reference: doc('seccomp.md'),
  },
  {
    id: 'flag-value-missing',
    patterns: [
      [/error: a value is required for '(?<flag>--[\w-]+)/],
      [/error: The argument '(?<flag>--[\w-]+)[^']*' requires a value/],
    ],
    what: '{flag|A flag} has no value.',
    why: 'It was forgotten, or a variable of a script was empty.',
    hint: 'Add the value behind it.',
    reference: readme,
  },
  {
    id: 'flag-required',
    patterns: [['error: the following required arguments were not provided']],
    what: 'A flag that others need is missing.',
    why: 'The message names it.',
    hint: 'Add the flag that the message names.',
    reference: readme,
  },
  {
    id: 'flags-conflict',
    patterns: [[/error: the argument '(?<flag>--[\w-]+)[^']*' cannot be used with/]],
    what: '{flag|A flag} cannot be combined with another that was given.',
    why: 'They exclude each other: a VM is restored, or made from options.',
    hint: 'Keep one of the two.',
    reference: readme,
  },
  {
    id: 'arguments-none',
    line: [/^Launch a cloud-hypervisor VMM\.?$/],
    what: 'Cloud Hypervisor printed its help instead of starting.',
    why: 'It was started without any argument (and then ends with 2), or with --help.',
    hint: 'Give at least `--firmware FILE --disk path=FILE`; `chv-doctor check` prints the whole command.',
    reference: readme,
    confidence: 'likely',
  },
]
