/** The IOMMU in the log of a host, drivers of graphics cards, and confidential computing of a host. */
import { type Cause, doc } from '../../cause.ts'

const vfio = doc('vfio.md')
const boot = 'https://docs.kernel.org/admin-guide/kernel-parameters.html'
const sev = 'https://docs.kernel.org/virt/kvm/x86/amd-memory-encryption.html'
const tdx = 'https://docs.kernel.org/arch/x86/tdx.html'

export const iommuGpu: readonly Cause[] = [
  {
    id: 'interrupt-remapping-off',
    severity: 'warning',
    line: [
      /\bDMAR-IR: (?:Enable interrupt remapping failed|Failed to enable (?:irq|interrupt) remapping|x2apic is disabled|.{0,40}x2apic opt ?out)/i,
      /\bAMD-Vi: (?:Disabling interrupt remapping|.{0,60}IOAPIC\[\d+\] not in IVRS)/i,
    ],
    what: 'Interrupt remapping of the host is off or was not switched on completely; passing devices through (VFIO) may be refused by it.',
    why: 'The firmware (BIOS) asks the kernel to leave x2APIC or the remapping off, or its tables are wrong. The host itself works.',
    hint: 'Switch VT-d (AMD: IOMMU) with x2APIC and interrupt remapping on in the BIOS and update it; `intremap=no_x2apic_optout` on the kernel command line overrides the opt-out. `sudo dmesg | grep -iE "remapping|x2apic"`.',
    reference: boot,
    confidence: 'likely',
  },
  {
    id: 'iommu-tables-broken',
    severity: 'warning',
    line: [
      /(?:Your BIOS is broken; DMAR|DMAR.{0,60}Your BIOS is broken)/,
      /AMD-Vi: .{0,40}(?:No IVHD|IVRS table .{0,30}(?:invalid|corrupt))/i,
    ],
    what: 'The tables of the firmware (BIOS) about the IOMMU are wrong, so the kernel does not use it, or only a part of it.',
    why: 'DMAR (Intel) or IVRS (AMD) describes an IOMMU that does not answer at its address: a defect of that BIOS, or VT-d is off in its set-up.',
    hint: 'Update the BIOS, switch VT-d or IOMMU on there; without it no device can be passed through (`ls /sys/kernel/iommu_groups`). For other uses it is harmless.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'iommu-boot-remark',
    severity: 'note',
    line: [
      /\bAMD-Vi: Unable to read\/write to IOMMU perf counter/,
      /\bAMD-Vi: AMD IOMMUv2 (?:loaded|functionality not available)/,
      /disabling IOMMU for graphics/,
    ],
    what: 'A remark of the IOMMU at the boot of the host: an optional part of it is not there; it works.',
    why: 'Such parts are counters, address translation of devices and shared page tables. "disabling IOMMU for graphics" concerns the graphics of the processor alone, which cannot be passed through then.',
    hint: 'Nothing need be done; whether the IOMMU is on is shown by `ls /sys/kernel/iommu_groups`.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'iommu-interrupt-fault',
    severity: 'warning',
    line: [
      /\bDMAR: \[INTR-REMAP\] (?:Request device )?\[?(?<device>[\da-f:.]{5,14})?\]?.{0,80}fault (?:reason|index)/i,
    ],
    what: 'The IOMMU of the host blocked an interrupt of device {device|that the line names}.',
    why: 'The device sent an interrupt that is not entered for it: its driver or its VM ended without switching it off, a card in the wrong state after a reset, or firmware that still uses it (legacy USB, a management controller).',
    hint: '`lspci -s DEVICE` names it. Reset or rebind it, switch legacy support for it off in the BIOS, update BIOS and kernel. Single ones at the boot are harmless.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'iommu-hangs',
    line: [
      /\bAMD-Vi: Completion-Wait loop timed out/,
      /\bIOTLB_INV_TIMEOUT device=(?<device>[\da-f:.]{5,14})/,
      /\bDMAR: .{0,40}Invalidation Time-?out Error/i,
    ],
    what: 'The IOMMU of the host waits in vain for device {device|behind it}: that device does not answer (invalidation time-out).',
    why: 'Mostly a passed-through card, often a graphics card, did not come back from a reset, a crash or its sleep; a defect of BIOS or card is the other reason.',
    hint: 'Switch the host off and on. Against it: a newer BIOS, `options vfio-pci disable_idle_d3=1`, another reset method (`/sys/bus/pci/devices/ADDRESS/reset_method`; vendor-reset for some AMD cards), or `pci=noats` where ATS of the card is the reason.',
    reference: vfio,
    confidence: 'likely',
  },
  {
    id: 'nvidia-driver-not-loaded',
    line: [/NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver/],
    // What the driver itself says is the better reason.
    needs: ({ says }) => !says(/\bNVRM: |RmInitAdapter/),
    what: 'nvidia-smi finds no NVIDIA driver: the kernel module nvidia is not loaded on this system.',
    why: 'Usual are a module that was not built for the running kernel (after an update), Secure Boot that refuses the unsigned one, nouveau that has the card; a card that is bound to vfio-pci for a VM (on the host that is right); or no card in this guest.',
    hint: '`lspci -nnk | grep -iA3 nvidia` (which driver?), `sudo modprobe nvidia; sudo dmesg | tail`, `dkms status`, `mokutil --sb-state`; install the headers of the running kernel and the driver again.',
    reference: 'https://docs.nvidia.com/datacenter/tesla/driver-installation-guide/',
    confidence: 'likely',
  },
  {
    id: 'nvidia-module-kind',
    line: [
      /NVRM: .{0,60}(?:is not supported by (?:the )?open|requires use of the NVIDIA open kernel modules)/,
    ],
    what: 'The NVIDIA driver that is installed is of the wrong kind for this card: open or proprietary kernel modules.',
    why: 'The open modules serve cards from Turing (2018) on; older ones need the proprietary modules; the newest (Blackwell) work with the open ones only.',
    hint: 'Install the other kind of the same version: packages with or without "-open" (nvidia-dkms-VERSION-open on Ubuntu, nvidia-open), then restart.',
    reference: 'https://docs.nvidia.com/datacenter/tesla/driver-installation-guide/',
    confidence: 'likely',
  },
  {
    id: 'nvidia-card-unreachable',
    line: [/Unable to determine the device handle for (?:GPU|gpu)/],
    what: 'The NVIDIA driver has lost the card: it does not answer any more.',
    why: 'It fell off the bus (Xid 79) by power, heat or contact, or, in a VM, after a reset of the card or of its host side.',
    hint: '`sudo dmesg | grep -iE "NVRM|Xid"` names the reason; restart the guest, and if it stays, switch the host off and on; check power, cooling and slot, and keep the card out of D3 (`disable_idle_d3=1` of vfio-pci).',
    reference: 'https://docs.nvidia.com/deploy/xid-errors/',
    confidence: 'likely',
  },
  {
    id: 'sev-status-absent',
    severity: 'note',
    line: [
      /\bccp \S{7,14}: SEV: failed to get status/,
      /\bccp \S{7,14}: (?:psp|sev|tee): (?:.{0,30}not (?:enabled|supported|available)|firmware (?:is not|not) )/i,
    ],
    what: 'The security processor of AMD does not answer questions about SEV: on a machine without SEV that is a harmless remark.',
    why: 'Ryzen processors have the security processor without SEV, and EPYC has it off until the BIOS switches it on. KVM and ordinary VMs do not need it.',
    hint: 'Nothing need be done for ordinary VMs. For SEV take an EPYC, switch SMEE and SEV on in the BIOS, and update its firmware; `sudo dmesg | grep -i sev`.',
    reference: sev,
    confidence: 'likely',
  },
  {
    id: 'sev-without-asids',
    severity: 'warning',
    line: [/\bkvm_amd: SEV(?:-ES|-SNP)? (?:disabled|unusable) \(ASIDs/],
    what: 'KVM offers no guests of that kind of SEV on this host ({said|see the line}).',
    why: '"disabled" or ASIDs 0 - 0: it is off in the BIOS, or none of the ASIDs was set aside for it. SEV and SEV-ES with SNP share them at the limit "SEV-ES ASID Space Limit" (minimum SEV ASID).',
    hint: 'In the BIOS switch on SMEE, SEV Control, SEV-SNP and the RMP table, and set "SEV-ES ASID Space Limit" above 1 (such as 100); then `sudo dmesg | grep -i sev`. For ordinary VMs nothing need be done.',
    reference: sev,
    confidence: 'likely',
  },
  {
    id: 'sev-host-not-ready',
    line: [
      /\bSEV: failed to INIT,? error 0x[\da-f]{1,4}/,
      /\bSEV-SNP: failed to (?:INIT|initialize)/i,
      /RMP table has not been reserved by BIOS|SNP: .{0,60}SNP cannot be supported|IOMMU SNP feature not enabled/,
    ],
    what: 'The host does not start SEV or SEV-SNP: guests of that kind will not run there.',
    why: 'Its settings do not fit together: in the BIOS SMEE, SEV-SNP, "SNP Memory (RMP Table) Coverage" and the IOMMU must be on; the kernel must not have `iommu=pt` or `amd_iommu=off`; and the firmware of the security processor may be old.',
    hint: '`snphost ok` or `sevctl ok` lists what is missing. Update the BIOS and the firmware (/lib/firmware/amd), correct the settings, restart the machine cold; `sudo dmesg | grep -iE "sev|snp|rmp"`.',
    reference: sev,
    confidence: 'likely',
  },
  {
    id: 'sev-launch-refused',
    line: [
      /\b(?:SNP_)?LAUNCH_(?<step>START|UPDATE\w{0,6}|FINISH|MEASURE)\b.{0,30}fw_error=(?<code>\d{1,3}) '(?<words>[^']{0,60})'/,
      /\bsev\w{0,12}_kvm_init: failed to initialize ret=-?\d+ fw_error=(?<code>\d{1,3}) '(?<words>[^']{0,60})'/,
    ],
    what: 'The security processor of AMD refused the SEV guest{step| at its start} (fw_error {code|see the line} {words|}).',
    why: 'fw_error 0 with a negative ret: KVM or the kernel has no SEV (switched off, no rights on /dev/sev). Resource limit: too many guests or no free ASID. Platform state: SEV was not initialised, or another kind of guest. Policy: the policy demands what the host lacks (ES, debugging).',
    hint: '`sudo dmesg | grep -iE "sev|ccp"`, `sevctl ok` or `snphost ok`, `ls -l /dev/sev`; compare policy=, cbitpos= and the firmware of the host; end other SEV guests.',
    reference: sev,
    confidence: 'likely',
  },
  {
    id: 'sev-file-refused',
    line: [
      /(?:open|Open)\w{0,4} \/dev\/sev '?(?<words>Permission denied|No such file or directory)|\/dev\/sev['"]?: (?<words2>Permission denied|No such file or directory)/,
    ],
    what: '/dev/sev could not be opened: {words|}{words2|}.',
    why: 'Permission denied: it belongs to root, and the user of the VM needs a right on it. No such file: the driver ccp found no SEV in the processor or firmware.',
    hint: '`ls -l /dev/sev`, `sudo dmesg | grep -i sev`; a rule of udev such as `KERNEL=="sev", MODE="0660", GROUP="kvm"` gives it to the group kvm.',
    reference: sev,
    confidence: 'likely',
  },
  {
    id: 'tdx-module-absent',
    line: [
      /\bTDX [Mm]odule (?:is )?not loaded|\bvirt\/tdx: .{0,40}module not loaded/,
      /\bvirt\/tdx: (?:SEAMCALL failed|.{0,40}(?:initialization failed|init failed))/,
    ],
    what: 'The TDX module of the host is not loaded or was not initialised: no TDX guest starts there.',
    why: 'The BIOS loads it (SEAM loader) where TDX is on; missing are that setting, the file of the module in the BIOS or on its EFI partition, or memory for its tables.',
    hint: 'In the BIOS switch on TME, TME-MT, "TDX" and "SEAM Loader", give "TME-MT/TDX key split" a value other than 0, update the BIOS; start the kernel with `kvm_intel.tdx=1`; `sudo dmesg | grep -i tdx`.',
    reference: tdx,
    confidence: 'likely',
  },
  {
    id: 'tdx-not-offered',
    line: [
      /TDX not supported by (?:the )?host platform/,
      /TDX (?:is )?not enabled (?:by|in) (?:the )?BIOS|No TDX private KeyIDs? available/,
      /vm-type tdx not supported by KVM/,
    ],
    what: 'The host offers no TDX: neither its firmware nor its KVM does.',
    why: 'TDX takes a Xeon of the 4th generation with TDX or newer, the settings of the BIOS (TME-MT, TDX, key split), Linux 6.16 or a kernel of the distribution with TDX, and the parameter tdx=1 of kvm_intel.',
    hint: '`sudo dmesg | grep -i tdx`, `cat /sys/module/kvm_intel/parameters/tdx` (Y); correct the BIOS, add `kvm_intel.tdx=1`, or start an ordinary guest without TDX.',
    reference: tdx,
    confidence: 'likely',
  },
  {
    id: 'tdx-call-refused',
    line: [/\bKVM_TDX_\w{3,30} failed: (?<words>[A-Z][\w ]{3,40})/],
    what: 'KVM refused a step of a TDX guest: {words|see the message}.',
    why: 'Invalid argument: the guest is set up in a way that TDX does not permit (CPU features, attributes, number of vCPUs), or monitor, kernel and TDX module are of different ages. No memory or busy: no KeyID is free.',
    hint: '`sudo dmesg | grep -iE "tdx|seam"` on the host; use `-cpu host` without other features, the kernel and the monitor that belong together, and fewer TDX guests at once.',
    reference: tdx,
    confidence: 'likely',
  },
]
