/** The API, its clients, and the values of the command line, in words of any release. */
import { type Cause, doc } from '../../cause.ts'
import { family } from './family.ts'

const api = doc('api.md')
const readme = doc('README.md')

export const requestFamilies: readonly Cause[] = [
  {
    id: 'ch-remote-no-command',
    layer: 'usage',
    patterns: [[/panicked at .{0,40}ch-remote\.rs/, /unreachable/]],
    what: 'ch-remote was called without a command, and crashed over it.',
    why: 'That is a defect of this release: it should print its usage instead. It says nothing about the VMM or its socket.',
    hint: 'Name a command behind the socket: `ch-remote --api-socket FILE info` (or boot, pause, shutdown, …).',
    reference: api,
    confidence: 'likely',
  },
  {
    id: 'option-value-empty',
    layer: 'usage',
    patterns: [
      [/Failed parsing (?:parameters|(?<what>[\w |-]{1,60}) param\w*)/, /Empty/],
      [/Parse(?<option>\w+?)Param\(ParseIntError \{ kind: Empty/],
    ],
    what: 'A value of an option is empty where a number is expected ({option|see the message}).',
    why: 'The option was given without its value, or under another name: of --memory the size is written size=512M. Releases of 2019 and 2020 word it so.',
    hint: 'Write the value behind the =: `--memory size=512M`, `--cpus boot=2`.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'option-refused-old',
    layer: 'usage',
    patterns: [
      [/Failed (?:to parse|parsing) (?<reason>[\w |,-]{1,60}) parameters?\b/],
      [/\bParse(?<reason>\w+?)Param(?:s)?(?:\(|\b)/],
      [/\bParse(?<reason>(?:Cpus|Disk|Net|Vu|Fs|Vsock|Pmem|Device|Console)\w+)\(?/],
      [
        /Error parsing (?<reason>(?:device|disk|filesystem|persistent memory|network|user device|vDPA device|vsock|restore|generic vhost-user|common PCI|send migration|receive migration|CPU|memory|balloon)[\w -]{0,40})/,
      ],
    ],
    onlyOurs: true,
    what: 'The value of an option cannot be read ({reason|see the message}).',
    why: 'It has a form that this release does not take: a key that is missing or misspelt, a number or a size in another spelling. {errno|}',
    hint: 'Everything is written key=value; see `cloud-hypervisor --help` (or `ch-remote --help`) of this release.',
    reference: readme,
    confidence: 'likely',
  },
  family({
    id: 'api-answer-unreadable',
    layer: 'socket',
    words:
      /HTTP (?:status code|Content-Length|output)|missing protocol statement|Error sending file descriptors/i,
    names: ['StatusCodeParsing', 'MissingProtocol', 'ContentLengthParsing', 'SocketSendFds', 'HttpApiClient'],
    onlyOurs: true,
    doing: 'reading the answer of the API',
    why: 'What answered on the socket is not the API of Cloud Hypervisor, or the VMM ended in the middle of the answer. An answer with an empty body (a 500, for example) gives no reason at all: it stands in the log of the VMM.',
    hint: 'See which program listens on the socket: `ss -xlp`.',
    reference: api,
  }),
  family({
    id: 'api-request-failed',
    layer: 'socket',
    words:
      /\bAPI\b (?:request|response|server)|Error (?:from API|(?:receiving|sending) API)|Could not (?:act on|handle)|The VMM? (?:could not (?:be deleted|shutdown|reboot|power)|info|config)|Could not (?:shut|reboot)|power button|(?:Bad Request|Internal Server Error|Too Many Requests)|HTTP thread|D-?Bus|http api|VMM thread|signal handler thread|HTTP server error|Number of (?:expected )?FDs|Error when (?:adding|resizing|getting)|\bNot Found$/i,
    names: [
      'ApiRequestRecv',
      'ApiResponseSend',
      'RequestSend',
      'ResponsePayloadType',
      'HttpThreadSpawn',
      'VmmThreadSpawn',
      'VmInfo',
      'VmDelete',
      'VmShutdown',
      'VmReboot',
      'VmmShutdown',
      'VmPowerButton',
      'PowerButtonNotification',
      'VmNmi',
      'VmCounters',
      'CreateApiServer',
      String.raw`(?:Create)?DBus\w+`,
      'SignalHandlerSpawn',
      'ThreadCleanup',
      'SerializeJson',
    ],
    onlyOurs: true,
    // Both sides of a migration answer over the API, too.
    // What keeps the VMM from starting is no request.
    needs: ({ text }) => !/migrat|Failed to start the VMM thread|seccomp/i.test(text),
    doing: 'serving a request of the API',
    why: 'The request reached the VMM, which could not carry it out; the innermost words say at which step.',
    hint: 'Ask for the state with `ch-remote --api-socket FILE info`, and read the log of the VMM at that time.',
    reference: api,
  }),
  family({
    id: 'landlock-rule-failed',
    layer: 'confinement',
    words: /[Ll]andlock/,
    names: [String.raw`\w*Landlock\w*`, 'ManageRuleset', 'OpenPath'],
    onlyOurs: true,
    doing: 'setting up Landlock (--landlock)',
    why: 'Each rule names a path that must exist and be readable, and the kernel must have Landlock.',
    hint: 'Try without --landlock: what fails then is the cause.',
    reference: doc('landlock.md'),
  }),
  family({
    id: 'event-monitor-failed',
    words: /event[ -]monitor|Error setting up logger|logger/i,
    names: [String.raw`\w*EventMonitor\w*`, 'LoggerSetup', 'LogFileCreation'],
    onlyOurs: true,
    doing: 'opening its log or the file of the event monitor (--log-file, --event-monitor)',
    why: 'The file or its directory could not be opened for writing.',
    hint: 'Look at the path with `ls -ld DIRECTORY FILE`.',
    reference: doc('logging.md'),
  }),
]
