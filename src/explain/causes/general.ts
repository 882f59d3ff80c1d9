/** The last resort before "unknown": the message says itself what is refused, and only where is added. */
import { type Cause, doc } from '../cause.ts'

const readme = doc('README.md')

export const general: readonly Cause[] = [
  {
    id: 'config-refused',
    patterns: [[/Error validating configuration(?: ›|:) (?<reason>[^›\n]+)/], [/Validation\((?<reason>\w+)/]],
    what: 'The options contradict each other or a rule: {reason|see the message}.',
    why: 'Cloud Hypervisor checks all options together before it starts, and ends with the first that does not fit.',
    hint: 'Change the option that the message names; `cloud-hypervisor --help` shows the forms.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'option-refused',
    patterns: [[/Error parsing (?<flag>--[\w-]+)(?: ›|:) (?<reason>[^›\n]+)/]],
    what: 'The value of {flag|a flag} is refused: {reason|see the message}.',
    why: 'It could not be read as what the flag takes.',
    hint: 'See `cloud-hypervisor --help` for what it takes.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'vhost-user-failed',
    patterns: [
      [/Cannot create (?<device>virtio-fs|vhost-user-\w+|generic vhost-user) device/],
      [/Create(?:VhostUserNet|VhostUserBlk|VirtioFs|GenericVhostUser)\(/],
    ],
    what: 'Cloud Hypervisor and the program behind {device|a vhost-user device} did not come to terms.',
    why: '{errno|} Where the message does not speak of a connection, the program accepted it, and then refused a request or lacks a feature: it is of another version, or for another kind of device.',
    hint: 'Look at what that program says, and use one of about the same age.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'disk-open-failed',
    patterns: [
      ['Cannot open disk path', /path=(?<disk>\S+) op=/],
      ['Cannot open disk path'],
      ['Cannot open qcow disk path'],
      ['DeviceManager(Disk('],
      ['Failed to parse disk image format'],
      ['DetectImageType('],
    ],
    what: 'The disk image {disk|} could not be opened.',
    why: 'The file is there, but could not be read as a disk; the last words of the message say why.',
    hint: 'Look at it with `qemu-img info FILE`, and at the host with `sudo dmesg`.',
    check: 'disk-image',
    reference: doc('README.md#disk-image'),
    confidence: 'likely',
  },
  {
    id: 'tap-setting-refused',
    patterns: [
      [
        /(?<setting>Enabling tap interface|Setting MTU|Setting MAC address|Setting tap IP(?: and\/or netmask)?|Setting tap netmask|Setting vnet header size) failed/,
      ],
      [/Tap(?:Enable|Set(?:Mtu|Mac|IpNetmask|Ip|Netmask|VnetHdrSize))\(/],
    ],
    what: 'The kernel refused a setting of {tap|the TAP} ({setting|see the message}).',
    why: 'The value does not suit the interface, or the interface went away meanwhile.',
    hint: 'Drop that option and set it on the host with `ip link` or `ip addr`.',
    check: 'tap-device',
    reference: doc('README.md#firmware-booting'),
    confidence: 'likely',
  },
  {
    id: 'tap-open-failed',
    patterns: [
      ['Failed to open taps'],
      ['CreateVirtioNet(OpenTap('],
      ['Invalid interface name'],
      ['Missing multiqueue support in the kernel'],
    ],
    what: '{tap|The TAP} could not be opened.',
    why: 'Its name, its flags or its state do not suit; the last words of the message say which.',
    hint: 'See what `chv-doctor check tap-device` and `ip -d link show TAP` report.',
    check: 'tap-device',
    reference: doc('README.md#firmware-booting'),
    confidence: 'likely',
  },
  {
    id: 'kvm-vcpu-configure',
    patterns: [
      ['Error configuring vCPU'],
      ['VcpuConfiguration('],
      ['Error generating common CPUID'],
      ['CommonCpuId('],
      [/Failed to (?:set|get) (?:Msr entries|Cpuid|special registers|Lapic state)/],
    ],
    what: 'KVM refused the state that a virtual CPU is to start with.',
    why: 'The kernel of the host is too old for this release, or KVM runs inside a virtual machine that does not pass everything on.',
    hint: 'Use a newer kernel, or a host with KVM on the hardware.',
    check: 'host-kernel',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'kvm-setup-refused',
    patterns: [
      [
        /Failed to (?:set TSS address|set identity map address|enable split Irq|create interrupt controller|setup Vm|get cpuid|set GSI routing)/,
      ],
      ['Error initializing VM'],
    ],
    what: 'KVM refused a step of setting the virtual machine up.',
    why: 'The kernel of the host lacks a part of KVM that is needed, or KVM runs inside a virtual machine that does not offer it.',
    hint: 'Use a newer kernel, or a host with KVM on the hardware; `chv-doctor check kvm` tries a machine of its own.',
    check: 'kvm',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'memory-too-small',
    patterns: [
      [/(?:extends past the end of guest memory|past RAM end|too little guest memory)/],
      [/(?:PastRamEnd|NotEnoughMemory)/],
    ],
    what: 'The guest memory {memory|} is too small for the tables that it boots with.',
    why: 'They lie below 1 MiB; a number without a suffix counts bytes.',
    hint: 'Write `--memory size=512M`.',
    check: 'memory',
    reference: doc('memory.md'),
  },
]
