/** Modules of the host kernel that a VM or what is around it needs, and that cannot be loaded. */
import { type Cause, doc } from '../../cause.ts'

const name = String.raw`(?<module>(?:kvm|vhost|vfio|virtio|macv|tun|tap|vsock|vmw_vsock|bridge|br_netfilter|irqbypass|iommufd)[\w-]{0,40})`

const loading = (reason: string): readonly RegExp[] => [
  new RegExp(`could not insert (?:module )?['"]?${name}['"]?: (?:${reason})`, 'i'),
  new RegExp(
    String.raw`(?:insmod|init_module|finit_module).{0,80}\b${name}(?:\.ko\S{0,5})?['"]?.{0,20}: (?:${reason})`,
    'i',
  ),
]

export const modules: readonly Cause[] = [
  {
    id: 'modules-of-other-kernel',
    line: [
      /modprobe: (?:FATAL: )?Module (?<module>\S{1,60}) not found in directory \/(?:usr\/)?lib\/modules\/(?<running>[\w.+-]{3,80})/,
    ],
    // The directories that are there are of other kernels, or the distribution removes those of the running one.
    needs: ({ text, says }) => {
      const running = /modules\/([\w.+-]{3,80})/.exec(text)?.[1] ?? ''
      const isArch = /-arch\d|-lts$|-zen\d|-hardened\d/.test(running)
      return (
        isArch ||
        (says(/\bls .{0,20}\/lib\/modules/) &&
          says(new RegExp(`^(?!${running.replace(/[.+]/g, '\\$&')})\\d+\\.\\d+\\.\\d+[\\w.+-]*(?: |$)`)))
      )
    },
    what: 'The running kernel ({running|see the line}) has no modules any more, {module|the module} among them: the kernel was updated, and the machine was not restarted since.',
    why: 'The update replaced the directory below /lib/modules; what was not loaded before cannot be loaded until the new kernel runs.',
    hint: 'Restart the machine; `uname -r` must then be a name in `ls /lib/modules`. If the old kernel starts again, the boot loader has not got the new one (a /boot that was not mounted during the update).',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'module-load-denied',
    line: loading('Operation not permitted|Permission denied'),
    what: 'The kernel module {module|} could not be loaded: the user who tried may not load modules.',
    why: 'Only root may (CAP_SYS_MODULE): the command ran as an ordinary user or in a container. A host that forbids all loading (kernel.modules_disabled=1, lockdown) refuses root as well.',
    hint: 'Load it as root on the host itself: `sudo modprobe NAME`, and for every start by a file in /etc/modules-load.d. If root is refused, see `sysctl kernel.modules_disabled` and `sudo dmesg | tail`.',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'kvm-module-absent',
    line: [/modprobe: (?:FATAL: )?Module '?(?<module>kvm(?:_intel|_amd)?)'? not found/],
    what: 'The running kernel has no module {module|kvm}: it was built without KVM, or its modules are not installed.',
    why: 'Kernels for cloud instances and containers often leave KVM out; after an update of the kernel the modules of the running one may be gone until a restart; on arm64 KVM is built in and no module. A container sees the modules of its image, not those of the host.',
    hint: '`ls -l /dev/kvm` tells whether KVM is there without a module; else restart after an update, or install the ordinary kernel of the distribution (with its modules-extra package) on a machine that offers virtualisation.',
    check: 'kvm',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'module-load-refused',
    line: [
      ...loading(
        'Key was rejected by service|Required key not available|Exec format error|Invalid module format|Unknown symbol.{0,60}',
      ),
      /(?:unsigned module loading is restricted|Loading of unsigned module is rejected)/,
    ],
    what: 'The kernel refused the module {module|}: it does not belong to this kernel, or is not signed for it.',
    why: 'Key: with Secure Boot the kernel takes modules only that are signed with a key it trusts. Format or symbol: the module was built for another kernel, as after an update without a restart.',
    hint: 'Restart after an update, and use the modules of the package of the running kernel (`uname -r`); for a module of your own, sign it and enrol its key (`mokutil --import`).',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'module-other-kernel',
    line: [
      /^(?<module>[\w-]{2,40}): (?:disagrees about version of symbol \w|version magic '[^']{1,80}' should be)/,
    ],
    what: 'The kernel refuses the module {module|}: it was built for another kernel.',
    why: 'A module belongs to one build of the kernel. Usual are modules of another version in the image or initramfs than the kernel that was booted (--kernel), a module of your own that was not built anew, or an update without a restart.',
    hint: 'Compare `uname -r` with `modinfo -F vermagic FILE`; use kernel, modules and initramfs of one package (or of one build: `make modules_install`), and build modules of your own for it (dkms).',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
  {
    id: 'kernel-without-modules',
    layer: 'guest',
    severity: 'warning',
    line: [/could not open \/proc\/modules: No such file or directory/],
    what: 'The kernel that runs there is built without loadable modules (CONFIG_MODULES), or /proc is not mounted.',
    why: 'Kernels that are built for direct boot have all drivers built in; lsmod and modprobe have nothing to do then. It is no fault.',
    hint: 'See `zcat /proc/config.gz | grep CONFIG_MODULES` and `ls /proc`. Where a module is needed, build it in, or boot the kernel of the image through firmware.',
    reference: doc('README.md#custom-kernel-and-disk-image'),
    confidence: 'likely',
  },
  {
    id: 'module-key-untrusted',
    line: [
      /could not insert (?:module )?['"]?(?<module>[\w./-]{1,120}?)(?:\.ko)?['"]?: (?:Key was rejected by service|Required key not available)/,
      /\bLoading of (?:unsigned )?module (?:with unavailable key )?is rejected/,
    ],
    what: 'The kernel refuses the module {module|}: it is not signed by a key that this machine trusts (Secure Boot).',
    why: 'Modules of the distribution are signed; those that were built here (dkms: VirtualBox, NVIDIA, ZFS, own ones) are signed by a key of this machine, which the firmware must be told once (MOK), or not at all.',
    hint: '`mokutil --sb-state`. Enrol the key and confirm it at the blue screen of the next start: `sudo mokutil --import /var/lib/shim-signed/mok/MOK.der` (Ubuntu) or `/var/lib/dkms/mok.pub` (Debian, Fedora: `/etc/pki/akmods/certs/public_key.der`), then build the module anew (`sudo dkms autoinstall`); or use the module of the distribution.',
    reference: 'https://docs.kernel.org/admin-guide/module-signing.html',
    confidence: 'likely',
  },
]
