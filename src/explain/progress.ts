/**
 * How far a VM came, where a text tells of no error: the last step that its records show, and what comes next.
 * Ports: docs/debug-port.md; records: vmm/src/{vm,cpu,lib}.rs and virtio-devices of several releases.
 */
import { bare, type Diagnosis, type Layer, type Line, standingAlone } from './diagnosis.ts'

interface Step {
  readonly shows: RegExp
  readonly layer: Layer
  /** "The last that the text shows is …" */
  readonly is: string
  readonly next: string
}

const watch =
  'Watch the serial port (`--serial tty --console off`), and see with `top -H` whether the threads vcpu0, vcpu1, … use the processor: at 100 % without output the guest runs in a circle, at 0 % it waits.'

const steps: readonly Step[] = [
  {
    shows: /(?:^|\s)[\w.]{2,80}\+0x[\da-f]+\/0x[\da-f]+/,
    layer: 'guest',
    is: 'a stack trace of a kernel, the one of the guest where it stands on its console',
    next: 'Such lists follow a line that says what happened (a stall, a lockup, a blocked task, an oops): look for it above them. The cause is not in the list itself; next come the load and `sudo dmesg` of the host at that time, and another kernel in the guest.',
  },
  {
    shows: /Restoring virtio-pci _virtio-pci-_fs/,
    layer: 'socket',
    is: 'the restore of a shared directory (virtio-fs), which connects to virtiofsd',
    next: 'The restore waits for virtiofsd there. One that was started anew has none of the state that the guest remembers, and one that serves another VM does not answer: take the snapshot without --fs (unmount the share and remove the device first), or use a virtiofsd and release that both save its state.',
  },
  {
    shows: /API request event: VmReceiveMigration|\bReceiving migration: /,
    layer: 'start',
    is: 'a destination of a migration, which waits for data on its socket',
    next: 'What it waits for comes from the sending side: look at the log of the sender, and see that `ch-remote send-migration` was given the same socket. Back-ends of vhost-user devices (SPDK, virtiofsd) must be reachable on both sides and take part in the migration.',
  },
  {
    shows:
      /Debug I\/O port: (?:Kernel|Userspace) code 0x|\bLinux version \d|^(?:Kernel command line|Command line|smpboot|pid_max|Mount-cache|Mountpoint-cache|x86\/fpu|LSM|Memory|clocksource|Freeing unused kernel|Run \/\S+ as init|random: crng|virtio_\w+ virtio\d+|pci \d{4}:|EXT4-fs|systemd\[1\])\b/,
    layer: 'guest',
    is: 'the kernel of the guest, which had started',
    next: `What it says goes where console= of its command line points to: ttyS0 (arm64: ttyAMA0) is --serial, hvc0 is --console. Add \`console=ttyS0 earlyprintk=serial\` (arm64: \`console=ttyAMA0 earlycon\`). ${watch}`,
  },
  {
    shows:
      /Debug I\/O port: Bootloader code 0x|^(?:GRUB loading|Welcome to GRUB)|^error: no suitable video mode/,
    layer: 'guest',
    is: 'the boot loader of the guest, which had started',
    next: `It loads the kernel next, whose own console= decides where it writes. ${watch}`,
  },
  {
    shows:
      /Debug I\/O port: Firmware code 0x|^(?:InstallProtocolInterface|Loading driver|Loading PEIM|SecCoreStartup|PROGRESS CODE)|^Booting (?:via|with) |^\[?Bds\]?/,
    layer: 'guest',
    is: 'the firmware of the guest, which had started',
    next: `It looks for a boot loader on the disks next, which takes seconds, and with nested virtualisation or debug builds of EDK2 minutes. ${watch}`,
  },
  {
    shows: /Needs activation|Barrier released|Waiting for barrier|activate pending virtio devices/,
    layer: 'guest',
    is: 'a driver of the guest that takes a virtio device over: firmware or kernel of the guest run',
    next: `This is the ordinary course and no fault; "Waiting for barrier" lasts for milliseconds. ${watch}`,
  },
  {
    shows: /Starting vCPUs?: |\bvCPU: cpu_id = \d+.{0,20}$/,
    layer: 'guest',
    is: 'the start of the virtual CPUs: from here on firmware or kernel of the guest run',
    next: `The VMM itself did all that it does. ${watch}`,
  },
  {
    shows: /Kernel loaded: entry_addr|Created ACPI tables|Generated ACPI tables|Configuring system/,
    layer: 'payload',
    is: 'the loading of firmware or kernel into the memory of the guest',
    next: 'The virtual CPUs are started next. If the program stands still here, see with `sudo cat /proc/PID/stack` and `top -H` what it waits for.',
  },
  {
    shows: /(?:^| -- )\s*(?:Region #\d{1,3}|(?:flag|size|offset) 0x[\da-f]{1,16})$/,
    layer: 'device',
    is: 'a list of the regions of a passed-through device (VFIO), which debug records hold for every such device',
    next: `They are no errors: the device was opened and is set up. What follows them in the log tells how it goes on; a guest then needs some time, with much memory (it is pinned as a whole) up to a minute. ${watch}`,
  },
  {
    shows: /API request event: VmBoot|\bBooting VM\b/,
    layer: 'start',
    is: 'the start of the VM: memory, disks and devices are set up',
    next: 'Run it with `-vv --log-file ch.log` and look at the last record: it names the device that is set up. A vhost-user backend that does not answer is waited for a minute.',
  },
  {
    shows: /API request event: VmCreate|\bCreating VM\b/,
    layer: 'start',
    is: 'a VM that was created and not booted',
    next: 'Boot it: `ch-remote boot`, or a PUT to /api/v1/vm.boot.',
  },
]

/** What shows that a start is that of a VM: any host logs its own. */
const isOfVm =
  /virtio|console=(?:ttyS0|hvc0|ttyAMA0)|Debug I\/O port|cloud-hypervisor|\bvd[a-z]\d?\b|^Booting (?:via|with) |InstallProtocolInterface|\bKVM_RUN\b/

/**
 * @param lines what stands beside commands
 * @param withCommand whether a command of Cloud Hypervisor does
 * @returns one remark about how far the VM came, or none where the text does not show it
 */
export const progressOf = (lines: readonly Line[], withCommand: boolean): readonly Diagnosis[] => {
  if (lines.some(({ text }) => /\blogin: ?$|\bWelcome to (?!GRUB)\w/.test(text))) return []
  if (!withCommand && !lines.some(({ text }) => isOfVm.test(text))) return []
  for (const { shows, layer, is, next } of steps) {
    const line = lines.findLast(({ text }) => shows.test(text))
    if (!line) continue
    return [
      {
        cause: 'unknown',
        layer,
        severity: 'note',
        what: `The text holds no error that chv-doctor knows. The last that it shows is ${is}.`,
        why: 'If nothing follows there, that step hangs, or what comes next writes to a place that is not seen; Cloud Hypervisor itself reports no failure here.',
        hint: next,
        ...standingAlone,
        reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/blob/v53.0/docs/debug-port.md',
        confidence: 'possible',
        lines: [bare(line)],
      },
    ]
  }
  return []
}
