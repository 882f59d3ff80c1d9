/** What clients of the API say that are written in other languages, and ch-remote without a chain. */
import { type Cause, doc } from '../../cause.ts'

const api = doc('api.md')

export const clients: readonly Cause[] = [
  {
    id: 'client-no-socket',
    line: [
      /(?:FileNotFoundError|ConnectionRefusedError|PermissionError)\S{0,4}(?:\(?\d{0,3}|: \[Errno (?<errno2>\d+)\]).{0,120}/,
      /connect (?<code>ENOENT|ECONNREFUSED|EACCES) (?<socket>\/\S{1,160})/,
    ],
    errnos: [1, 2, 13, 111],
    needs: ({ says }) =>
      says(/api\/v1\/vmm?\.|cloud-?hypervisor|ch-remote|\bch\S{0,12}\.sock|http\+unix|requests_unixsocket/i),
    what: 'A client of the API (Python, Node) could not connect to the socket {socket|of the VMM}.',
    why: 'FileNotFoundError, ENOENT: no such file: Cloud Hypervisor does not run, was started without --api-socket or with another path (in another container, too). Refused: it ended and left the file. PermissionError, EACCES: the socket belongs to another user.',
    hint: 'See `ss -xlp | grep SOCKET` and `pgrep -a cloud-hypervisor`; give both the same absolute path, and run the client as the same user.',
    reference: api,
    confidence: 'likely',
  },
  {
    id: 'client-decode-failed',
    line: [
      /json: cannot unmarshal (?<words>.{1,160})/,
      /(?:JSONDecodeError|serde_json|Error\("(?:missing field|unknown (?:field|variant)|invalid type)).{0,160}/,
      /(?:Invalid JSON|Error serialising JSON|Error parsing JSON)/i,
    ],
    needs: ({ says }) =>
      says(
        /cloud-?hypervisor|ch-remote|\bclh\b|\/api\/v1\/|VmConfig|MemoryConfig|kata|expected one of `(?:Created|false`, `Tty|Off`, `Pty)/i,
      ),
    what: "Client and Cloud Hypervisor do not understand each other's JSON: {words|see the message}.",
    why: 'The client was made for another release (a field is missing, new, or of another type), or the body is not JSON at all: a shell took its quotes away, or a file was named without @.',
    hint: 'Compare with cloud-hypervisor.yaml of the release that runs; check the body with `jq . FILE`, and send it as `curl -H "Content-Type: application/json" -d @FILE`.',
    reference: api,
    confidence: 'likely',
  },
]
