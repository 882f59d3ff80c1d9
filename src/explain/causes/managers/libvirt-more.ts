/** What libvirt says of a domain: its TPM and firmware variables, its state, and what it shares with other domains. */
import type { Cause } from '../../cause.ts'

const format = 'https://libvirt.org/formatdomain.html'

export const libvirtMore: readonly Cause[] = [
  {
    id: 'libvirt-tpm-failed',
    line: [
      /\bswtpm died and reported\b/,
      /\bCould not run '\S{0,80}swtpm\w{0,10}'\. exitstatus: (?<status>\d{1,3})/,
      /\btpm-emulator: (?:TPM result for CMD_INIT|Failed to|Could not)\b/,
    ],
    what: 'swtpm, the TPM of the guest, did not start or could not make its keys.',
    why: 'Usual are files that belong to another user (/var/lib/swtpm-localca belongs to tss or swtpm, the state of the VM below /var/lib/libvirt/swtpm to tss), AppArmor or SELinux, and a state of another version of swtpm.',
    hint: 'Read /var/log/swtpm/libvirt/qemu/NAME-swtpm.log; `sudo chown -R tss:root /var/lib/swtpm-localca` (Debian, Ubuntu: swtpm:swtpm where that user exists); `sudo dmesg | grep -i denied`. A TPM state that is thrown away takes BitLocker keys with it.',
    reference: `${format}#tpm-device`,
    confidence: 'likely',
  },
  {
    id: 'libvirt-nvram-missing',
    line: [
      /(?:cannot open|unable to (?:open|stat)|Failed to open) (?:file )?'?(?<file>\/[^':]{0,160}(?:nvram\/[^':]{1,80}|_VARS[\w.]{0,40}\.(?:fd|qcow2|bin)))'?: No such file or directory/i,
    ],
    errnos: [2],
    what: 'The file with the UEFI variables of the VM ({file|NVRAM}) is not there.',
    why: 'It was not copied when the VM was moved to this host or restored, or was removed; the boot entries of the guest are in it.',
    hint: 'Copy it from the old host; else `virsh start NAME --reset-nvram` makes it anew from its template (the guest then boots by \\EFI\\BOOT\\BOOTX64.EFI).',
    check: 'firmware',
    reference: `${format}#bios-bootloader`,
    confidence: 'likely',
  },
  {
    id: 'libvirt-image-of-two',
    line: [
      /\bSetting different (?:SELinux label|DAC user or group) on (?<file>\/\S{1,200}) which is already in use\b/,
    ],
    what: 'The file {file|of the disk} is used by another domain that runs: libvirt does not give it to two.',
    why: 'Two domains name the same image, or libvirt remembers the label of one that ended without tidying up.',
    hint: 'Give each its own disk; an ISO or base image that several share gets <readonly/> or <shareable/>. If no domain uses it (`sudo fuser -v FILE`), `sudo setfattr -x trusted.libvirt.security.ref_dac FILE` (or ref_selinux) forgets the old label.',
    check: 'disk-image',
    reference: 'https://libvirt.org/drvqemu.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-host-device-taken',
    line: [
      /\b(?<device>(?:PCI|USB|SCSI) device [\w:. -]{3,40}) is (?:already )?in use by (?:driver \w{2,10}, )?domain '?(?<name>[^'\s,]{1,60})/,
      /\bDevice (?<device>[\da-f:.]{7,14}) not found: could not access \/sys\/bus\/pci\/devices\b/i,
    ],
    what: 'The domain does not get {device|a device of the host}: another domain has it ({name|…}), or it is not there.',
    why: 'A device serves one VM at a time. "not found" means that no device has that address now: a card was added or removed, it fell off the bus, or the XML is of another host.',
    hint: '`lspci -nn` shows the addresses; stop the other VM, or `virsh detach-device` there; correct <address> in the <hostdev>.',
    reference: `${format}#usb-pci-scsi-devices`,
    confidence: 'likely',
  },
]

/** Tried before the general words of a security module. */
export const libvirtConfined: readonly Cause[] = [
  {
    id: 'libvirt-image-confined',
    line: [
      /apparmor="DENIED" .{0,120}profile="libvirt-[\da-f-]{36}"(?: name="(?<path>[^"]{1,200})")?/,
      /\bavc: {1,4}denied .{0,200}(?:name|path)="(?<path>[^"]{1,200})".{0,200}scontext=\S{1,60}:svirt(?:_tcg)?_t:/,
    ],
    what: 'The security module of the host (AppArmor or SELinux) did not let a VM of libvirt use {path|a file}.',
    why: 'libvirt gives each VM a profile or label of its own, with the files of its XML only: a backing file, a link, a device or a directory that is not in the XML, or a place without the right label (a home directory, a mount), stays closed, whatever its mode.',
    hint: 'Keep images in /var/lib/libvirt/images. AppArmor: add a rule such as `/data/vms/** rwk,` to /etc/apparmor.d/local/abstractions/libvirt-qemu, and start the VM again. SELinux: `sudo semanage fcontext -a -t virt_image_t "/data/vms(/.*)?"` and `sudo restorecon -R /data/vms`.',
    check: 'denials',
    reference: 'https://libvirt.org/drvqemu.html#security-driver',
    confidence: 'likely',
  },
]
