/** Words of devices: passed through to a guest, or served to it by another program. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const deviceTerms: Terms = [
  [
    /\bVF \d{1,12} still in reset\b|\bUnable to configure VFs, other operation is pending\b/,
    'The physical function is still resetting that virtual function, or itself: wait some seconds, and set MAC, VLAN or trust then, before the VM starts.',
  ],
  [
    /\bVF \d{1,4}\b.{0,30}\b(?:untrusted|not trusted)\b|\bUnprivileged VF \d/i,
    'The host does not trust that virtual function, so its guest may not change its MAC or use promiscuous mode (a bridge in the guest needs it): `ip link set PF vf N trust on` on the host.',
  ],
  [
    /\bSpoofed packets detected\b/i,
    'The card dropped packets of a virtual function with another MAC or VLAN than the host set for it (a bridge or bond in the guest does that): set the MAC on the host (`ip link set PF vf N mac …`), or `spoofchk off`.',
  ],
  [
    /\bMalicious Driver Detection\b|\bMDD event\b/,
    'MDD (malicious driver detection) of an Intel card drops the packets, or stops the queues, of a virtual function whose driver gave it a request that is not allowed, until that driver is reset: mostly a matter of the driver in the guest and its version.',
  ],
  [
    /\biavf\b.{0,60}\b(?:init adminq|PF is not responding|Unable to get VF config)/,
    'The virtual function gets no answer from its physical function: the PF is down or in reset, its driver was unloaded, or a reset of the VF at the start of the VM is not over. `ip link show PF` and dmesg of the host; -53 there is a status of the driver, no errno.',
  ],
  [
    /\bRMRR requirement\b|\bcan cover this RMRR\b|\b1:1 IOMMU mapping\b/,
    'The firmware reserves memory that this device uses by itself (RMRR): a device with such a need cannot be given to a guest; a setting of the BIOS (of HPE "shared memory features"), another slot or a virtual function helps. As a note of the boot it is harmless for devices that are not passed through.',
  ],
  [
    /\bCompletion-Wait loop timed out\b/,
    'The IOMMU of AMD does not answer commands any more: often a passed-through device hangs (a GPU that did not come back from a reset), and the host needs a restart; a newer BIOS and kernel, or another reset method, are the next steps.',
  ],
  [
    /\bvfio_bar_restore\b|\brestoring BARs\b/,
    'The passed-through device lost its configuration in a reset, and VFIO writes its BARs back: harmless alone; repeated, the card did not survive its reset or its power state (`disable_idle_d3=1` of vfio-pci).',
  ],
  [
    /\bvfio_dma_map\(.{1,160}\) = -12\b|\bcannot limit locked memory of process\b/,
    'All memory of a guest with a passed-through device is locked: the limit (RLIMIT_MEMLOCK) must be larger than the guest, and a multiple of it where several devices have mappings of their own. `prlimit -l --pid PID` shows it, LimitMEMLOCK=infinity lifts it for a unit.',
  ],
  [
    /\bEAL: Cannot use IOVA as 'PA'/,
    'DPDK may not read physical addresses: run it as root (or CAP_SYS_ADMIN, CAP_IPC_LOCK), or with `--iova-mode=va`, which needs the devices on vfio-pci with an IOMMU.',
  ],
  [
    /\bVHOST_CONFIG\b.{0,80}\b(?:recvmsg failed|vhost peer closed)\b/,
    'The other end of the vhost-user socket closed it: mostly the VM ended or was restarted, and the line is the consequence. Look at what the VMM printed at that time.',
  ],
  [
    /\bActive devices: .{1,120}, so not binding PCI dev\b/,
    'setup.sh of SPDK leaves a disk alone that the host uses (mounted, LVM, swap): unmount it first, or keep to others with PCI_ALLOWED="ADDRESS".',
  ],
  [
    /\bSWTPM_NVRAM_(?:DecryptData|LoadData)\b|\bSWTPM_NVRAM_CheckHeader\b/,
    'The state of the TPM cannot be read: another key or password (--key, --pwd) than it was written with, a damaged file, or one of another version (tpm-00.permall for TPM 1.2, tpm2-00.permall for 2.0).',
  ],
  [
    /\bstatedir\b.{0,60}\bfor user\b|\bswtpm-localca exit\b/,
    'swtpm_setup makes certificates by swtpm-localca, whose directory (/var/lib/swtpm-localca) must belong to the user who runs it (tss or swtpm): `ls -ld` it, or give a configuration of your own with `--config`.',
  ],
  [
    /\b(?:vtnet|vtbd|vtscsi|vtrnd|vtballoon)\d: (?:cannot|could not|error|failed)|\bdevice_attach: vt\w{3,8} attach returned \d/,
    'vtnet, vtbd, vtscsi are the virtio drivers of FreeBSD: the driver could not set the device up (6 is ENXIO, 12 ENOMEM). Use FreeBSD 13 or newer, which knows virtio 1.x over PCI.',
  ],
  [
    /\bNVML\w*\b|\bCUDA(?!_VISIBLE)\w*\b(?! unknown).{0,30}\berror(?!: system not yet)/i,
    'NVML and libcuda are libraries of the NVIDIA driver in user space: they must be of exactly the version of its kernel module, which stays the old one until it is loaded anew.',
  ],
  [
    /\bunset container\b|\bVFIO_GROUP_\w+\b|\bvfio (?:group|container)\b/i,
    'A VFIO group belongs to a container (the mappings of one VM): it is released only when every device of the group is closed and its regions are unmapped.',
  ],
  [
    /\bregion #\d\b|\bget region\b|\bvfio\b.{0,60}\bregion \d\b/i,
    'The regions of a VFIO device are its BARs (0 to 5), ROM (6), configuration (7) and VGA (8): a device that is no graphics card has no region 8, and not to get it is no fault.',
  ],
  [
    /\bpast guest memory\b|\bInvalidGuestAddress\b/,
    'An address lies outside of the memory that the VM has: a driver in the guest gave it, or what should be put there does not fit into what --memory gives (without a suffix size= is in bytes).',
  ],
  [
    /\b(?:too few descriptors|descriptor chain)\b|\b(?:virtio|vhost|device)\b.{0,40}\bconfig(?:uration)? space\b|\bconfig_len\b|\bFailed to (?:parse|process) (?:the )?(?:descriptor|queue|virtio)/i,
    'Drivers of the guest give requests in descriptors and read the configuration space of a device: a request of another form, or a read beyond its end, is a matter of that driver (and its version), and is refused.',
  ],
  [
    /\bsimple(?:drm|fb|-framebuffer)\b|\befifb\b|\bBOOTFB\b|\bsysfb\b|\bvesafb\b/,
    'simpledrm, simplefb and efifb show the boot screen of the host and hold a BAR of the graphics card (BOOTFB in /proc/iomem): it cannot be passed through until they let it go (`video=efifb:off`, `initcall_blacklist=sysfb_init`, or another card for the screen).',
  ],
  [
    /\bcan't reserve \[mem\b|\bBAR \d\b.{0,40}\bcan't reserve\b/,
    'That memory range of the device (a BAR) is held by another driver: /proc/iomem of the host names it, of a graphics card often the framebuffer of the boot screen (simpledrm, efifb).',
  ],
  [
    /\bBAR ?\d?\b.{0,60}\b(?:no space|failed to assign|can't assign|not assigned|no room)\b|\bno space for \[mem\b/i,
    'There was no room for a BAR: the window for devices below 4 GiB, or the one above (it ends with the physical addresses of the processor, max_phys_bits=), is too small for this card; `pci=realloc` helps some kernels.',
  ],
  [
    /\bsriov_numvfs\b|\bsriov_\w+|\bSR-?IOV\b|(?<!pure )\bvirtual functions?\b/i,
    'sriov_numvfs of a card says how many virtual functions (VFs) it shows: while some exist another number is refused as busy (write 0 first); without room for their BARs or bus numbers it fails for lack of memory or resources (SR-IOV and "Above 4G" in the BIOS, `pci=realloc` or `pci=assign-busses`).',
  ],
  [
    /\bXid\b/,
    'Xid is the number under which the NVIDIA driver reports a fault of the card: 79 means that it is no longer on the bus, 31 and 13 faults of a program, 48 and 63 memory, 119 and 120 its firmware (GSP).',
  ],
  [
    /\bRmInitAdapter\b|\bNVRM\b|\bnvidia-smi\b|\bnvidia[-_ ](?:drm|modeset|uvm|persistenced)\b/i,
    'NVRM is the NVIDIA driver: in a guest it needs all BARs of the card mapped, interrupts (MSI), modules of exactly its own version, and of a machine with NVSwitch the Fabric Manager.',
  ],
  [
    /\b(?:nv-?fabricmanager|fabric ?manager|NVSwitch|NVLink|NVLSM)\b/i,
    'NVSwitch machines need the Fabric Manager, of the same version as the driver, where the switches are: on the host, or in the guest that has all of them; without it CUDA fails (error 802).',
  ],
  [
    /\bvfio_iommu_type1\b|\bVFIO_(?:IOMMU_)?(?:MAP|UNMAP)_DMA\b|\bDma(?:Map|Unmap)\b|\bmap(?:ping)? (?:memory )?(?:for )?(?:VFIO|DMA)\b/i,
    'VFIO maps the memory of the guest for DMA: the limit on locked memory, the address width of the IOMMU (39 bits on some), and ranges that it reserves decide whether that works.',
  ],
  [
    /\bnot viable\b|\bACS\b|\biommu_groups?\b|\bIOMMU group\b/i,
    'An IOMMU group is passed through as a whole: every device in it must be bound to vfio-pci (or have no driver); bridges without ACS make groups large.',
  ],
  [
    /\bFLR\b|\bfunction level reset\b|\breset_method\b|\bbus reset\b|\bnot ready \d+ms after\b|\breset recovery\b/i,
    'A passed-through device is reset between users (FLR, bus reset): cards that come back from it too late, or cannot do it, work once and then need a reboot of the host.',
  ],
  [
    /\bAER\b|\bPCIe Bus Error\b/,
    'AER reports errors on the PCIe link: corrected ones are harmless, others point at slot, power or card.',
  ],
  [
    /\bDMAR:? (?:fault|\[(?!Firmware (?:Bug|Warn)))|\bIO_PAGE_FAULT\b|\bDMA fault\b|\bDRHD: handling fault\b|\bPTE (?:Read|Write) access\b/i,
    'The IOMMU stopped an access of a device to memory that is not mapped for it: the device was used before or after its mapping (a reset, a driver of the host that still runs it), or reaches for an address that the guest does not have.',
  ],
  [
    /\biommufd\b|\/dev\/iommu\b|\bvfio_cdev\b|\/dev\/vfio\/devices\b/,
    'iommufd is the newer interface for passing devices through (/dev/iommu, /dev/vfio/devices): kernel and release must both know it.',
  ],
  [
    /\bmdev(?:ctl|_\w+)\b|\/bus\/mdev\b|\bmediated device|\bvGPU\b|\bGRID (?:driver|licen[cs]e)/,
    'A mediated device (mdev, vGPU) is made by the driver of the host, of its own version and licence, before it can be passed through by its path below /sys/bus/mdev/devices.',
  ],
  [
    /\bnvme\d?\b.{0,60}\b(?:timeout|controller is down|CSTS|reset)\b|\bCSTS\b/i,
    'An NVMe controller that does not answer (CSTS, time-out) was lost, sleeps, or its interrupts do not arrive.',
  ],
  [
    /\bvhost-?vdpa\b|\bvdpa\b/i,
    'vDPA is a network or block device whose data path is hardware (/dev/vhost-vdpa-N): the kernel needs vhost_vdpa and the driver of the card, and the memory of the VM must be allowed to be locked (`ulimit -l`).',
  ],
  [
    /\bamdgpu\b|\bPSP\b.{0,30}\b(?:tmr|firmware|fw)|\bpsp_\w+/,
    'amdgpu loads firmware into the card by its security processor (PSP): after an unclean reset, or without its ROM or all BARs, that may fail until the host is started anew.',
  ],
  [
    /\bmlx[45]\w*\b|\bConnectX\b/,
    'mlx5 is the driver of NVIDIA/Mellanox network cards: number of VFs and SR-IOV are also a setting of the firmware of the card (mlxconfig).',
  ],
  [
    /\b(?:i40e|iavf|ixgbe(?:vf)?|ice|igb(?:vf)?)(?:: | [\da-f]{4}:[\da-f]{2}:)/,
    'A virtual function of an Intel card asks its physical function for everything: link up, MAC set by the host, `trust on` and `spoofchk off` decide what it may do.',
  ],
  [
    /\bfile-prefix\b|\bmemzone\b|\bEAL: (?!Cannot use IOVA)|\brte_\w+/,
    'DPDK (EAL) takes huge pages on the NUMA node of its cores and names its files by --file-prefix: two programs with the same prefix, or no free pages on that node, cannot start.',
  ],
  [
    /\bdpdkvhostuser(?:client)?\b|\bovs-v(?:switchd|sctl)\b|\bnetdev_dpdk\b|\bopenvswitch\b/i,
    'Open vSwitch serves vhost-user ports from its own process (dpdkvhostuserclient connects, dpdkvhostuser listens): one side must be the server and the other the client (vhost_mode= of --net is the side of the VM), and the memory of the VM must be shared.',
  ],
  [
    /\bspdk(?:_\w+)?\b|\bbdev(?:_(?:malloc|aio|nvme|lvol|uring|raid|virtio|get|set)\w*|\.c|\.rpc)?\b|\b(?:lvol|lvstore|rpc\.py|nvmf_(?:tgt|create|subsystem))\w*\b/i,
    'SPDK serves block devices (bdev, lvol) by vhost-user or vfio-user: it and its controller must be there before the VM, this user must be allowed to use its socket, and it may use the memory of the guest only if that is shared.',
  ],
  [
    /_INFLIGHT_FD\b|\binflight[_ ](?:buffer|fd|info|region|i\/o|desc)|\b(?:get|set)_inflight_fd\b|\bvhost\w*\b.{0,60}\binflight\b/i,
    'The inflight buffer of vhost-user keeps which requests were under way, so that a back-end that reconnects can go on: sizes or queues that differ between both sides crash or stop older back-ends.',
  ],
  [
    /\bVHOST_USER_[A-Z_]+\b|\bvhost-?user\b.{0,40}\b(?:protocol|message|feature)/i,
    'VHOST_USER_… are messages and features between Cloud Hypervisor and the program that serves the device: one that is refused or not answered means that this program does not support it, or gave up; its own log says why.',
  ],
  [
    /\b(?:ioeventfd|irqfd|eventfd|EventFd|kickfd|callfd)\b/,
    'An eventfd carries a notification between guest, KVM and device: each queue and interrupt takes one, so that many devices and queues reach the limit on open files.',
  ],
  [
    /\bvfio-user\b|\b--user-device\b|\bvfio_user\w*/,
    'vfio-user is a PCI device that another program serves over a socket (--user-device): it needs shared memory and a server of a version that fits.',
  ],
  [
    /\bswtpm\w*\b|\btpm_(?:tis|crb)\b|\bTPM(?:_\w+)?\b/,
    'The TPM of a guest is swtpm on the host, by its control socket (--tpm socket=): one swtpm serves one VM, and the guest needs tpm_crb.',
  ],
  [
    /\bvirtio[_-]?gpu\b|\bvirglrenderer\b|\brutabaga\b|\bwayland\b/i,
    'Cloud Hypervisor has no display of its own: a graphics device comes from another program (vhost-user, where the release supports it) or is passed through.',
  ],
  [
    /\bvirtio[_-]?(?:snd|sound)\b|\bvhost-device-\w+/i,
    'vhost-device-… are daemons that serve a device by vhost-user: each needs its own socket and must run before the VM.',
  ],
  [
    /\blibtpms\/tpm2: Entering failure mode\b/,
    'The emulated TPM (libtpms) stopped in its failure mode: with NvPowerOn or NvCommit it could not read or write its persistent state, in the directory of --tpmstate (rights, a full disk, or a tpm2-00.permall that is damaged or of another version).',
  ],
]
