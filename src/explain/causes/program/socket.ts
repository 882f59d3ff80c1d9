/** The sockets that Cloud Hypervisor makes: of its API and of vsock. */
import { type Cause, doc, issue } from '../../cause.ts'
import type { Pattern } from '../../patterns.ts'

const api = (errno: number): readonly Pattern[] => [
  ["Error creation API server's socket", errno],
  ['CreateApiServerSocket(', errno],
]
const vsock = (errno: number): readonly Pattern[] => [
  ['Cannot create virtio-vsock backend', errno],
  ['CreateVsockBackend(', errno],
]

export const sockets: readonly Cause[] = [
  {
    id: 'api-socket-exists',
    patterns: [
      [/API socket "(?<socket>[^"]+)" is already in use by another running instance/],
      [/ApiSocketInUse\("(?<socket>[^"]+)"\)/],
      [/\bApiSocketInUse\(/],
      ...api(98),
    ],
    what: 'The API socket {socket|} exists already.',
    why: 'Another Cloud Hypervisor uses it (release 53 tells by a lock on SOCKET.lock beside it), or one that was killed left it behind (releases up to 52 do not take it over).',
    hint: 'See who has it: `sudo fuser -v SOCKET SOCKET.lock`. End that VMM or use another --api-socket; if nobody has it, remove it: `rm SOCKET`.',
    reference: issue(7784),
  },
  {
    id: 'api-socket-denied',
    patterns: api(13),
    what: 'The user was not permitted to make the API socket.',
    why: 'Its directory belongs to another user.',
    hint: 'Use a directory of your own: `--api-socket $XDG_RUNTIME_DIR/ch.sock`.',
    reference: doc('api.md'),
  },
  {
    id: 'api-socket-place',
    patterns: [...api(2), ...api(20)],
    what: 'The directory of the API socket is not there.',
    why: 'Sockets are made, directories are not.',
    hint: 'Make the directory, or correct `--api-socket`.',
    reference: doc('api.md'),
  },
  {
    id: 'socket-path-too-long',
    patterns: [['must be shorter than SUN_LEN']],
    what: 'The path of a socket is too long.',
    why: 'A Unix socket has room for 107 bytes.',
    hint: 'Use a shorter path: $XDG_RUNTIME_DIR, or one relative to the directory you start in.',
    reference: 'https://man7.org/linux/man-pages/man7/unix.7.html',
  },
  {
    id: 'api-client-no-server',
    patterns: [
      ['Error opening HTTP socket', 2],
      ['Error opening HTTP socket', 111],
    ],
    what: 'ch-remote found no Cloud Hypervisor behind its socket.',
    why: 'The VMM has ended, was started without --api-socket, or with another path.',
    hint: 'Start it with `--api-socket FILE`, and give ch-remote the same path.',
    reference: doc('api.md'),
  },
  {
    id: 'api-client-denied',
    patterns: [['Error opening HTTP socket', 13]],
    what: 'ch-remote was not permitted to use the socket of the VMM.',
    why: 'The socket belongs to the user who started the VMM, with mode 0700.',
    hint: 'Run ch-remote as the same user (with sudo if the VMM runs as root).',
    reference: doc('api.md'),
  },
  {
    id: 'api-vm-not-created',
    patterns: [
      ['VM is not created'],
      ['The VM is not created'],
      ['VmNotCreated'],
      ['VM config is missing'],
      ['VmMissingConfig'],
    ],
    what: 'There is no VM in this VMM yet.',
    why: 'A VMM that was started with --api-socket alone waits for vm.create.',
    hint: 'Create one first: `ch-remote --api-socket FILE create CONFIG`.',
    reference: doc('api.md'),
  },
  {
    id: 'api-vm-exists',
    patterns: [['VM is already created'], ['VmAlreadyCreated']],
    what: 'This VMM has a VM already.',
    why: 'One VMM runs one VM.',
    hint: 'Delete it (`ch-remote delete`), or start another VMM with a socket of its own.',
    reference: doc('api.md'),
  },
  {
    id: 'api-vm-not-running',
    patterns: [['VM is not running'], ['VmNotRunning'], ['VM is not booted'], ['VmNotBooted']],
    what: 'The VM does not run.',
    why: 'It was created but not booted, or was shut down.',
    hint: 'Boot it first: `ch-remote --api-socket FILE boot`.',
    reference: doc('api.md'),
  },
  {
    id: 'vsock-socket-place',
    patterns: vsock(2),
    what: 'The directory of the vsock socket is not there.',
    why: 'Sockets are made, directories are not.',
    hint: 'Make the directory, or correct `socket=` of --vsock.',
    atRestore:
      'Look up the socket of vsock in config.json of the snapshot, and make its directory (`mkdir -p`) before the restore.',
    reference: doc('vsock.md'),
  },
  {
    id: 'vsock-socket-exists',
    patterns: vsock(98),
    what: 'The vsock socket exists already.',
    why: 'Cloud Hypervisor leaves it behind when it is killed, and does not take it over.',
    hint: 'Remove it before the start, if no other VM uses it: `rm SOCKET`.',
    reference: doc('vsock.md'),
  },
  {
    id: 'vsock-socket-denied',
    patterns: vsock(13),
    what: 'The user was not permitted to make the vsock socket.',
    why: 'Its directory belongs to another user.',
    hint: 'Use a directory of your own for `socket=` of --vsock.',
    reference: doc('vsock.md'),
  },
  {
    id: 'vsock-cid-reserved',
    patterns: [[/(?<cid>\d+) is a special VSOCK CID/], ['VsockSpecialCid(']],
    what: 'The vsock number {cid|} is reserved.',
    why: '0, 1 and 2 mean the hypervisor and the host.',
    hint: 'Write `cid=3` or more.',
    reference: doc('vsock.md'),
  },
  {
    id: 'vsock-too-many',
    patterns: [['Too many virtio-vsock devices'], ['TooManyVsockDevices']],
    what: 'The VM has more than one vsock device.',
    why: 'One is the most there can be.',
    hint: 'Drop the other.',
    reference: doc('vsock.md'),
  },
]
