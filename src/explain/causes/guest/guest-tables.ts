/** What tables and listings of a guest show without a word of error: sizes, clocks, names, machines that run on. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#disk-image')

export const guestTables: readonly Cause[] = [
  {
    id: 'guest-root-not-grown',
    line: [/^vda +\d+:\d+ +\d +(?<size>[2-9]\d(?:[.,]\d)?G|\d{3,4}(?:[.,]\d)?G|[\d.,]{1,5}T) +0 +disk\b/],
    needs: ({ says }) =>
      says(
        /[├└|`]─?-?(?:vda\d+|[\w.+-]{1,40}) .{0,20} \d(?:[.,]\d{1,2})?G +0 +(?:part|lvm) .{0,30}\/(?:$|\s)/,
      ) && !says(/[├└|`]─?-?vda\d+ .{0,20} (?:\d{2,4}(?:[.,]\d)?G|[\d.,]{1,5}T) +0 +part\b/),
    what: 'The disk of the guest has {size|its new size}, and its root partition is still small: the partition and file system were not grown.',
    why: 'A larger image only makes the disk larger. At a boot growpart and resizefs of cloud-init grow the rest, where cloud-init runs, growpart (cloud-guest-utils, cloud-utils-growpart) is installed, and no other partition stands behind the root.',
    hint: '`sudo growpart /dev/vda 1` (the number of the root partition), then `sudo resize2fs /dev/vda1` for ext4, `sudo xfs_growfs /` for XFS, `sudo btrfs filesystem resize max /` for Btrfs; for LVM after growpart `sudo pvresize /dev/vda3` and `sudo lvextend -r -l +100%FREE /dev/VG/LV`. All work while it is mounted.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-volume-full',
    line: [
      /^\/dev\/mapper\/(?<volume>[\w.+]{1,40}(?:--[\w.+]{1,40}){0,3}-[\w.+-]{1,40}) +[\d.,]+[MGT]?\S* +\S+ +\S+ +(?:9[4-9]|100)% +\/$/,
    ],
    what: 'The root of the guest, a logical volume (LVM {volume|}), is full.',
    why: 'The installer of Ubuntu gives the volume only a part of the disk (100G at most at first), and a larger disk does not reach it by itself: the partition, the physical volume, the logical volume and the file system each must be grown.',
    hint: '`sudo vgs` (VFree) shows whether room is left: then `sudo lvextend -r -l +100%FREE /dev/mapper/VOLUME`. After the disk was enlarged, first `sudo growpart /dev/vda 3` and `sudo pvresize /dev/vda3`.',
    reference: 'https://man7.org/linux/man-pages/man8/lvextend.8.html',
    confidence: 'likely',
  },
  {
    id: 'growpart-write-failed',
    line: [
      /attempt to resize (?<device>\S{1,80}) failed\. (?:sfdisk|sgdisk) output below/,
      /cc_growpart\.py\[(?:WARNING|ERROR)\]: .{0,40}[Ff]ail(?:ed|ure)(?: growing)? ?(?<device>\/dev\/\S{1,40}?)?[,:]/,
      /Running module growpart .{1,200}failed|\('growpart', /,
    ],
    what: 'growpart could not write the larger partition table of {device|the disk}, so the root keeps its old size.',
    why: 'Its own words follow (sfdisk or sgdisk, from gdisk). Usual: the disk is read-only or refuses writes to its first sectors (Cloud Hypervisor from 50.1 on, for a disk without image_type=), sfdisk is too old or missing in the image, the partition table is damaged, or the image was not enlarged.',
    hint: 'Read the lines below it and try it in the guest: `sudo growpart -v /dev/vda 1`, `sudo sgdisk -e /dev/vda`; give a raw disk `image_type=raw`. Then `sudo resize2fs /dev/vda1` (XFS: `sudo xfs_growfs /`).',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-interface-renamed',
    line: [
      /^Cannot find device "?(?<name>eth\d|en[spo]\w{1,12})"?/,
      /^(?<name>eth\d|en[spo]\w{1,12}): (?:error fetching interface information|ERROR while getting interface flags): (?:Device not found|No such device)/,
      /^(?:ifup|ifdown|ifquery): failed to bring up (?<name>eth\d|en[spo]\w{1,12})/,
    ],
    needs: ({ says }) =>
      says(
        /\bif(?:up|down|config|query)\b|networking\.service|network\/interfaces|Raise network interfaces|^\[FAILED\]/,
      ),
    what: 'The network of the guest is configured for the card {name|}, and its card has another name.',
    why: 'The name follows from the place of the device on the bus (ens3, enp0s4), or is eth0 where the kernel is told so (net.ifnames=0). Another VMM, another order of the devices or a new slot gives another name, and /etc/network/interfaces still has the old one.',
    hint: '`ip -br link` shows the name: write it into /etc/network/interfaces (or netplan, or the NetworkManager profile) and `sudo systemctl restart networking`. Lasting: match by the MAC (a .link file of systemd, or netplan match: macaddress) with a fixed `mac=` of --net, or `net.ifnames=0` for eth0.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.net-naming-scheme.html',
    confidence: 'likely',
  },
  {
    id: 'guest-machine-id-shared',
    line: [/\/etc\/machine-id\b/],
    needs: ({ says }) =>
      says(
        /same (?:IP|ip|address|lease|DHCP|mac)|(?:identical|duplicate) (?:IP|ip|address|machine-id)|gleiche (?:IP|Adresse)/,
      ) && says(/\bclon(?:e|ed|es|ing)\b|template|\bcop(?:y|ied)\b|\bvm\d\b|geklont/i),
    what: 'VMs that were made from one image have the same /etc/machine-id, and so get the same address by DHCP.',
    why: 'systemd-networkd (netplan on Ubuntu) makes the identity that it sends to the DHCP server (DUID) from the machine-id and not from the MAC.',
    hint: 'In the clone: `sudo truncate -s 0 /etc/machine-id; sudo rm -f /var/lib/dbus/machine-id; sudo ln -s /etc/machine-id /var/lib/dbus/machine-id`, and restart; do it in the template before it is copied. Or `dhcp-identifier: mac` in netplan. ssh host keys should be made anew, too.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/machine-id.html',
    confidence: 'likely',
  },
  {
    id: 'guest-time-not-synchronized',
    severity: 'warning',
    line: [
      /^\s*(?:NTP service|Network time on|systemd-timesyncd\.service active): (?<state>inactive|n\/a|no)$/,
    ],
    needs: ({ says }) => says(/(?:System clock|NTP) synchronized: no/),
    what: 'The clock of that machine is not kept by a time service (NTP service: {state|inactive}, not synchronized).',
    why: 'A guest takes the time from its RTC once at the start. After a pause, a snapshot or restore, or a suspended host its clock stands behind, and without a service nothing corrects it. "n/a" means that no service is installed.',
    hint: '`sudo timedatectl set-ntp true` (or `sudo apt install chrony`, on Fedora chronyd); at once `sudo chronyc makestep` or `sudo hwclock -s`. In a guest of KVM `refclock PHC /dev/ptp0 poll 2` in chrony.conf (module ptp_kvm) needs no network.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/timedatectl.html',
    confidence: 'likely',
  },
  {
    id: 'guest-chrony-no-source',
    severity: 'warning',
    line: [/^MS Name\/IP address +Stratum Poll Reach/, /^(?:210 )?Number of sources = 0$/],
    needs: ({ says }) => !says(/^[\^#=][*+\-?x~] /),
    what: 'chrony runs and has no source of time: its list is empty.',
    why: 'chrony.conf names no server or pool, or their names could not be resolved when it started (no network or name server in the guest yet).',
    hint: '`grep -rE "^(server|pool|refclock)" /etc/chrony*`, `getent hosts pool.ntp.org`; then `sudo chronyc online` or a restart of chrony. In a guest of KVM add `refclock PHC /dev/ptp0 poll 2` (`sudo modprobe ptp_kvm`).',
    reference: 'https://chrony-project.org/doc/4.5/chronyc.html',
    confidence: 'likely',
  },
  {
    id: 'guest-ignores-power-button',
    line: [
      /^Domain '?(?<name>[\w.-]{1,60}?)'? is being shutdown$/,
      /^# CONFIG_(?:ACPI_BUTTON|INPUT_EVDEV) is not set/,
      /^Unit acpid\.service could not be found/,
    ],
    needs: ({ says, text }) =>
      /^Domain/.test(text)
        ? says(/^\s*\d{1,4} +\S{1,60} +running$/)
        : says(
            /power-button\b|virsh shutdown|(?:not|n't|nothing|ignores?) .{0,40}(?:shut|power|happen)|keeps? running/i,
          ),
    what: 'The guest was asked to shut down by the power button (ACPI), and does not do so.',
    why: 'The request is a button press, which the guest must hear and act on: its kernel needs ACPI and CONFIG_ACPI_BUTTON (with input events), and a program must listen, systemd-logind or acpid. Nothing happens while it is in firmware, GRUB or an installer, without such a program (Alpine, minimal images), with acpi=off, or where Windows shows a locked or sleeping screen.',
    hint: 'In the guest: install and start acpid (`apk add acpid; rc-update add acpid`, `apt install acpid`), or see `HandlePowerKey=poweroff` of logind and `dmesg | grep -i "power button"`; a kernel of your own with CONFIG_ACPI_BUTTON=y. Else shut down from inside, by ssh or the guest agent (`virsh shutdown --mode=agent`); `virsh destroy` or `ch-remote shutdown-vmm` pulls the plug.',
    reference: doc('api.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-selinux-relabel',
    severity: 'note',
    line: [/SELinux \S{1,20} policy relabel is required/, /Relabeling could take a very long time/],
    what: 'The guest writes the SELinux labels of all its files anew; it takes minutes, and then it restarts by itself.',
    why: '/.autorelabel was made (by virt-customize, guestfish, a root password reset), or SELinux was off before.',
    hint: 'Wait, and do not end the VM meanwhile. In an image that is built: `virt-customize --selinux-relabel` does it before the first boot.',
    reference: 'https://man7.org/linux/man-pages/man8/fixfiles.8.html',
    confidence: 'likely',
  },
  {
    id: 'guest-silent-after-efi-stub',
    severity: 'warning',
    line: [
      /^EFI stub: (?:Measured initrd data|Loaded initrd from|UEFI Secure Boot is \w+|Using DTB from|Generating empty DTB)/,
    ],
    needs: ({ says }) =>
      says(/^\s*Booting [`'"‘]|^Loading (?:Linux|initial ramdisk)|GNU GRUB|BdsDxe: starting/) &&
      !says(
        /Linux version|Booting Linux|[Cc]ommand line:|[Vv]irtio|\b(?:rcu|NMI|clocksource|ACPI|PCI|tsc|e820|efi|Memory|Freeing|random|watchdog|EXT4-fs|XFS)\b|Run \/|login:|systemd|EFI stub: (?:ERROR|Exiting)|Kernel panic/,
      ),
    what: 'GRUB loaded the kernel of the guest and started it; what the kernel says does not appear on this console.',
    why: 'Usual is a kernel that writes elsewhere: the command line has no console= for this port (cloud images mostly have ttyS0, desktop and installer images tty0 only). Rarely it hangs at once (a kernel that does not fit, too little memory).',
    hint: 'In the menu of GRUB press e and add `console=ttyS0` (arm64: `console=ttyAMA0`) with `earlyprintk=ttyS0` or `earlycon` to the line linux, with `--serial tty --console off`; to last in GRUB_CMDLINE_LINUX of /etc/default/grub. See by ssh whether it runs.',
    reference: doc('uefi.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-getty-other-console',
    line: [/\bgetty\b.{0,40}\b(?<tty>ttyS0|tty1)\b/],
    needs: ({ says }) =>
      says(/no (?:login )?prompt|never (?:get|see) .{0,20}(?:login|prompt)|kein Login/i) &&
      says(/hvc0|--console (?:tty|pty)/),
    what: 'The login of the guest is offered on {tty|another console}, and the console that is watched is hvc0 (virtio console).',
    why: 'Messages of the kernel go where console= says; a login needs a getty on that same console.',
    hint: 'Start one there: `systemctl enable --now serial-getty@hvc0.service`, in /etc/inittab `hvc0::respawn:/sbin/getty -L hvc0 115200 vt100`; or watch the serial port: `--serial tty --console off` with `console=ttyS0`.',
    reference: readme,
    confidence: 'likely',
  },
]
