/** Words of libvirt and of the tools around it. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const libvirtTerms: Terms = [
  [
    /\bcannot acquire state change lock\b/,
    'libvirt still waits for an earlier operation on that domain: the line names who holds it; the VMM does not answer its monitor, or its storage hangs. See its process and `journalctl -u virtqemud` (or libvirtd, virtchd); a restart of that daemon lets the VM run.',
  ],
  [
    /\bNetwork is already in use by interface\b/,
    'Another interface of the host (often its uplink, or libvirt inside a VM of libvirt) has the same network: change <ip address> in `virsh net-edit default` to another one.',
  ],
  [
    /\bDomain requires KVM, but it is not available\b/,
    'The domain is of type kvm, and /dev/kvm cannot be used: modules not loaded, virtualisation off in the firmware or not passed on to this VM, or no right for the user of the domain; `virt-host-validate`.',
  ],
  [
    /\bCPU is incompatible with host CPU\b|\bguest CPU doesn't match specification\b|\bHost CPU does not provide required features\b/,
    'The CPU that the domain describes has features which this host (or the target of a migration) does not offer; they stand at the end of the line. Use host-model or a common baseline (`virsh hypervisor-cpu-baseline`), or disable these features in <cpu>; svm and vmx need nested virtualisation.',
  ],
  [
    /\bunable to find any master var store for loader\b/,
    'libvirt knows no NVRAM template (…_VARS.fd) for that firmware: name it in <nvram template="…"/>, or leave both out and use <os firmware="efi">, with which libvirt chooses a pair of its own.',
  ],
  [
    /\bBus '[\w.-]{1,40}' does not support hotplugging\b/,
    'That bus takes no devices while the VM runs: in QEMU with the machine q35, pcie.0 does not, a pcie-root-port must be there from the start.',
  ],
  [
    /\bMigration without shared storage is unsafe\b|\bUnsafe migration\b/,
    'libvirt refuses to migrate a VM with disks on local storage or with a cache mode that may lose data: put them on shared storage, copy them (`--copy-storage-all`), use cache="none", or take the risk with `--unsafe`.',
  ],
  [
    /\bfailed to validate against schema\b|\bExtra element \S{1,40} in interleave\b/,
    'The XML of the domain has an element or attribute that libvirt does not know at that place: the lines behind it name it; `virt-xml-validate FILE` checks, and `virsh define` without --validate does not.',
  ],
  [
    /\bNo PCI buses available\b/,
    'The domain has no PCI bus for its devices: its machine type or architecture has none, or the controllers were removed from the XML; let libvirt add them by defining it anew.',
  ],
  [
    /\bCannot check dnsmasq binary\b/,
    'libvirt serves DHCP and DNS of its networks by dnsmasq, which is not installed: the package dnsmasq-base (Debian, Ubuntu) or dnsmasq.',
  ],
  [
    /\bcan't connect to virtlogd\b/,
    'virtlogd keeps the logs of the VMs for libvirt: `sudo systemctl status virtlogd.socket`; the directory /var/log/libvirt and its files must belong to root and have their labels (SELinux, AppArmor).',
  ],
  [
    /\bEnd of file while reading data\b/,
    'libvirt says this when the other end of a connection went away. In the log of the daemon with "Input/output error" a client ended (harmless, no disk is meant); at virsh with qemu+ssh: nc or virt-ssh-helper, or the socket, is missing on the other machine.',
  ],
  [
    /--os-variant\/--osinfo OS name is required\b/,
    'virt-install wants to know the system of the guest: `--osinfo detect=on,require=off`, or a name from `virt-install --osinfo list`.',
  ],
  [
    /\bIOMMU appears to be disabled in kernel\b/,
    'The kernel of this host does not use the IOMMU: `intel_iommu=on` on its command line (AMD: on by itself) and VT-d or AMD-Vi in the BIOS; only pass-through needs it.',
  ],
  [
    /\bOnly emulated CPUs are available\b|\bif this platform has Secure Guest support\b/,
    'virt-host-validate looks at what QEMU could use: WARN of secure guests and of cgroups is harmless for ordinary VMs; "Only emulated CPUs" means that /dev/kvm is not offered on this machine.',
  ],
  [
    /\bUnable to find a satisfying virtiofsd\b/,
    'libvirt finds virtiofsd by files in /usr/share/qemu/vhost-user/*.json: install the package virtiofsd, or name it with <binary path="…"/> in <filesystem>.',
  ],
  [
    /'virtiofs' requires shared memory\b/,
    'virtiofsd reads the memory of the VM: the domain needs <memoryBacking><source type="memfd"/><access mode="shared"/></memoryBacking>.',
  ],
  [
    /\bunable to map backing store for guest RAM\b/,
    'The memory of the VM could not be had from its file or huge pages: mostly fewer huge pages are free (on that NUMA node) than the guest is large, or /dev/shm is full; `grep -i huge /proc/meminfo`.',
  ],
  [
    /\bcould not get preferred machine for\b/,
    'libvirt found no machine type of that QEMU for this kind of domain: with type=kvm /dev/kvm is not usable for the daemon or its user, or QEMU could not be probed. `virsh domcapabilities`, `virt-host-validate`, `journalctl -u virtqemud` (or libvirtd).',
  ],
]
