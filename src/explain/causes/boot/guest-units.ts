/** What systemd (or another init) of a guest says of units that the boot, the login or the shutdown waits for. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'
import { failedToStart } from './failed-to-start.ts'

const debugging = 'https://systemd.io/DEBUGGING/'
const fstab = 'https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html'

const isAboutInitrd = ({ says }: Evidence): boolean =>
  says(
    /dracut|initqueue|rdsosreport|\(initramfs\)|Failed to mount .{0,20}\/?sysroot|Dependency failed for .{0,20}(?:\/sysroot|Initrd)/,
  )

export const guestUnits: readonly Cause[] = [
  {
    id: 'guest-fstab-device-missing',
    line: [
      /Timed out waiting for device (?!\S*dev[-/](?:tty|hvc|tpm|root\b)|sys-subsystem-net|.{0,60}(?:cryptsetup|luks))(?<device>\S{1,160}?)(?:\.device)?(?: - \S.{0,80})?\.$/,
    ],
    needs: ({ says }) =>
      says(/Dependency failed for (?!.{0,40}(?:\/sysroot|Initrd|Serial Getty|\/dev\/(?:tty|hvc)))/) &&
      !says(/Dependency failed for .{0,20}(?:\/sysroot|Initrd Root|Initrd File)|dracut-initqueue/),
    what: 'A file system in /etc/fstab of the guest is on a disk {device|} that does not appear, and the boot stopped over it after 90 seconds.',
    why: 'The root was mounted; what is missing is a further one (/boot, /boot/efi, /data, swap). Its UUID, label or path is of no disk of this VM: the disk was not given, was formatted or cloned anew, or has another name here (vdb instead of sdb).',
    hint: 'Compare `blkid` or `lsblk -f` with /etc/fstab and correct the UUID, or add `nofail,x-systemd.device-timeout=10s` to what need not be there. Without a login: mount the image on the host and edit its etc/fstab, or start with `systemd.mask=NAME.mount` on the command line of the kernel.',
    check: 'disk-image',
    reference: fstab,
    confidence: 'likely',
  },
  {
    id: 'guest-emergency-mode',
    line: [
      /^You are in (?:emergency|rescue) mode\. After logging in/,
      /Reached target (?:[\w-]{1,20}\.target - )?(?:Emergency|Rescue) Mode/,
      /^Running request emergency\.target\/start/,
      /Started (?:emergency\.service - )?Emergency Shell/,
      /^(?:Give root password|Press Enter) for maintenance/,
    ],
    needs: (evidence) => !isAboutInitrd(evidence),
    what: 'systemd of the guest is in emergency mode: something that the boot needs failed.',
    why: 'Mostly it is an entry of /etc/fstab (a disk that is not there, a wrong UUID or type), next a file system that fsck does not repair by itself. Lines with [FAILED], [DEPEND] or [ TIME ] above name it.',
    hint: 'Log in as root on that console: `systemctl --failed` and `journalctl -xb -p err` name the unit; `mount -o remount,rw /` makes the root writable to correct /etc/fstab (`nofail` for what need not be there), then `systemctl reboot`. Without a login mend the image from the host.',
    check: 'disk-image',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-root-account-locked',
    line: [/Cannot open access to console, the root account is locked/, /sulogin: root account is locked/],
    what: 'The guest is in emergency mode, and nobody can log in there: root has no password in cloud images.',
    why: 'The reason of the emergency mode stands above it: mostly a mount of /etc/fstab that failed ([ TIME ], [FAILED], [DEPEND]), or a damaged file system. Enter only tries to go on and comes back.',
    hint: 'Mend it from outside: stop the VM, mount the root partition of the image on the host (`losetup -P`, `guestmount -i`, or attach it to another VM) and correct etc/fstab. Or start the kernel with `systemd.setenv=SYSTEMD_SULOGIN_FORCE=1` (a shell without a password), or `init=/bin/bash`, and afterwards give root a password (`virt-customize --root-password`).',
    check: 'disk-image',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-fsck-failed',
    line: [
      failedToStart('File System Check on (?<device>.{1,160}?)'),
      /^(?:systemd-fsck: )?fsck failed with (?:exit status|error code) (?<status>\d{1,3})/,
      /^fsck exited with status code (?<status>[4-9]|\d\d)\b/,
      /The root filesystem on (?<device>\S{1,80}) requires a manual fsck/,
    ],
    needs: ({ says }) => !says(/Ignoring error\.?$/),
    what: 'The check of a file system of the guest ({device|see the line}) ended with an error that it does not mend by itself, and the boot stopped.',
    why: 'fsck -a repairs only what is safe. It stops where files may be lost: after a VM that was killed while it wrote, an image that two VMs used, one that was cut off, or bad storage of the host. Status 4 is errors that are left, 8 that fsck itself could not work (no such device, a missing tool).',
    hint: 'Copy the image first. Then in the shell of the guest `fsck -y DEVICE` (XFS: `xfs_repair`; Btrfs: `btrfs check`) while it is not mounted, and `exit` or `reboot`; or on the host through `losetup -P`. `fsck.mode=skip` on the command line of the kernel goes without the check once.',
    check: 'disk-image',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd-fsck@.service.html',
    confidence: 'likely',
  },
  {
    id: 'guest-tty-awaited',
    severity: 'warning',
    line: [
      /Timed out waiting for device (?:\/dev\/|dev-)(?<tty>(?:tty|hvc)\w{1,8})/,
      /A start job is running for (?:\/dev\/|dev-)(?<tty>(?:tty|hvc)\w{1,8})/,
      /Dependency failed for (?:serial-getty@(?<tty>\w{1,10})\.service|Serial Getty on)/,
    ],
    what: 'systemd waits for the console device {tty|} to start a login on it, and the guest does not show such a device.',
    why: 'console= on the command line of the kernel names it. It is missing where the VM has no such console (--serial off, --console off), the kernel lacks its driver (CONFIG_SERIAL_8250, CONFIG_VIRTIO_CONSOLE) or CONFIG_FHANDLE, or udev does not run in the guest. The rest of the boot goes on after 90 seconds.',
    hint: 'Use the console that the VM has: `console=ttyS0` (arm64: ttyAMA0) with `--serial tty`, `console=hvc0` with `--console tty`. Is the device there (`ls -l /dev/ttyS0`), look at `systemctl status systemd-udevd` in the guest.',
    reference: doc('logging.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-getty-respawns',
    severity: 'warning',
    line: [
      /(?:serial-)?getty@(?<tty>\w{1,10})\.service: (?:Scheduled restart job|Service has no hold-off|Start request repeated too quickly)/,
      /^(?:\w{0,3}getty: )?(?:could not get terminal name|failed to get terminal attributes): /,
      /\bINIT: Id "\w{1,8}" respawning too fast/,
      /^(?:init: |\w{0,3}getty: )?can't open '?\/dev\/(?<tty>(?:tty|hvc)\w{1,8})'?: No such/,
    ],
    what: 'The login on the console {tty|of the guest} ends again and again: that console is not there or nobody is at its other end.',
    why: 'A getty is configured for it (console= of the kernel, /etc/inittab, serial-getty@…), and the VM has no such device, or it gives an end of file (a serial port to a file or /dev/null). tty1 to tty6 need a screen, which Cloud Hypervisor does not have. The system runs all the same.',
    hint: 'Leave only consoles that the VM has: `systemctl disable --now serial-getty@ttyS0.service` (or mask it), in /etc/inittab a line such as `ttyS0::respawn:/sbin/getty -L ttyS0 115200 vt100` in place of tty1; with `--serial tty` or pty and `console=ttyS0` it can be used.',
    reference: doc('logging.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-stop-job',
    severity: 'warning',
    line: [
      /A stop job is running for (?<unit>.{1,120}?) \(/,
      /^(?:systemd-shutdown(?:\[\d+\])?: )?Waiting for process: (?<unit>\d{1,9} .{1,80}|.{1,80})$/,
    ],
    what: 'The guest shuts down and waits for {unit|a unit} to end.',
    why: 'systemd gives a unit its TimeoutStopSec (90 seconds, often 2 minutes for a user session) and then kills it. Usual are a session or program that ignores SIGTERM, a mount of a share or disk that no longer answers, containers, and databases that write.',
    hint: 'Wait for the time in brackets. Then `journalctl -b -1 -u UNIT` in the guest tells what it did; a shorter `DefaultTimeoutStopSec=15s` in /etc/systemd/system.conf, or `TimeoutStopSec=` of that unit. Unmount shares before virtiofsd ends.',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-unit-cycle',
    severity: 'warning',
    line: [
      /Job (?<unit>[\w@.\\-]{1,100}\/start) deleted to break ordering cycle/,
      /Found ordering cycle on (?<unit>[\w@.\\-]{1,100})/,
    ],
    what: 'Units of systemd wait for each other in a circle; it leaves one of them out ({unit|see the lines}), which then does not run at this boot.',
    why: 'After= and Before= (also what a mount with _netdev, or a unit of your own in cloud-init, brings) form a loop. Which unit is dropped may differ from boot to boot, so the network, cloud-init or a mount is missing at times.',
    hint: 'The lines "Found dependency on" list the circle: drop the wrong After= or WantedBy= of your unit (for one after cloud-init: WantedBy=cloud-init.target), or add `DefaultDependencies=no`; `systemd-analyze verify default.target` finds it.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html',
    confidence: 'likely',
  },
  {
    id: 'guest-system-degraded',
    severity: 'note',
    line: [
      /^(?:State: )?degraded$/,
      /^\W{0,3}(?<unit>[\w@.\\-]{1,100}\.(?:service|mount|socket|timer|swap|target)) +loaded +failed +failed\b/,
    ],
    needs: ({ text, says }) => !/^degraded$/i.test(text) || says(/is-system-running|systemctl/),
    what: 'The system booted, and a unit of it failed ({unit|`systemctl --failed` lists it}): "degraded" says no more.',
    why: 'All other units run. What the failed one does (a mount, cloud-init, the wait for the network) is missing.',
    hint: '`systemctl --failed`, then `systemctl status UNIT` and `journalctl -b -u UNIT` for its words; after it is mended `systemctl reset-failed`.',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-unmount-failed',
    severity: 'warning',
    line: [
      /\[FAILED\] Failed (?:unmounting|deactivating swap) (?:[\w@.\\-]{1,120}\.(?:mount|swap) - )?(?<where>\S{1,120}?)\.?$/,
    ],
    what: 'The guest could not unmount {where|a file system} while it shut down: something still used it.',
    why: 'A process with an open file there, a directory that is the current one, another mount below it, or the programs of the shutdown themselves (/nix/store, /usr, /var/log of the journal). For one that is only read it is harmless; a share whose virtiofsd has ended makes the shutdown hang until it times out.',
    hint: 'See whether the shutdown goes on. If it stops there, end virtiofsd only after the guest, give the unit on the host more time (TimeoutStopSec=), and look in the guest with `fuser -vm PLACE` before the next shutdown.',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-shutdown-leftovers',
    severity: 'note',
    line: [
      /watchdog\d?: watchdog did not stop!/,
      /Failed to finalize (?:file systems|DM devices|loop devices|swaps|MD devices|remaining).{0,60}ignoring/,
      /Could not (?:detach|unmount) (?:loopback|DM|dm|\/)\S{0,80}.{0,60}Device or resource busy/,
      /(?:Unmounting|Failed to unmount) '?\/(?:oldroot|run\/shutdown|dev\/loop)\S{0,60}.{0,40}(?:busy|ignoring)/,
    ],
    needs: ({ says }) => says(/systemd-shutdown|shutdown|watchdog\d?: |reboot|[Ff]inali[sz]e|oldroot/),
    what: 'A remark at a shutdown of the guest: something was still in use or armed; harmless by itself.',
    why: 'The root (or a loop device on it) cannot be detached while it holds systemd itself: it is read-only by then. The watchdog is left running on purpose, to reset a machine that hangs while it goes down.',
    hint: 'Nothing need be done. If the guest does not go on from here, see whether "reboot: Power down" or "Restarting system" follows, and whether its kernel has ACPI.',
    reference: debugging,
    confidence: 'likely',
  },
  {
    id: 'guest-start-job',
    severity: 'warning',
    line: [
      /A start job is running for (?!\/dev\/|dev-|.{0,12}Wait for Network|Wait for udev|udev Wait)(?<unit>.{1,120}?) \([\d\w ]{1,16}\/ (?:no limit|[\d\w ]{1,16})\)/,
    ],
    what: 'The boot of the guest waits for {unit|a unit} to start.',
    why: 'The time in brackets tells how long already and its limit; "no limit" means that it may wait for ever. The unit itself waits for something: the network, a disk, random numbers, an answer of another service, or a script of your own.',
    hint: 'Let it end, then `systemd-analyze blame` and `journalctl -b -u UNIT`. Without an end start with `systemd.mask=UNIT` on the command line of the kernel, or with `systemd.debug_shell=ttyS0` for a shell beside it.',
    reference: debugging,
    confidence: 'likely',
  },
]
