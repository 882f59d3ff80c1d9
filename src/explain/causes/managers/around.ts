/** What programs around Cloud Hypervisor say: the tools of a walkthrough, backends, boot loaders, the host kernel. */
import { type Cause, doc, issue } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'
import { isOurPlace } from '../../panics.ts'

const readme = doc('README.md')
const vfio = doc('vfio.md')

/** Managers word these alike for every monitor, and the text may name another one. */
const isNoOtherMonitor = ({ says }: Evidence): boolean =>
  !says(/firecracker|\bfc_vcpu|qemu-system|crosvm|virtualbox/i)

/** Programs that work around a VM, by the names that the kernel gives them (15 characters). */
const companion =
  '(?:pasta|passt|qemu|virtiofsd|swtpm|dnsmasq|libvirt|virt|containerd|kata|runc|crun|podman|systemd-vmspaw|ovs-|spdk|ip|bridge)[\\w.:-]{0,14}'

export const around: readonly Cause[] = [
  {
    id: 'tool-api-socket',
    line: [/^curl: \(7\) .{0,80}(?:connect|unix)/i],
    // Of another machine it is a server or a proxy.
    needs: ({ text, says }) =>
      says(/--unix-socket|\bapi-socket|\.sock\b/) ||
      !/connect to (?!localhost|127\.)\S{1,120} port \d/i.test(text),
    what: 'curl found no program behind the address that it was given.',
    why: 'If that is the API socket of Cloud Hypervisor: the VMM has ended, was started without --api-socket, or with another path.',
    hint: 'Start it with `--api-socket FILE`, and give curl the same path: `curl --unix-socket FILE http://localhost/api/v1/vmm.ping`.',
    reference: doc('api.md'),
    confidence: 'possible',
  },
  {
    id: 'setcap-unsupported',
    line: [
      /Failed to set capabilities on file .{0,200}(?:\(|: )(?:(?:Operation )?[Nn]ot (?:supported|permitted)|Invalid argument|No such file or directory)/,
      /unable to set CAP_SETFCAP effective capability/,
    ],
    what: 'setcap could not give the file its capability.',
    why: 'It takes root, a real file (not a link), and a file system that stores capabilities: NFS, FUSE, some container file systems and vfat do not.',
    hint: 'Copy the program to a local file system (`sudo install -m 755 FILE /usr/local/bin/`) and run `sudo setcap cap_net_admin+ep FILE` there; or use a TAP of your own, which needs no capability.',
    check: 'net-admin',
    reference: doc('README.md#firmware-booting'),
    confidence: 'likely',
  },
  {
    id: 'macvtap-denied',
    line: [/(?:^|: )\/dev\/tap\d+: Permission denied/],
    what: 'The shell was not permitted to open the device of the macvtap interface.',
    why: '/dev/tapN belongs to root; the redirection is done by the shell, with the rights of its user.',
    hint: 'Give the device to your user (`sudo chown $USER /dev/tapN`) before the start.',
    reference: doc('macvtap-bridge.md'),
    confidence: 'likely',
  },
  {
    id: 'tun-ioctl',
    line: [/ioctl\(TUNSETIFF\): (?:(?:Device or r|R)esource busy|Operation not permitted|Invalid argument)/],
    what: 'The kernel refused to make or attach to a TAP.',
    why: 'Busy: another program is attached to it. Not permitted: it takes root or cap_net_admin. Invalid: it exists with other flags (multi_queue), or is no TAP.',
    hint: 'See `ip -d link show`; `chv-doctor fix create-tap` makes one for your user.',
    check: 'tap-device',
    reference: doc('README.md#firmware-booting'),
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-failed',
    line: [
      /(?<!\b(?:kill|killing|stop|stopping|terminate|terminating|remove|removing|clean(?:ing)? ?up|shut(?:ting)? ?down) (?:the )?)\bvirtiofsd(?:\[\d+\])?:? .{0,60}(?:Error|error|ERROR|failed|Failed)\b/,
      /^(?:\[(?:\S{10,40} )?)?ERROR {1,2}virtiofsd[\w:]{0,80}\]/,
      /Error (?:entering|creating) sandbox\b/,
      /[Ff]ailed to (?:run|start|launch) virtiofsd\b/,
      /\bvirtiofsd\b.{0,40}: no such file or directory/i,
    ],
    what: 'virtiofsd could not start or gave up: {said|see the message}.',
    why: '{errno|} Its message says why: a sandbox that needs root or a user namespace, a directory that it may not read, a socket path that exists or is not writable. Without it the VM cannot connect to its --fs socket.',
    hint: 'Start virtiofsd by hand and read what it says; as an ordinary user `--sandbox=none`, or namespace with /etc/subuid.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-panicked',
    patterns: [[/panicked at/, /QueueReader\(|QueueWriter\(|FindMemoryRegion|InvalidDescriptorChain/]],
    needs: ({ text }) => !isOurPlace(text),
    what: 'virtiofsd panicked: it could not find memory of the guest at the address that a request named.',
    why: 'A request lay in memory that virtiofsd did not have mapped: memory that is not shared, that was added later (hotplug), or the window of DAX, which virtiofsd does not know. A defect of that virtiofsd, or of the fit of the two.',
    hint: 'Use a newer virtiofsd, `--memory size=…,shared=on`, and the share without dax; then start virtiofsd and the VM anew.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'vhost-backend-memory',
    line: [
      /VHOST_CONFIG: .{0,60}(?:mmap region|SET_MEM_TABLE) ?.{0,40}failed/,
      /gpa_to_vva\(.{0,20}\) == NULL/,
    ],
    what: 'The vhost-user backend (SPDK, DPDK) could not use the memory of the guest.',
    why: 'It maps all of it: that takes shared=on or huge pages whose size fits, and memory and limits of its own; another ring format than the VMM offers fails there too. The error is of the backend, not of Cloud Hypervisor.',
    hint: 'Give the guest `--memory size=…,shared=on` or `hugepages=on`, and switch packed rings off in the backend.',
    reference: doc('vhost-user-blk-testing.md'),
    confidence: 'possible',
  },
  {
    id: 'iommu-off',
    line: [
      /vfio-pci [\da-f:.]{7,14}: .{0,20}no IOMMU/i,
      /vfio: .{0,40}No IOMMU/i,
      /DMAR: (?:IOMMU|.{0,40}remapping).{0,20} (?:is )?(?:disabled|not supported)\b/i,
      /DMAR: No DMAR devices found/,
      /cannot prepare PCI pass-?through, IOMMU not present/i,
    ],
    what: 'The IOMMU of the host is off or not there, so no device can be passed through.',
    why: 'It is switched off in the firmware set-up (VT-d, AMD-Vi) or on the kernel command line.',
    hint: 'Switch VT-d or AMD-Vi on, add `intel_iommu=on` where needed, and restart the host.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'security-module-denied',
    line: [
      /apparmor="DENIED".{0,400}(?:cloud-hyper|vcpu\d|libvirtd|virtchd)/,
      new RegExp(
        `apparmor="DENIED" .{0,200}profile="(?<profile>[^"]{1,120})"(?: name="(?<path>[^"]{1,200})")?.{0,80}comm="(?<program>${companion})"`,
      ),
      new RegExp(
        `avc: {1,4}denied {1,4}\\{ (?<action>[\\w ]{1,60}) \\}.{0,200}comm="(?<program>${companion})"`,
      ),
      /avc: {1,4}denied {1,4}\{.{0,200}comm="(?:cloud-hyper|vmm|vcpu\d|_disk|_net|virtiofsd)[\w-]{0,16}"(?: (?:path|name)="(?<path>[^"]{1,200})")?/,
    ],
    what: 'A security module (AppArmor, SELinux) refused {program|Cloud Hypervisor} {path|a file or an action}.',
    why: 'The profile of the program or of the service that starts it does not allow it; the line names the file and the action; the mode of the file has no part in it.',
    hint: 'Allow it in the profile (`sudo aa-logprof`, or `sudo ausearch -m avc -ts recent | audit2allow`), or place the file where the profile permits it. Newer policies (container-selinux with Kata) may have the rule.',
    check: 'denials',
    confirmedBy: ['denials/refused'],
    reference: 'https://wiki.debian.org/AppArmor/HowToUse',
    confidence: 'likely',
  },
  {
    id: 'kvm-entry-failed',
    line: [
      /KVM: entry failed, hardware error 0x[\da-f]{1,16}/i,
      /\bkvm\b.{0,40}(?:emulation failure|Emulation failed)/i,
      /KVM_EXIT_(?:INTERNAL_ERROR|FAIL_ENTRY)/,
    ],
    what: 'KVM could not run the guest: the processor refused its state, or an instruction could not be emulated.',
    why: 'Usual with nested virtualisation, with processors without unrestricted guest mode, and with firmware or kernels that do not fit the machine.',
    hint: 'See `sudo dmesg` of the host. Try a host with KVM on the hardware, another firmware or kernel, and a newer kernel of the host.',
    check: 'kvm',
    reference: 'https://docs.kernel.org/virt/kvm/api.html#kvm-run',
    confidence: 'possible',
  },
  {
    id: 'uefi-shell',
    line: [
      /^UEFI Interactive Shell v[\d.]+/,
      /^map: (?:No mapping found|Cannot find required map name)/,
      /^Shell> ?$/,
    ],
    what: 'The firmware found nothing to boot and went into its shell.',
    why: 'No disk has an EFI partition with a boot loader: the disk was not given, is not raw (qcow2 without image_type=qcow2), is a bare file system, or is for another architecture.',
    hint: 'Give a cloud image for EFI, converted to raw, as the first disk; in the shell `map -r` lists what it sees.',
    check: 'disk-image',
    reference: doc('uefi.md'),
    confidence: 'likely',
  },
  {
    id: 'grub-stopped',
    line: [/^(?:grub rescue> ?|Entering rescue mode\.\.\.)$/],
    what: 'The boot loader (GRUB) of the image does not find its files.',
    why: 'The image was changed, cut off or repartitioned, or GRUB looks for another disk than it was installed on.',
    hint: 'At the prompt: `ls`, then `ls (hd0,gpt2)/` until the partition with /boot shows, `set root=(hd0,gpt2)`, `set prefix=(hd0,gpt2)/boot/grub`, `insmod normal`, `normal`; then `grub-install` in the system. Or use an unchanged cloud image, or boot its kernel directly with --kernel, --initramfs and --cmdline.',
    check: 'disk-image',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'kata-agent-silent',
    patterns: [
      [/timed out connecting to (?:hybrid )?vsock/i],
      [/failed to check if grpc server is working/i],
      [/cannot connect to agent ttrpc server/i],
      [/Error while dialing:? .{0,60}vsock\b/i],
      [
        /Failed to (?:connect|dial) to (?:the )?(?:kata )?agent|\bagent\b.{0,30}(?:not responding|timed? ?out)/i,
      ],
      [/CreateContainer(?:Request)? timed out/i],
    ],
    what: 'The guest did not become ready in time: the agent in it (Kata) does not answer.',
    why: 'The VMM runs, but its guest boots too slowly (nested virtualisation), panicked, or has no vsock; the console of the guest says which.',
    hint: 'Switch the debug console of Kata on and read what the guest prints; on slow hosts give it more time in configuration.toml (dial_timeout and its like).',
    reference: issue(2855),
    confidence: 'possible',
  },
  {
    id: 'guest-ended-early',
    patterns: [
      [/expected:? ?\w{0,40}Ready\b.{0,40}actual:? ?\w{0,10}Shutdown/i],
      [
        /\b(?:VM|guest)\b.{0,30}\b(?:shut ?down|exited|stopped|terminated) before .{0,30}\b(?:agent|ready|vsock)\b/i,
      ],
      [/\bunexpected(?:ly)?\b.{0,20}\bVmShutdown\b/i],
      [/\bsandbox stopped unexpectedly/],
    ],
    needs: isNoOtherMonitor,
    what: 'The guest shut down or the VM ended before the program in it was ready.',
    why: 'The manager waited for a sign of life of its agent in the guest, and got the end of the VM instead. Why it ended, this text does not say: a kernel panic, an init that ended, or too little memory are usual.',
    hint: 'Read the console of the guest and the log of the VMM at that time, and give those to `chv-doctor explain`.',
    reference: doc('logging.md'),
    confidence: 'possible',
  },
  {
    id: 'guest-agent-lost',
    line: [
      /\bDead agent\b/,
      /\b(?:hybrid[- ]?)?v-?sock\b.{0,80}(?:[Cc]onnection reset by peer|[Bb]roken pipe|unexpected EOF|os error (?:104|32)\b)/i,
    ],
    needs: isNoOtherMonitor,
    what: 'The connection (vsock) to the program in the guest was closed by the other side.',
    why: 'The guest or its agent ended, or the VMM did; which of them, the text does not say.',
    hint: 'See whether Cloud Hypervisor still runs; then read the console of the guest and the log of the VMM at that time.',
    reference: doc('vsock.md'),
    confidence: 'possible',
  },
  {
    id: 'libvirt-request-refused',
    line: [
      /Failed to (?<request>create|boot|start|shutdown|reboot|resume|suspend|delete|info) VM with http status code (?<code>\d+)/i,
    ],
    what: 'Cloud Hypervisor answered the request of libvirt ({request|see the message}) with HTTP status {code|of an error}: it runs, and refused what the domain asks for.',
    why: 'libvirt does not pass the reason on. 500 is a VM that could not be made or started (a disk, kernel, TAP or memory that is not as the XML says), 404 a VM that was not created, 400 a configuration that this release does not read.',
    hint: 'Read the log of the domain in /var/log/libvirt/ch/, where the VMM says why, and give it to `chv-doctor explain`.',
    reference: 'https://libvirt.org/drvch.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-ch-failed',
    line: [
      /Failed to connect to Cloud-Hypervisor/i,
      /(?:Could not|Failed to|unable to) (?:get|parse|determine).{0,20}version.{0,20}cloud-hypervisor/i,
      /cloud-hypervisor.{0,60}(?:process exited|exited) (?:while connecting|unexpectedly)/i,
    ],
    what: 'libvirt could not talk to Cloud Hypervisor.',
    why: 'The program that it started ended at once, is not found in the PATH of virtchd, or is of a release that this libvirt does not know.',
    hint: 'Read the log of the domain in /var/log/libvirt/ch/ and `journalctl -u virtchd`; run `cloud-hypervisor --version` as that service would.',
    check: 'cloud-hypervisor',
    reference: 'https://libvirt.org/drvch.html',
    confidence: 'possible',
  },
]
