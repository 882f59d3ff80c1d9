/** What an errno means where the kernel is told something: by files in /sys and /proc, and by its modules. */
import type { Part } from './reason.ts'

export const kernelFileParts: readonly Part[] = [
  {
    words:
      /\/sys\/bus\/\S{1,60}\/(?:bind|unbind|new_id|probe|driver_override)\b|\b(?:bind|unbind|new_id|driver_override)\b.{0,60}\b(?:driver|vfio|device)\b/i,
    reasons: {
      1: [
        'Writing there takes root (EPERM), and with Secure Boot (lockdown) not all of it is permitted.',
        null,
      ],
      13: [
        'Writing there takes root (EACCES): with sudo also behind the ">" (`echo … | sudo tee FILE`).',
        null,
      ],
      16: [
        'Another driver has the device (EBUSY): it must be unbound from that one first.',
        '`lspci -nnk -s ADDRESS` shows "Kernel driver in use".',
      ],
      17: [
        'That id is registered already (EEXIST): the device may be bound now.',
        '`lspci -nnk -s ADDRESS`.',
      ],
      19: [
        'No such device is there for that driver (ENODEV): its id was not given to new_id or driver_override, it is bound to another driver, or the address is wrong.',
        '`lspci -nnk -s ADDRESS`.',
      ],
      22: [
        'The driver does not take the device (EINVAL): mostly the IOMMU is off, so that it has no group.',
        '`ls /sys/kernel/iommu_groups`; `chv-doctor check vfio`.',
      ],
    },
  },
  {
    words: /\/proc\/sys\/|\bsysctl\b/,
    reasons: {
      2: [
        'That setting does not exist in this kernel (ENOENT): its module is not loaded, or it is called otherwise.',
        '`sysctl -a | grep NAME`.',
      ],
      13: ['Settings of the kernel are changed by root only (EACCES).', null],
      22: ['The kernel does not take that value (EINVAL).', null],
      30: [
        '/proc/sys is read-only there (EROFS), as in most containers: set it on the host, or by the option of the runtime (`--sysctl`).',
        null,
      ],
    },
  },
  {
    words: /\b(?:modprobe|insmod|finit_module|init_module|could not insert|(?<!KVM )kernel module)\b|\.ko\b/i,
    reasons: {
      1: [
        'The module may not be loaded (EPERM): this takes root and is not possible in a container; with Secure Boot it must be signed.',
        '`sudo dmesg | tail`.',
      ],
      2: [
        'There is no such module for the running kernel (ENOENT): the directory /lib/modules/VERSION is of another version, or it was not built.',
        '`ls /lib/modules`, `uname -r`.',
      ],
      8: ['The module is built for another kernel (ENOEXEC).', '`modinfo -F vermagic FILE`, `uname -r`.'],
      16: [
        'The module cannot be loaded twice, or a driver in the kernel has its place (EBUSY).',
        '`sudo dmesg | tail`.',
      ],
      19: ['The module finds no device that it could serve (ENODEV).', '`sudo dmesg | tail`.'],
      95: [
        'The hardware does not do what the module needs (EOPNOTSUPP): for kvm_intel and kvm_amd virtualisation is off in the firmware, or not passed on to this VM.',
        '`sudo dmesg | grep -i kvm`.',
      ],
      126: [
        'The module is not signed by a key that this kernel trusts (ENOKEY): Secure Boot.',
        '`mokutil --sb-state`.',
      ],
      129: [
        'The module is not signed by a key that this kernel trusts (EKEYREJECTED): Secure Boot.',
        '`mokutil --sb-state`.',
      ],
    },
  },
]
