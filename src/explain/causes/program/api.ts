/** The API: its states, its clients, and the managers that start Cloud Hypervisor. */
import { type Cause, doc } from '../../cause.ts'

const page = doc('api.md')

export const api: readonly Cause[] = [
  {
    id: 'api-number-out-of-range',
    patterns: [
      [
        /SerdeJsonDeserialize\(|Failed to deserialize JSON|Error from API|Bad ?Request/,
        /invalid value: (?:integer|floating point) `(?<value>[^`]{1,30})`, expected (?<type>[ui](?:8|16|32|64|size))/,
      ],
    ],
    what: 'The API refused a number in the JSON of a request: {value|it} does not fit its field, which is a {type|number of fewer bits} there.',
    why: 'A u8 takes 0 to 255, a u16 0 to 65535, a u32 about 4 billion, an i… negative numbers as well; a field of a newer release may be larger (host CPUs of an affinity above 255 are an example). line and column count in the body of the request.',
    hint: 'Look at that column of the request for the field; give a value in the range, or use a release whose cloud-hypervisor.yaml allows more.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'api-json-refused',
    patterns: [
      [
        /SerdeJsonDeserialize\(|Failed to deserialize JSON/,
        /(?:missing field|unknown field|unknown variant|invalid type:|invalid value:) ?`?(?<field>[^`",›]{1,60})/,
      ],
      [
        /Error from API|(?<!Error from server \()BadRequest|Bad Request/,
        /(?:missing field|unknown field|unknown variant|invalid type:|invalid value:) ?`?(?<field>[^`",›]{1,60})/,
      ],
      ['SerdeJsonDeserialize('],
      ['Failed to deserialize JSON'],
      ['request data could not be deserialized'],
    ],
    what: 'The API refused the JSON of a request ({said|see the message}).',
    why: 'The client (Kata, libvirt, a script) was made for another release of Cloud Hypervisor, whose fields have other names; or a value is spelt as on the command line, while the JSON has its own spelling, as in OnDemand.',
    hint: 'Use the release of Cloud Hypervisor that the client was made for, or compare the request with cloud-hypervisor.yaml of this release.',
    reference: page,
  },
  {
    id: 'api-no-reason',
    patterns: [
      [/\bServerResponse\((?<status>[A-Z]\w{2,40})\)/],
      [/Server responded with (?:an error: )?(?<status>[A-Z]\w{2,40})$/],
    ],
    what: 'Cloud Hypervisor refused the request ({status|see the message}), and this client does not show the reason.',
    why: 'InternalServerError is HTTP 500: the VMM understood the request and failed over it; BadRequest is a body that it could not read. Old releases of ch-remote leave out the rest of the answer.',
    hint: 'Read the output or log of the VMM at that time (`-v --log-file FILE`), or ask with `curl -i --unix-socket FILE`, which prints the body.',
    reference: page,
    confidence: 'possible',
  },
  {
    id: 'api-state-already',
    patterns: [
      [/InvalidStateTransition\((?<state>Paused), Paused\)/],
      [/InvalidStateTransition\((?<state>Running), Running\)/],
      [/InvalidStateTransition\((?<state>Shutdown), Shutdown\)/],
    ],
    what: 'The VM is already in the state that the request asks for ({state|see the message}).',
    why: 'An earlier request, perhaps an interrupted snapshot or migration, left it so; doing it again is refused.',
    hint: 'Go on with what was to follow (a snapshot of a paused VM), or bring it back first: `ch-remote --api-socket FILE resume`.',
    reference: page,
  },
  {
    id: 'api-state-refused',
    patterns: [
      ["VM is currently migrating and can't be modified"],
      ['VmMigrating'],
      ['on-demand memory restore is still in progress'],
      [/\bVmRestoring\b/],
      ['invalid VM state transition'],
      ['InvalidStateTransition('],
    ],
    what: 'The VM is in a state in which this request is not possible.',
    why: 'Requests depend on the state: a paused VM is resumed, a running one paused, and while it migrates or is restored nothing is changed.',
    hint: 'Ask for the state (`ch-remote --api-socket FILE info`), and wait or change it first.',
    reference: page,
  },
  {
    id: 'api-unknown-device',
    patterns: [
      [/Failed to find device corresponding to the given identifier: (?<id>[^›\n"\])]+)/],
      [/No device with id "?(?<id>[^"›\n]+)"? to remove/],
      [/(?:UnknownDeviceId|NoDeviceToRemove)\("(?<id>[^"]+)"\)/],
    ],
    what: 'The VM has no device with the id {id|that was given}.',
    why: 'Devices without id= get a name from Cloud Hypervisor, such as _disk0; a removed device is gone only when the guest has let go of it. ch-remote takes the bare id: with `id=` in front it is another id.',
    hint: 'List the ids (`ch-remote --api-socket FILE info`), and give one as it stands there: `ch-remote remove-device _disk2`.',
    reference: page,
  },
  {
    id: 'vmm-thread-gone',
    patterns: [['ResponseRecv(RecvError)'], ['API response receive error'], ['ResponseRecv(']],
    what: 'The thread that runs the VM ended before it answered.',
    why: 'It panicked or gave up; the lines before this one say why, if they are in the text.',
    hint: 'Read the lines above, or run it again with `-v` and give the whole output.',
    reference: page,
    confidence: 'possible',
  },
  {
    id: 'vmm-not-up',
    patterns: [
      [/Failed to connect to API/],
      [/Vmm?PingGet API call failed/],
      [/\/api\/v1\/vmm\.ping/, /connect: (?:no such file or directory|connection refused)/],
      [
        /(?:clh-api|cloud-hypervisor|ch-api|chv?)\.sock: connect: (?:no such file or directory|connection refused)/,
      ],
      [/timed out waiting for (?:the )?(?:cloud-hypervisor|CLH|VMM) (?:api|socket)/i],
    ],
    what: 'Cloud Hypervisor did not come up, or ended at once: nothing listens on its API socket.',
    why: 'A manager (Kata, a CSI or VM operator) waits for the socket. Why the VMM did not start is not in this line but in its own output: the program or /dev/kvm is missing, or it ended with an error of its own.',
    hint: 'Look for lines of cloud-hypervisor in the journal of that node, run the same command by hand there, and run `chv-doctor check` on it.',
    check: 'cloud-hypervisor',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'api-connection-lost',
    patterns: [
      ['Error writing to or reading from HTTP socket'],
      [/HttpApiClient\(Socket\(/],
      [/HTTP output is missing protocol statement|MissingProtocol\b/],
      [/\bServer responded with\b.{0,80}\bConnection (?:reset|closed)/],
    ],
    errnos: [32, 104, 107],
    what: 'The connection to the API was closed in the middle of a request, without an answer.',
    why: 'The VMM ended or crashed while it worked on the request; its own output says why, and `sudo dmesg` where a signal, the sandbox (seccomp) or the memory of the host ended it.',
    hint: 'Look at the end of the output or log of the VMM at that time, and at `journalctl -k`.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'libvirt-driver-skipped',
    line: [
      /Initialization of mandatory cloud-hypervisor state driver skipped/,
      /virtchd?\b.{0,120}(?:Failed to (?:find|parse)|unable to find|Cannot find).{0,60}cloud-hypervisor/i,
      /Cloud-Hypervisor version is too old/i,
    ],
    what: 'The ch driver of libvirt found no cloud-hypervisor program that it can use.',
    why: 'It is not installed, not in the PATH of the virtchd service (which is not the PATH of your shell), or older than libvirt wants.',
    hint: 'Install it to /usr/bin or /usr/local/bin, or extend PATH in the unit (`sudo systemctl edit virtchd`), then restart virtchd.',
    check: 'cloud-hypervisor',
    reference: 'https://libvirt.org/drvch.html',
    confidence: 'likely',
  },
]
