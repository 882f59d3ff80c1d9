/** Why there is no /dev/kvm, or why it is closed, where the text shows on what machine or in what surroundings that is. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const hostOs = doc('README.md#host-os')
const nested = 'https://docs.kernel.org/virt/kvm/x86/running-nested-guests.html'

/** How programs say that KVM is not there. */
const absent: readonly RegExp[] = [
  /\/dev\/kvm['"’»]? ?: (?:No such file or directory|not found)/i,
  /\/dev\/kvm (?:does not exist|not found|is missing|is not (?:there|available|present|found))/i,
  /KVM acceleration can NOT be used/,
  /Your CPU does not support KVM extensions/,
  /KVM requires a CPU that supports vmx or svm/,
  /\bkvm: no hardware support/i,
  /\b(?:VMX|SVM) not supported by (?:the )?CPU/i,
  /could not insert (?:module )?'?kvm_(?:intel|amd)'?: (?:Operation not supported|No such device|Operación no (?:soportada|admitida)|Operação não suportada|Die Operation wird nicht unterstützt|Opération non (?:supportée|permise)|不支持的操作|Операция не поддерживается)/,
  /KVM virtuali[sz]ation configured, but not available/,
  /Could not access KVM kernel module: No such file or directory/,
  /Checking (?:if device \/dev\/kvm exists|for hardware virtualization)\s{1,90}: FAIL/,
  /KVM is not available|KVM support is missing/,
  /modprobe: (?:FATAL: )?Module '?kvm(?:_intel|_amd)?'? not found/,
]
const patterns: Cause['patterns'] = [
  ['no supported hypervisor'],
  [/\b(?:VmCreate|HypervisorCreate|KvmNew|VmFd)\([^(){}]{0,80}(?:\(os error 2\)|Error\(2\))/],
]

/** A zero alone is anybody's. */
const zero = /^0$/
const countsFlags = /\b[ef]?grep\b.{0,40}\b(?:vmx|svm)\b.{0,20}\/proc\/cpuinfo/

/** A guest without nested virtualisation prints the same, and is well. */
const ofGuests = /no hardware support|not supported by/i
const guestBoots = /Hypervisor detected|kvm-clock|virtio_blk|\bvd[a-z]: vd[a-z]\d/

const confirmedBy = ['kvm/no-hardware', 'kvm/no-device', 'kvm/module-not-loaded']

type Words = Pick<Cause, 'id' | 'what' | 'why' | 'hint' | 'reference'>

/** KVM is not there, on a machine that the text shows. */
const absentOn = (where: (evidence: Evidence) => boolean, words: Words): Cause => ({
  ...words,
  patterns,
  line: [...absent, zero],
  needs: (evidence) =>
    !/\/dev\/mshv/.test(evidence.text) &&
    (!zero.test(evidence.text) || evidence.says(countsFlags)) &&
    !(ofGuests.test(evidence.text) && evidence.says(guestBoots)) &&
    where(evidence),
  check: 'kvm',
  confirmedBy,
  confidence: 'likely',
})

/** Commands that print nothing but a name. */
const asksVendor = /systemd-detect-virt|sys_vendor|product_name|virt-what|dmidecode/

/** Whether the system tells that it runs on one of these: lscpu, systemd-detect-virt, the DMI table, the kernel. */
const runsOn = ({ says }: Evidence, vendor: string): boolean =>
  says(
    new RegExp(
      `(?:Hypervisor vendor: +|Hypervisor detected: |\\bDMI: |Manufacturer: +|Product Name: +|Hardware Vendor: |Hardware Model: |Virtuali[sz]ation: |Virtualisierung: )(?:${vendor})`,
      'i',
    ),
  ) ||
  (says(asksVendor) && says(new RegExp(`^(?:${vendor})(?: [\\w, ().-]{1,60})?$`, 'i')))

const isEc2 =
  /Amazon EC2|\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b|\bec2-user@|\.compute\.amazonaws\.com|\b[cmrt]\d[a-z]{0,3}\.(?:nano|micro|small|medium|\d{0,2}x?large)\b|\baws ec2\b/
const isGoogle = /Google Compute Engine|\bgcloud compute\b|\bDMI: Google|\.c\.[\w-]{3,40}\.internal\b/
const isAzure = /\baz vm\b|\.cloudapp\.azure\.com|azureuser@|\bStandard_[A-Z]\w{1,20}\b|\bazure\b/i
const isWsl = /microsoft-standard|\bWSL2?\b|\.wslconfig|\bwsl(?:\.exe)? /
const isMac =
  /\bDarwin (?:arm64|x86_64)\b|\bDocker Desktop\b|\b(?:limactl|multipass|macOS|lima-|colima|OrbStack|orbstack|podman machine)\b|\bApple\b|\bParallels\b|\bUTM\b/
const runsContainer =
  /\b(?:docker|podman|nerdctl)(?: container)? (?:run|exec)\b|\b(?:kubectl|oc|crictl) (?:-n \S{1,60} )?exec\b|\broot@[0-9a-f]{12}:/
const givesDevice = /--device[= ]\S{0,40}\/dev\/kvm|--privileged|privileged: true|devices:/

export const kvmWhere: readonly Cause[] = [
  absentOn(({ says }) => says(/\b[34]\.4\.0-\d+-Microsoft\b/), {
    id: 'kvm-in-wsl1',
    what: 'There is no /dev/kvm: this distribution runs under WSL 1, which has no Linux kernel at all, so no KVM.',
    why: 'The kernel release (4.4.0-…-Microsoft) is the one that WSL 1 pretends. Only WSL 2 runs a kernel of Linux in a virtual machine.',
    hint: 'In PowerShell: `wsl --set-version DISTRIBUTION 2`, then `wsl --shutdown`. On Windows 11 `nestedVirtualization=true` below [wsl2] in %UserProfile%\\.wslconfig gives it /dev/kvm.',
    reference: 'https://learn.microsoft.com/windows/wsl/wsl-config',
  }),
  absentOn(({ says }) => says(isWsl) && !says(/CPU supports KVM extensions/), {
    id: 'kvm-in-wsl2',
    what: 'KVM is not there in this WSL 2: its virtual machine was not given nested virtualisation.',
    why: 'WSL 2 is itself a VM of Hyper-V. It passes VT-x or AMD-V on only on Windows 11 with `nestedVirtualization=true` (the default there; a .wslconfig may say false), not on Windows 10, and not where Windows itself runs in a VM without it. An own kernel must have CONFIG_KVM.',
    hint: 'Put `nestedVirtualization=true` below [wsl2] into %UserProfile%\\.wslconfig, run `wsl --update` and `wsl --shutdown` in PowerShell, open the distribution again: `grep -c -E "vmx|svm" /proc/cpuinfo` must be above 0; then `sudo modprobe kvm_intel` (or kvm_amd).',
    reference: 'https://learn.microsoft.com/windows/wsl/wsl-config',
  }),
  absentOn(({ says }) => says(isEc2) && !says(/\.metal\b|\bmetal-\d/), {
    id: 'kvm-on-ec2',
    what: 'There is no KVM on this machine: it is an ordinary instance of Amazon EC2, a VM whose hypervisor does not pass virtualisation on.',
    why: 'Loading modules or settings in the instance change nothing: the processor that it sees has no vmx or svm. Instances of bare metal have it (their type ends in .metal); only some of the newest families offer nested virtualisation, as an option of the CPU at the launch.',
    hint: 'Take a type of bare metal, such as c5.metal, m5.metal, c6g.metal (arm64), or another cloud with nested virtualisation; `curl http://169.254.169.254/latest/meta-data/instance-type` tells the type.',
    reference: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html',
  }),
  absentOn(({ says }) => says(isGoogle), {
    id: 'kvm-on-gce',
    what: 'There is no KVM on this machine: it is an instance of Google Compute Engine without nested virtualisation, which is off until it is asked for.',
    why: 'It is an option of the instance, and only on processors of Intel (N1, N2, C2 …); E2, machines with AMD or Arm do not have it.',
    hint: 'Make the instance with `gcloud compute instances create NAME --enable-nested-virtualization --machine-type=n2-standard-4 …`; for one that exists stop it and set advancedMachineFeatures.enableNestedVirtualization: true (`gcloud compute instances export`, then `update-from-file`).',
    reference: 'https://cloud.google.com/compute/docs/instances/nested-virtualization/enabling',
  }),
  absentOn(
    (evidence) =>
      evidence.says(isAzure) ||
      runsOn(evidence, 'Microsoft(?: Corporation)?(?: Hyper-V)?(?: Virtual Machine)?|hyper-?v'),
    {
      id: 'kvm-on-hyper-v',
      what: 'There is no KVM on this machine: it is a VM of Hyper-V (or Azure), whose processor was not given virtualisation (nested virtualisation is off).',
      why: 'Hyper-V hides VT-x and AMD-V unless the VM has ExposeVirtualizationExtensions; in Azure the size of the VM decides.',
      hint: 'Hyper-V, with the VM off, in PowerShell of the host: `Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true`. Azure: resize it to a size with nested virtualisation (Dv3, Ev3 and their successors), not A or B.',
      reference:
        'https://learn.microsoft.com/windows-server/virtualization/hyper-v/enable-nested-virtualization',
    },
  ),
  absentOn((evidence) => runsOn(evidence, 'VMware'), {
    id: 'kvm-on-vmware',
    what: 'There is no KVM on this machine: it is a VM of VMware without nested virtualisation.',
    why: 'VMware hides VT-x and AMD-V from a VM until its processor settings pass them on; on Windows with Hyper-V or memory integrity on, VMware Workstation cannot.',
    hint: 'With the VM off: processor settings, "Virtualize Intel VT-x/EPT or AMD-V/RVI" (ESXi: "Expose hardware assisted virtualization to the guest OS"; in the .vmx file `vhv.enable = "TRUE"`).',
    reference: nested,
  }),
  absentOn((evidence) => runsOn(evidence, 'innotek GmbH|VirtualBox|oracle'), {
    id: 'kvm-on-virtualbox',
    what: 'There is no KVM on this machine: it is a VM of VirtualBox without nested virtualisation.',
    why: 'VirtualBox hides VT-x and AMD-V from a VM until it is told to pass them on; the switch is grey where the host does not offer it (Hyper-V is on below).',
    hint: 'With the VM off: `VBoxManage modifyvm NAME --nested-hw-virt on` (settings: System, Processor, "Enable Nested VT-x/AMD-V").',
    reference: 'https://www.virtualbox.org/manual/',
  }),
  absentOn(({ says }) => says(isMac) && says(/aarch64|arm64|Darwin|limactl|colima|\bM[1-4]\b/), {
    id: 'kvm-on-mac-vm',
    what: 'There is no KVM in this Linux machine on a Mac: it is a VM, and nested virtualisation is not passed on to it.',
    why: "Apple's Virtualization framework offers it only on an M3 or newer with macOS 15 or newer, and only to a VM that asks for it; an M1 or M2 never has it.",
    hint: 'On an M3 or newer: Lima `vmType: vz` and `nestedVirtualization: true` in the YAML of the instance, colima `colima start --vm-type vz --nested-virtualization`. Else use a Linux machine on hardware, or QEMU without KVM (TCG).',
    reference: 'https://lima-vm.io/docs/config/vmtype/vz/',
  }),
  absentOn(({ says }) => says(/^armv[67]l$|\barmv[67]l\b/), {
    id: 'kvm-on-arm-32-bit',
    what: 'There is no /dev/kvm: this system runs a 32-bit kernel (armv7l or armv6l), and KVM of 32-bit Arm was removed in Linux 5.7.',
    why: 'Boards such as the Raspberry Pi 3, 4 and 5 are 64-bit and start a 32-bit system all the same when that is installed. Cloud Hypervisor, too, is for aarch64 only.',
    hint: 'Install the 64-bit system (`uname -m` must print aarch64, `getconf LONG_BIT` 64); a Raspberry Pi with its GICv2 then runs QEMU with KVM, and not Cloud Hypervisor, which needs GICv3.',
    reference: hostOs,
  }),
  absentOn(
    ({ says, text }) =>
      says(runsContainer) && !says(givesDevice) && !/gathering device|adding custom device/.test(text),
    {
      id: 'kvm-not-given-to-container',
      what: 'The program runs in a container, and the container was not given /dev/kvm.',
      why: 'A container sees only a few devices of the host; the command that started it has no `--device /dev/kvm`.',
      hint: 'Start it with `--device /dev/kvm` (and for an ordinary user in it `--group-add $(stat -c %g /dev/kvm)`; for TAPs also `--device /dev/net/tun --cap-add NET_ADMIN`). In Kubernetes a device plugin for kvm gives it (or a privileged pod). On the host itself `ls -l /dev/kvm` must show the device.',
      reference: 'https://docs.docker.com/reference/cli/docker/container/run/#device',
    },
  ),
  absentOn(({ says }) => says(/^\s*PrivateDevices ?= ?(?:yes|true|1|on)\b/i), {
    id: 'kvm-hidden-by-unit',
    what: 'The unit hides /dev/kvm from the program: PrivateDevices=yes gives it a /dev of its own, with pseudo devices only.',
    why: '/dev/kvm, /dev/net/tun, /dev/vfio and disks are not in it, whatever their mode on the host is.',
    hint: 'Set PrivateDevices=no in the unit, and instead DevicePolicy=closed with DeviceAllow=/dev/kvm rw and DeviceAllow=/dev/net/tun rw; SupplementaryGroups=kvm for its User=. Then `sudo systemctl daemon-reload` and restart it.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html',
  }),
  absentOn(
    ({ says }) => says(/\b(?:VMX|SVM|kvm|KVM).{0,24}(?:is )?disabled (?:by|in) (?:your |the )?BIOS\b/i),
    {
      id: 'kvm-off-in-bios-told',
      what: 'Virtualisation of the processor is there and switched off in the firmware (BIOS), says the text: so there is no /dev/kvm.',
      why: 'The processor shows vmx or svm, and the firmware locked it off before the kernel started. In a VM the hypervisor around it plays that part.',
      hint: 'Switch on "Intel Virtualization Technology" (VT-x) or "SVM Mode" in the BIOS set-up, save, switch the machine off and on, then `sudo modprobe kvm_intel` (or kvm_amd) and `ls -l /dev/kvm`.',
      reference: hostOs,
    },
  ),
  absentOn((evidence) => runsOn(evidence, 'lxc|openvz|virtuozzo|systemd-nspawn'), {
    id: 'kvm-in-system-container',
    what: 'There is no /dev/kvm: this "machine" is a container (LXC, OpenVZ) on a kernel that it shares with others.',
    why: 'Modules cannot be loaded in it, and it has only the devices that its host gives. Cheap virtual servers of that kind never have KVM.',
    hint: 'Where the host is yours, give the device: Proxmox `pct set ID --dev0 /dev/kvm`, LXD or Incus `lxc config device add NAME kvm unix-char path=/dev/kvm`; else take a server on hardware or one with nested virtualisation.',
    reference: hostOs,
  }),
  absentOn(
    (evidence) =>
      runsOn(evidence, 'KVM|QEMU|Proxmox|Xen|Red Hat|OpenStack|DigitalOcean|Hetzner|Vultr|Linode') ||
      evidence.says(/QEMU Virtual CPU|Common KVM processor|Standard PC \(|\bHetzner\b|\bDigitalOcean\b/),
    {
      id: 'kvm-in-vm-without-nesting',
      what: 'There is no KVM on this machine: it is a VM itself (of KVM or another hypervisor), and nested virtualisation is not passed on to it.',
      why: 'The hypervisor below has it switched off (kvm_intel or kvm_amd nested=0), or this VM has a model of processor without vmx and svm (kvm64, qemu64, x86-64-v2-AES). Many clouds never offer it.',
      hint: 'On the machine below: `cat /sys/module/kvm_intel/parameters/nested` (kvm_amd on AMD) must say Y or 1; give this VM the processor of the host: QEMU `-cpu host`, libvirt `<cpu mode="host-passthrough"/>`, Proxmox `qm set ID --cpu host`; then stop and start it. In a rented VM take a machine on hardware.',
      reference: nested,
    },
  ),
  absentOn(
    ({ says }) =>
      (says(/^kvm +\d+ +0$/) && !says(/^kvm_(?:intel|amd) +\d/)) ||
      (says(countsFlags) && says(/^(?:[1-9]|\d\d{1,2})$/)),
    {
      id: 'kvm-processor-module-not-loaded',
      what: 'There is no /dev/kvm because the module for this processor (kvm_intel or kvm_amd) is not loaded; the processor itself offers virtualisation, or kvm alone is loaded.',
      why: 'The module kvm makes no device by itself. A list below /etc/modprobe.d may keep the other one off (blacklist, often made for VirtualBox), or its loading was refused: virtualisation is off in the BIOS, or another hypervisor holds it.',
      hint: '`sudo modprobe kvm_intel` (or kvm_amd), then `ls -l /dev/kvm`; if it is refused, `sudo dmesg | grep -i kvm` says why; `grep -r kvm /etc/modprobe.d`; for each start: `echo kvm_intel | sudo tee /etc/modules-load.d/kvm.conf`.',
      reference: hostOs,
    },
  ),
]
