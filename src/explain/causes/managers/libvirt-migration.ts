/** What libvirt says when a domain of QEMU does not fit another host, or its migration or saving fails. */
import type { Cause } from '../../cause.ts'

const migration = 'https://libvirt.org/migration.html'

export const libvirtMigration: readonly Cause[] = [
  {
    id: 'libvirt-same-host',
    line: [
      /\bAttempt to migrate guest to the same host\b|\btarget libvirt connection has the same host UUID\b/i,
    ],
    what: 'libvirt takes source and target of the migration for the same host.',
    why: 'Both have the same host UUID (boards with an empty or copied one, cloned VMs) or the same host name, or the address leads back to this host.',
    hint: 'Give each its own name (`hostnamectl`) and a host_uuid (`uuidgen`) in /etc/libvirt/libvirtd.conf or virtqemud.conf, restart the daemon; see `virsh -c qemu+ssh://HOST/system hostname`.',
    reference: migration,
    confidence: 'likely',
  },
  {
    id: 'libvirt-migration-unsafe',
    line: [/\bMigration without shared storage is unsafe\b|\bUnsafe migration\b/],
    what: 'libvirt refuses to migrate the VM because its disks are not safely visible on both hosts.',
    why: 'They lie on local storage, or on shared storage with a cache mode other than none, whose contents the other host may not see.',
    hint: 'Put them on shared storage (NFS, Ceph, a cluster file system) with cache="none", or copy them: `virsh migrate --live --copy-storage-all NAME qemu+ssh://HOST/system` with images of that size made there first. `--unsafe` takes the risk.',
    reference: migration,
    confidence: 'likely',
  },
  {
    id: 'libvirt-migration-blocked',
    line: [
      /State blocked by non-migratable device '(?<device>[^']{1,80})'/,
      /\bdomain has (?:assigned non-USB host devices|an active block job|CPU feature: invtsc)\b/,
      /\bcan'?t migrate (?:running )?VM (?:with local (?:cdrom drive|disks?)|which uses local devices)\b/,
      /\bcannot migrate domain with (?<device>[\w ]{3,40})/,
    ],
    what: 'The VM cannot be migrated while it has something of this host ({device|see the line}).',
    why: 'A passed-through PCI device, a local CD or disk, virtiofs with an old QEMU, or invtsc exists on one host alone, and its state cannot be sent.',
    hint: 'Detach it first (`virsh detach-device`, eject the CD), put disks on shared storage (Proxmox: `qm migrate ID NODE --online --with-local-disks`), or move the VM while it is off.',
    reference: migration,
    confidence: 'likely',
  },
  {
    id: 'libvirt-cpu-unfit',
    line: [
      /\bguest CPU doesn't match specification: (?:missing|extra) features?: (?<features>[\w., -]{1,120})/,
      /\bHost CPU does not provide required features: (?<features>[\w., -]{1,120})/,
      /\bCPU (?:is|are) (?:incompatible|not compatible) with host CPU\b|\bguest and host CPU are not compatible\b/,
    ],
    what: 'The CPU of the domain has features that this host (or the target of a migration) does not offer: {features|see the line}.',
    why: 'The model is newer than the processor, microcode or kernel switched a feature off (hle, rtm), nested virtualisation is off (svm, vmx), or the VM was defined on another host.',
    hint: 'Use <cpu mode="host-model"/>, a model that both hosts have (`virsh hypervisor-cpu-baseline`), or <feature policy="disable" name="…"/> for each that the line names.',
    reference: 'https://libvirt.org/formatdomain.html#cpu-model-and-topology',
    confidence: 'likely',
  },
  {
    id: 'libvirt-migration-ended',
    line: [
      /\b(?:migration (?:out )?job:|job '?migration (?:out|in)'?:?) (?:unexpectedly failed|is not active|canceled by client)/,
      /\boperation failed: migration .{0,40}(?:failed|unexpectedly)/,
    ],
    what: 'The migration of a QEMU domain broke off; this line does not say why. The VM goes on at the source.',
    why: 'Usual: QEMU at the target ended (another CPU, machine type or device, missing disks), the connection on ports 49152 to 49215 broke, or the memory changed faster than it was sent.',
    hint: 'Read /var/log/libvirt/qemu/NAME.log on both hosts, at the target first; `virsh migrate --verbose`, `--auto-converge` or `--postcopy` for a busy guest.',
    reference: migration,
    confidence: 'possible',
  },
  {
    id: 'libvirt-save-failed',
    line: [/\b(?:domain save job: unexpectedly failed|job 'domain save' (?:unexpectedly )?failed)/],
    what: 'The state of the VM could not be saved to a file (virsh save, managedsave, suspend to disk).',
    why: 'Mostly the file system of /var/lib/libvirt/qemu/save has less room than the guest has memory, or QEMU cannot store a device (passed-through, virtiofs).',
    hint: '`df -h /var/lib/libvirt/qemu/save`, /var/log/libvirt/qemu/NAME.log; save to another place with `virsh save NAME FILE`, or shut the guest down.',
    check: 'disk-space',
    reference: migration,
    confidence: 'likely',
  },
  {
    id: 'libvirt-seclabel-foreign',
    line: [
      /\bUnable to find security driver for model (?<model>\w{2,20})/,
      /\bSecurity driver model '(?<model>\w{2,20})' is not available\b/,
    ],
    what: 'The domain asks for the security module {model|of another host}, which libvirt does not use on this host.',
    why: 'The <seclabel> in its XML (or a saved state, or the source of a migration) comes from a host with SELinux or AppArmor, and this one has the other or none; or it is switched off here (security_driver in qemu.conf).',
    hint: 'Remove that <seclabel> by `virsh edit NAME`, or switch the module on and restart the daemon; `virsh capabilities` shows those in use (<secmodel>).',
    reference: 'https://libvirt.org/drvqemu.html#security-driver',
    confidence: 'likely',
  },
  {
    id: 'libvirt-disk-target-unknown',
    line: [
      /\bNo found disk whose source path or target is (?<disk>\S{1,160})/i,
      /\binvalid argument: disk '?(?<disk>[\w/.-]{1,120}?)'? (?:was )?not found\b/,
    ],
    what: 'The domain has no disk {disk|of that name}.',
    why: 'Disks are named by their target (vda, sda) or by the path as the XML has it; the running and the stored definition may differ.',
    hint: '`virsh domblklist NAME --details` lists them (`--inactive` for the stored definition).',
    reference: 'https://libvirt.org/manpages/virsh.html',
    confidence: 'likely',
  },
]
