/** The programs behind vhost-user, virtiofs and vfio-user devices. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const atReboot = ({ phase, says }: Evidence): boolean =>
  phase === 'reboot' || says(/Error rebooting VM|VmReboot\((?!Sender)/)

export const vhostUser: readonly Cause[] = [
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
    // The place of releases 46 to 53; other values that are not there are other defects.
    patterns: [
      [/panicked at vmm\/src\/device_manager\.rs:2[789]\d\d:56/, '`Option::unwrap()` on a `None` value'],
    ],
    needs: ({ text }) => !/PoisonError/.test(text),
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
    errnos: [2, 11, 32, 104, 110, 111],
    needs: atReboot,
    what: 'At a reboot of the guest the program behind a vhost-user device (the back-end: virtiofsd, SPDK) did not answer on its socket any more.',
    why: 'virtiofsd and some other back-ends end, or remove their socket, with the first connection, and Cloud Hypervisor connects anew at each reboot. Why the guest rebooted is another question: look further above (a panic of the guest, a disk that refused a write).',
    hint: 'Have it started again with every boot (a service with Restart=always), or use a back-end that goes on after a disconnect.',
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
    errnos: [2, 32, 104, 110, 111],
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
    why: 'Permission denied (EACCES): the socket, or a directory above it, belongs to the user who started virtiofsd or the backend.',
    hint: 'Start both as the same user, or open the socket to the group of the VMM (`--socket-group` of virtiofsd).',
    reference: doc('fs.md'),
  },
  {
    id: 'vhost-user-backend-missing',
    patterns: [
      ['Timed out waiting for vhost-user connection'],
      [
        /Cannot create (?<device>virtio-fs|vhost-user-\w+|generic vhost-user) device/,
        'Connection to socket failed',
      ],
      ['Connection to socket failed'],
      ['VhostUserConnect'],
      [/Failed connecting the backend after trying for 1 minute(?: for socket (?<socket>[^:]+))?/],
      ["vhost-user: can't connect to peer"],
    ],
    errnos: [2, 11, 20, 104, 110, 111],
    what: 'The program that serves {device|a vhost-user device} does not answer.',
    why: 'virtiofsd, or another vhost-user backend, was not started or listens on another path; Cloud Hypervisor waits one minute for it. virtiofsd serves one client and ends when it disconnects: a connection that only tests the socket, or an earlier VM, ends it, too.',
    hint: 'Start it first, with the same socket path and as a user whose socket you may use.',
    reference: doc('fs.md'),
    // Its chain leaves the errno to a record before it.
    confidence: 'likely',
  },
  {
    id: 'vhost-user-backend-lost',
    patterns: [
      [/Backend disconnected for socket/],
      [/(?:worker exited with error|HandleEvent\().{0,80}failed to reconnect vhost-user backend/],
      [/vhost-user: (?:socket is broken|partial message)/],
      [/VhostUser\w*\(.*(?:PartialMessage|SocketBroken|Disconnected)/],
    ],
    what: 'The program that serves a vhost-user device (the back-end: virtiofsd, SPDK) went away.',
    why: 'It ended or closed the connection. Cloud Hypervisor tries to connect again for a minute; then the device gives up for good.',
    hint: 'Look at what that program says, start it again within that time, or remove the device and add it again under another id: the old one stays taken until the guest lets go of it.',
    reference: doc('fs.md'),
    confidence: 'likely',
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
