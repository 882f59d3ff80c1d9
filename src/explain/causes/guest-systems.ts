/** First boots of particular systems: Ignition and Afterburn, Talos, Alpine, Ubuntu Core, BSD. */
import type { Cause } from '../cause.ts'

const ignition = 'https://coreos.github.io/ignition/'
const afterburn = 'https://coreos.github.io/afterburn/platforms/'
const talos = 'https://www.talos.dev/latest/talos-guides/install/'
const bsd = 'https://docs.freebsd.org/en/books/handbook/boot/'

export const guestSystems: readonly Cause[] = [
  {
    id: 'ignition-config-refused',
    line: [
      /(?:CRITICAL|ERROR|CRIT)\S{0,4} ?: .{0,20}error at \$\.?(?<words>.{0,160})/,
      /^(?:.{0,40}: )?(?:error at \$\.)(?<words>.{1,160})/,
      /Ignition has failed\. Please ensure your config is valid/,
      /^(?:failed to parse config|parsing config|couldn't parse config): (?<words>.{1,120})/,
      /(?<words>(?:unsupported|invalid|incompatible) config version.{0,80})/,
    ],
    needs: ({ says }) => says(/ignition|coreos|flatcar|butane|initramfs/i),
    what: 'Ignition (Fedora CoreOS, Flatcar) got a configuration and refused it ({words|see the lines above}), so the first boot stops.',
    why: 'It takes JSON of one version of its specification: CoreOS 3.0.0 and later, older Flatcar 2.x. YAML (Butane) or a cloud-config is no Ignition config, and a key of another version, a missing field or a wrong value stops it.',
    hint: 'Turn Butane into Ignition with `butane --strict FILE.bu > FILE.ign`, and check it with `ignition-validate FILE.ign`. The shell of the initramfs has the reason in `journalctl -t ignition`. It runs at the first boot only: start again from a fresh image.',
    reference: ignition,
    confidence: 'likely',
  },
  {
    id: 'ignition-fetch-waits',
    line: [
      /^(?:INFO *: )?GET (?<url>https?:\/\/\S{1,200}): attempt #(?:[3-9]|\d\d+)/,
      /^(?:INFO *: )?GET error: Get /,
      /^(?:INFO *: )?GET result: (?<words>(?!OK).{1,60})/,
    ],
    what: 'Ignition asks a server for its configuration and gets no answer {url|}{words|}; it tries again without an end.',
    why: 'The address is the one of ignition.config.url=, of an included config, or the metadata service of the cloud that the image is made for (169.254.169.254 for OpenStack and EC2), which does not exist here. The guest may have no address yet: the network of the initramfs is on only with ip=dhcp and rd.neednet=1.',
    hint: 'Use the image and ignition.platform.id= of the right platform (metal, or one that reads a disk), see that DHCP answers on the bridge of the VM (`ip=dhcp rd.neednet=1` on the command line of the kernel), and fetch the same URL from that network.',
    reference: 'https://coreos.github.io/ignition/supported-platforms/',
    confidence: 'likely',
  },
  {
    id: 'ignition-stage-failed',
    line: [
      /Failed to start (?:ignition-\w{1,20}\.service - )?Ignition \((?<stage>disks|files|mount|kargs|fetch-offline|setup)[^)]{0,30}\)/,
    ],
    what: 'Ignition got its configuration and failed to carry out the stage {stage|that the line names}.',
    why: 'disks: a disk or partition that it names is not there, or holds something and wipe_table or wipe_filesystem is not set; mount: a file system of another kind; files: a file or unit that it was to download is not reachable or has another hash; kargs, setup: see its log.',
    hint: 'In the shell of the initramfs: `journalctl -t ignition -b` has the reason in its last lines, `lsblk` the disks. Correct the config (disks by /dev/vda or /dev/disk/by-id here) and start again from a fresh image.',
    reference: ignition,
    confidence: 'likely',
  },
  {
    id: 'afterburn-failed',
    severity: 'warning',
    line: [
      /failed to run: (?<words>(?:unknown provider|failed to fetch|fetching metadata|writing ssh keys).{0,160})/,
      /(?:Failed to start|loaded failed failed) .{0,60}Afterburn(?: \(|\b).{0,60}/,
      /^(?:\d: )?(?<words>fetching metadata from platform|maximum number of retries \(\d{1,3}\) reached|unknown provider '[\w-]{1,30}')$/,
      /^Fetching https?:\/\/169\.254\.169\.254\S{0,200}: Attempt #(?:[3-9]|\d\d)/,
    ],
    what: 'Afterburn (Fedora CoreOS, Flatcar) got no metadata of its platform: {words|see its log}. The system runs; keys, name and network from there are missing.',
    why: 'It asks the service of the cloud that the image was made for (ignition.platform.id=, flatcar.oem.id=), and here that service does not answer, or the platform is one that it does not know.',
    hint: 'Use an image of the platform metal (or qemu, openstack with a config drive), or put keys and name into the Ignition config; `systemctl mask afterburn-sshkeys@core.service` where it is not needed.',
    reference: afterburn,
    confidence: 'likely',
  },
  {
    id: 'talos-waits-for-config',
    severity: 'note',
    line: [
      /\[talos\].{0,40}(?:entering maintenance service|no config: waiting|this machine is reachable at:|upload configuration using talosctl)/,
      /talosctl apply-config --insecure --nodes/,
    ],
    what: 'Talos runs in maintenance mode: it has no machine configuration yet and waits until someone sends it.',
    why: 'No config was found on its platform (talos.config= on the command line of the kernel, a disk with the label metal-iso or cidata). This is the state of a first boot from the ISO or metal image; there is no ssh and no login.',
    hint: '`talosctl gen config NAME https://ADDRESS:6443`, then `talosctl apply-config --insecure --nodes ADDRESS --file controlplane.yaml`, with install.disk: /dev/vda for a virtio disk; or give talos.config=URL (platform metal) or a NoCloud seed (platform nocloud).',
    reference: talos,
    confidence: 'likely',
  },
  {
    id: 'talos-config-failed',
    line: [
      /\[talos\].{0,200}(?<words>(?:failed to (?:fetch|load|parse|download|validate)|error (?:loading|acquiring|parsing)|invalid|unknown keys).{0,40}(?:machine )?config.{0,120})/,
      /\[talos\] (?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?task \w{1,40} \(\d{1,3}\/\d{1,3}\): failed: (?<words>.{1,200})/,
      /\[talos\] (?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?phase \w{1,40} \(\d{1,3}\/\d{1,3}\): failed/,
      /\[talos\] \w{1,20} sequence: failed/,
    ],
    what: 'Talos stopped a step of its boot ({words|see the lines above}) and starts the machine again after a while.',
    why: 'For the config: talos.config= points to a server that the node does not reach (no DHCP, no route, a name that is not known), or the file is for another version or has a key that is not known. For other steps: the disk of install.disk is not there (/dev/sda where it is /dev/vda), a partition is missing or full, or the registry is not reached.',
    hint: '`talosctl validate --config FILE --mode metal` checks the file; `talosctl get disks --insecure --nodes ADDRESS` lists the disks; read the first line with "failed" of that boot on the console.',
    reference: talos,
    confidence: 'likely',
  },
  {
    id: 'alpine-boot-media',
    line: [/Mounting boot media: ?(?:\*.{0,40})?failed/, /^\W{0,4}Mounting boot media failed/],
    what: 'The initramfs of Alpine found no boot medium (ISO or disk with its packages) to go on from.',
    why: 'It looks on all disks for a file system with .boot_repository or apks. The ISO was not given as a disk, or the driver is not loaded: modules= on its command line must name what the disk needs (virtio_blk comes with the flavour virt), and the file system (isofs, vfat, squashfs, loop).',
    hint: 'Give the ISO as a disk (`--disk path=alpine-virt.iso,readonly=on`), add `modules=loop,squashfs,virtio_blk,isofs`, or alpine_dev=vda; for an installed system root= and rootfstype= instead. In the shell `cat /proc/partitions` and `exit` try again.',
    check: 'disk-image',
    reference: 'https://wiki.alpinelinux.org/wiki/Initramfs_init',
    confidence: 'likely',
  },
  {
    id: 'ubuntu-core-seed-missing',
    line: [
      /(?:cannot (?:find|mount)|no) .{0,60}(?:label|device|filesystem) .{0,20}"?(?<label>ubuntu-(?:seed|boot|data|save))\b/,
    ],
    what: 'Ubuntu Core does not find its partition {label|ubuntu-seed} at the start.',
    why: 'It looks for it on the disk from which the firmware booted, by label and by the variable LoaderDevicePartUUID: the image was cut off or repartitioned, is not the first disk, or the firmware does not set that variable (hypervisor-fw does not).',
    hint: 'Use the unchanged image (unpacked from .xz, as raw, as the first disk) with CLOUDHV.fd; `fdisk -l FILE` must list ubuntu-seed, ubuntu-boot, ubuntu-data.',
    check: 'disk-image',
    reference: 'https://ubuntu.com/core/docs/uc20/inside',
    confidence: 'likely',
  },
  {
    id: 'bsd-loader-no-kernel',
    line: [
      /^can't load 'kernel'/,
      /^ERROR: cannot open '?\/?boot\/lua\/loader\.lua/,
      /open (?<place>[hs]d\d\w:\/\S{1,40}): (?:No such file or directory|Device not configured|Invalid argument)/,
      /^boot> ?$/,
    ],
    needs: ({ says }) => says(/FreeBSD|OpenBSD|NetBSD|loader|\/bsd|kernel'/i),
    what: 'The loader of a BSD runs and does not find the kernel {place|} on the disk that it looks at.',
    why: 'It looks on another disk or partition than the one with the system (the number of the disk changed), the system is not installed there or lies on ZFS or a file system that this loader does not read, or the image is cut off.',
    hint: 'FreeBSD: `lsdev`, then `set currdev=disk0p2:` (ZFS: `set currdev=zfs:zroot/ROOT/default:`), `boot`. OpenBSD: `machine diskinfo`, `ls hd0a:/`, `boot hd1a:/bsd`. Lasting: the right loader.efi or BOOTX64.EFI of that release on the EFI partition.',
    check: 'disk-image',
    reference: bsd,
    confidence: 'likely',
  },
  {
    id: 'bsd-loader-zfs-newer',
    line: [/^ZFS: (?:unsupported feature: (?<feature>\S{1,80})|pool \S{1,60} is not supported)/],
    what: 'The loader of FreeBSD does not know a feature of the ZFS pool that it starts from {feature|}.',
    why: 'The pool was upgraded (`zpool upgrade`), or made by a newer release, and the boot code on the disk is still the old one.',
    hint: 'From an install medium of the newer release copy its /boot/loader.efi to EFI/BOOT/BOOTX64.EFI (and EFI/freebsd/loader.efi) of the EFI partition; for a BIOS `gpart bootcode -b /boot/pmbr -p /boot/gptzfsboot -i 1 DISK`.',
    reference: bsd,
    confidence: 'likely',
  },
  {
    id: 'bsd-init-died',
    line: [/^panic: (?:init died|no init|going nowhere without my init)(?<words>.{0,60})/],
    what: 'The kernel of a BSD guest started and its first program (init) ended or was not found{words|}, so it stopped.',
    why: 'The root file system is not the right one or not complete (a copy without /sbin/init or /rescue), or damaged. Kernel and system may also be of different releases or architectures.',
    hint: 'Boot with -s (single user) from its loader and look at the root; `fsck -y`; mount the image elsewhere and see /sbin/init, and whether kernel and base are of one release.',
    check: 'disk-image',
    reference: bsd,
    confidence: 'likely',
  },
]
