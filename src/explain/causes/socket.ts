/** Sockets: the API, vsock, and the programs behind vhost-user. */
import { type Cause, doc, issue } from '../cause.ts'
import type { Evidence } from '../evidence.ts'
import type { Pattern } from '../patterns.ts'

const api = (errno: number): readonly Pattern[] => [
  ["Error creation API server's socket", errno],
  ['CreateApiServerSocket(', errno],
]
const vsock = (errno: number): readonly Pattern[] => [
  ['Cannot create virtio-vsock backend', errno],
  ['CreateVsockBackend(', errno],
]

const atReboot = ({ phase, says }: Evidence): boolean =>
  phase === 'reboot' || says(/Error rebooting VM|VmReboot\((?!Sender)/)

export const sockets: readonly Cause[] = [
  {
    id: 'api-socket-exists',
    patterns: [
      [/API socket "(?<socket>[^"]+)" is already in use by another running instance/],
      [/ApiSocketInUse\("(?<socket>[^"]+)"\)/],
      ...api(98),
    ],
    what: 'The API socket {socket|} exists already.',
    why: 'Another Cloud Hypervisor uses it, or one that was killed left it behind (releases up to 52 do not take it over).',
    hint: 'If no other VM uses it (`sudo fuser -v SOCKET`), remove it: `rm SOCKET`.',
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
  {
    id: 'vhost-user-needs-shared-memory',
    patterns: [
      ['Using vhost-user requires using shared memory'],
      ['VhostUserRequiresSharedMemory'],
      ['Using user devices requires using shared memory'],
      ['UserDevicesRequireSharedMemory'],
      // Releases before 1.0 found out when the guest activated the device.
      [/VhostUserMemoryRegion\(|VhostUserSetMemTable\(/, 'NoMemoryRegion'],
    ],
    what: 'The guest memory is not shared, and a program outside must see it.',
    why: 'virtiofs, vhost-user and vfio-user devices are served by other programs, which read and write the memory of the guest.',
    hint: 'Add `shared=on` to --memory: `--memory size=1G,shared=on`.',
    reference: doc('fs.md'),
  },
  {
    id: 'vhost-user-socket-missing',
    patterns: [['No socket provided when using vhost-user'], ['VhostUserMissingSocket']],
    what: 'A vhost-user device has no socket.',
    why: 'vhost_user=on says that another program serves it, and socket= where that is.',
    hint: 'Add `socket=FILE`.',
    reference: doc('vhost-user-net-testing.md'),
  },
  {
    id: 'device-option-missing',
    patterns: [['panicked at vmm/src/device_manager.rs', '`Option::unwrap()` on a `None` value']],
    what: 'Cloud Hypervisor crashed because a device lacks an option.',
    why: 'vhost_user=on without socket= does so; the option is not asked for before it is used.',
    hint: 'Add `socket=FILE` to the device with vhost_user=on.',
    reference: doc('vhost-user-net-testing.md'),
    confidence: 'likely',
  },
  {
    id: 'vhost-user-gone-at-reboot',
    patterns: [
      [
        /(?<device>CreateVirtioFs)\(|virtio-fs|VhostUser/,
        /SocketConnect|VhostUserConnect|VhostUserCreateMaster|Connection to socket failed/,
      ],
    ],
    needs: atReboot,
    what: 'At a reboot of the guest the program behind a vhost-user device (virtiofsd for virtio-fs) did not answer any more.',
    why: 'virtiofsd ends with the first connection, and Cloud Hypervisor connects anew at each reboot. Why the guest rebooted is another question: look further above (a panic of the guest, a disk that refused a write).',
    hint: 'Have virtiofsd started again with every boot (a service with Restart=always).',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'vhost-user-queues',
    patterns: [['BadQueueNum'], [/Queue number {1,2}is not correct/]],
    what: 'The program behind a vhost-user device offers fewer queues than num_queues asks for.',
    why: 'virtiofsd has one request queue; other backends say at their start how many they have.',
    hint: 'Write `num_queues=1` for --fs (or drop it), and for other devices what the backend offers.',
    reference: doc('fs.md'),
  },
  {
    id: 'vfio-user-refused',
    patterns: [['VfioUserCreateClient('], ['Failed to create vfio-user client']],
    what: 'The program on the socket of --user-device does not speak vfio-user, or is not there.',
    why: '--user-device and add-user-device speak the vfio-user protocol; a vhost-user backend (of rust-vmm, SPDK, DPDK) speaks another protocol and closes the connection.',
    hint: 'Give a vhost-user backend to --net, --disk or --fs with vhost_user=on (or `--generic-vhost-user` from 52 on); there is no other way for other kinds of devices.',
    reference: doc('vfio-user.md'),
    confidence: 'likely',
  },
  {
    id: 'vhost-user-denied',
    patterns: [
      [
        /VhostUserConnect|VhostUserProtocol|Connection to socket failed|Failed connecting the backend|can't connect to peer/,
        13,
      ],
    ],
    what: 'The user was not permitted to connect to the socket of a vhost-user backend.',
    why: 'The socket, or a directory above it, belongs to the user who started virtiofsd or the backend.',
    hint: 'Start both as the same user, or open the socket to the group of the VMM (`--socket-group` of virtiofsd).',
    reference: doc('fs.md'),
  },
  {
    id: 'vhost-user-backend-missing',
    patterns: [
      [
        /Cannot create (?<device>virtio-fs|vhost-user-\w+|generic vhost-user) device/,
        'Connection to socket failed',
      ],
      ['Connection to socket failed'],
      ['VhostUserConnect'],
      [/Failed connecting the backend after trying for 1 minute(?: for socket (?<socket>[^:]+))?/],
      ["vhost-user: can't connect to peer"],
    ],
    what: 'The program that serves {device|a vhost-user device} does not answer.',
    why: 'virtiofsd, or another vhost-user backend, was not started or listens on another path; Cloud Hypervisor waits one minute for it.',
    hint: 'Start it first, with the same socket path and as a user whose socket you may use.',
    reference: doc('fs.md'),
  },
  {
    id: 'vhost-user-backend-lost',
    patterns: [
      [/Backend disconnected for socket/],
      [/VhostUser\w*\(.*(?:PartialMessage|SocketBroken|Disconnected)/],
    ],
    what: 'The program that serves a vhost-user device went away.',
    why: 'virtiofsd or another backend ended or refused the connection.',
    hint: 'Look at what that program says.',
    reference: doc('fs.md'),
  },
  {
    id: 'fs-tag-too-long',
    patterns: [['max tag length is'], ['ParseFsTagTooLong']],
    what: 'The tag of --fs is too long.',
    why: 'virtiofs has room for 36 bytes.',
    hint: 'Shorten `tag=`.',
    reference: doc('fs.md'),
  },
]
