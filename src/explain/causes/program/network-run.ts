/** The network of a running VM, and TAPs that are handed over as descriptors. */
import { type Cause, doc, issue } from '../../cause.ts'
import { isBehindSudo } from '../../evidence.ts'

const macvtap = doc('macvtap-bridge.md')
const readme = doc('README.md#firmware-booting')

export const networkRun: readonly Cause[] = [
  {
    id: 'dhcp-checksum',
    severity: 'warning',
    line: [
      /\bchecksum failure from (?<server>[\d.]{7,15})/,
      /bad (?:UDP|udp) checksum.{0,40}(?:bootp|DHCP|\b6[78]\b)/,
    ],
    what: 'The guest drops what the DHCP server {server|} answers, because the checksum of the packets is not filled in.',
    why: 'The host leaves checksums to the network card (offload). Between a server on the host and a TAP there is no card, and some clients (dhcpcd, old dhclient) do not take such packets, so that they end with an address of 169.254.',
    hint: 'On the host: `sudo ethtool -K TAP tx off` (and the bridge), or a rule that fills it in (`iptables -t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill`).',
    reference: doc('README.md'),
    confidence: 'likely',
  },
  {
    id: 'net-fd-behind-sudo',
    patterns: [
      [/CreateVirtioNet\(|Cannot create virtio-net device/, /(?:os error |code: |\bError\()(?:25|77|9)\b/],
    ],
    needs: (evidence) => isBehindSudo(evidence),
    what: 'The descriptor given as fd= is no TAP: sudo does not pass it on.',
    why: 'sudo closes all descriptors above 2, so what the shell opened with `3<>/dev/tapN` (macvtap) is gone when Cloud Hypervisor looks at 3.',
    hint: "Let the shell behind sudo open it: `sudo sh -c 'exec cloud-hypervisor … --net fd=3,mac=MAC 3<>/dev/tapN'`, or allow it with `sudo -C 4` (closefrom_override in sudoers).",
    reference: macvtap,
    confidence: 'likely',
  },
  {
    id: 'net-fd-not-tap',
    patterns: [[/CreateVirtioNet\(|Cannot create virtio-net device/, /(?:os error |code: |\bError\()25\b/]],
    what: 'The descriptor given as fd= (or fds) of --net is no TAP and no macvtap.',
    why: 'The kernel answers a question about TAP flags with ENOTTY: the number stands for another file, because the redirection is missing, the manager passed another descriptor, or the device was gone.',
    hint: 'Open the right file for it: `--net fd=3,mac=MAC 3<>/dev/tapN` for macvtap, /dev/net/tun and TUNSETIFF for a TAP; `ls -l /proc/PID/fd` shows what a number is.',
    reference: macvtap,
  },
  {
    id: 'tap-gone',
    patterns: [
      [/programming tap offload/, /(?:os error |code: |\bError\()(?:77|19|9|6)\b/],
      [/(?:reading from|read) tap|ReadTap/, /(?:os error |code: |\bError\()(?:77|19|9|6)\b/],
      [/writing to tap|WriteTap\(/, /(?:os error |code: |\bError\()(?:77|19|9|6)\b/],
    ],
    what: '{tap|The TAP} was deleted or taken away while the VM used it.',
    why: 'The descriptor is open, but there is no interface behind it any more: a script deleted the TAP or made it anew, or two VMs share the same TAP name.',
    hint: 'Give each VM a TAP of its own, and delete a TAP only after its VM has ended.',
    check: 'tap-device',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'tap-set-down',
    patterns: [
      [/writing to tap|WriteTap\(/, 5],
      [/(?:reading from|read) tap|ReadTap/, 5],
    ],
    what: '{tap|The TAP} was down while the guest sent a frame.',
    why: 'Reading and writing a TAP that is not up fails with EIO; releases that end the VM over it have a defect there.',
    hint: 'Set it up before the guest runs, and leave it up: `sudo ip link set TAP up`. A newer release may only drop the frame.',
    check: 'tap-device',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'net-queue-ended',
    patterns: [['WriteTap(', /(?:os error |code: |\bError\()(?:11|105)\b/]],
    what: 'The network of the guest ended because {tap|the TAP} did not take a frame for a moment: its queue was full.',
    why: 'EAGAIN and ENOBUFS say "try again"; releases before 15 end the thread of the network over it instead.',
    hint: 'Use a newer release.',
    reference: issue(2807),
    confidence: 'likely',
  },
  {
    id: 'tap-send-full',
    severity: 'warning',
    patterns: [['writing to tap', /(?:os error |code: |\bError\()(?:11|105)\b/]],
    what: '{tap|The TAP} did not take a frame of the guest for a moment: its queue was full.',
    why: 'EAGAIN and ENOBUFS say that the host is busy and will take it later; macvtap does so more often. The record calls it recoverable: Cloud Hypervisor tries again. If the network of the guest stands still afterwards, that is a defect of releases 15 and 16.',
    hint: 'Nothing need be done if the network goes on; else use a newer release.',
    reference: issue(2807),
    confidence: 'likely',
  },
  {
    id: 'guest-net-stuck',
    line: [
      /NETDEV WATCHDOG: .{0,40}\(virtio_net\): transmit queue \d+ timed out/,
      /virtio_net (?:\S{1,40} ){0,2}\S{1,40}: TX timeout/,
      /\b(?:sendmsg|sendto|send): No buffer space available/,
    ],
    // Any host says so, too: the text must be about a virtual machine.
    needs: ({ says }) => says(/virtio|cloud-hypervisor|\bVM\b|\bguest\b/i),
    what: 'The frames that the guest sends are not taken.',
    why: 'Its network device is full: the TAP is down, its queue on the host is stuck, or the program behind a vhost-user device is gone.',
    hint: 'See on the host `ip -s link show TAP` (UP, and whether its counters move) and the log of Cloud Hypervisor at that time; try a newer release.',
    check: 'tap-device',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'net-frame-refused',
    patterns: [[/writing to tap|WriteTap\(/, 22]],
    what: 'The kernel of the host refused a frame that the guest sent.',
    why: 'The header of the frame does not fit the offloads of the TAP. A guest must not be able to end the VM with it: that is a defect of this release.',
    hint: 'Use a newer release; to go round it switch the offloads off: `offload_tso=off,offload_ufo=off,offload_csum=off` in --net.',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'net-read-refused',
    patterns: [[/(?:[Ff]ailed to read|failed reading from) tap|FailedReadTap|ReadTap\(/, 22]],
    what: 'The kernel of the host refused to hand a packet of the TAP over.',
    why: 'Its offloads and the buffers of the guest do not agree: a matter of this release, the kernel of the host and the driver of the guest; which of them, the text does not tell.',
    hint: 'Try a newer release and a newer kernel, or switch the offloads off in --net.',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'net-fds-in-request',
    severity: 'warning',
    patterns: [["won't be deserialized as they are most likely invalid"]],
    what: 'A request names file descriptors of a network device by their numbers (fds), and Cloud Hypervisor drops them.',
    why: 'A number means nothing in another process. Descriptors are handed over together with the request through the API socket (SCM_RIGHTS), and --net fd= takes those that the program inherited from whoever started it.',
    hint: 'Send the descriptors with the request (ch-remote and newer libvirt do), or give the device a TAP by its name.',
    reference: doc('api.md'),
    confidence: 'likely',
  },
]
