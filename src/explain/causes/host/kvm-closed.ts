/** /dev/kvm is there and closed, where the text shows why: a new group, WSL, a CI, a rule of udev, a unit that waits for it. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const hostOs = doc('README.md#host-os')

const denied: readonly RegExp[] = [
  /\/dev\/kvm['"’»]?:? .{0,40}(?:Permission denied|os error 13)/i,
  /Could not access KVM kernel module: Permission denied/,
  /failed to initialize kvm: Permission denied/i,
  /doesn't have permissions to use KVM/,
  /Checking if device \/dev\/kvm is accessible\s{1,90}: FAIL/,
  /\/dev\/kvm device: permission denied/i,
]
const patterns: Cause['patterns'] = [
  ['Failed to open hypervisor interface', 'Failed to create Vm', 13],
  ['CreateHypervisor(VmCreate(', 13],
  [/\b(?:VmCreate|HypervisorCreate|KvmNew|KvmOpen|VmFd)\([^(){}]{0,80}(?:\(os error 13\)|Error\(13)/],
]

type Words = Pick<Cause, 'id' | 'what' | 'why' | 'hint' | 'reference'>

const deniedBy = (how: (evidence: Evidence) => boolean, words: Words): Cause => ({
  ...words,
  patterns,
  line: denied,
  needs: how,
  check: 'kvm',
  confirmedBy: ['kvm/no-access'],
  confidence: 'likely',
})

export const kvmClosed: readonly Cause[] = [
  deniedBy(({ says }) => says(/^crw-------\.? {1,4}\d+ root {1,8}root {1,8}10, {1,4}232 /), {
    id: 'kvm-for-root-only',
    what: '/dev/kvm is open to root only (crw------- root root): no rule of udev gave it to the group kvm.',
    why: 'So it is in WSL 2 and in small systems without udev (or without its rules for KVM): membership of the group kvm does not help then.',
    hint: '`sudo chown root:kvm /dev/kvm && sudo chmod 660 /dev/kvm` (group missing: `sudo groupadd -r kvm`), and join it: `sudo usermod -aG kvm $USER`, then log in again. It lasts until the restart: in WSL put that line behind `command =` below [boot] into /etc/wsl.conf; else a rule of udev: KERNEL=="kvm", GROUP="kvm", MODE="0660".',
    reference: 'https://learn.microsoft.com/windows/wsl/wsl-config#boot-settings',
  }),
  deniedBy(({ says }) => says(/^crw-rw----\.?\+? {1,4}\d+ root {1,8}root {1,8}10, {1,4}232 /), {
    id: 'kvm-group-is-root',
    what: '/dev/kvm belongs to root:root, so that membership of the group kvm gives no access.',
    why: 'The rule of udev that gives it to the group kvm was not applied: the group was made after the boot, or no package brought the rule.',
    hint: '`sudo groupadd -f -r kvm`, `sudo udevadm control --reload && sudo udevadm trigger --name-match=kvm`, then `ls -l /dev/kvm`; without a rule: KERNEL=="kvm", GROUP="kvm", MODE="0660" in /etc/udev/rules.d/65-kvm.rules.',
    reference: hostOs,
  }),
  deniedBy(
    ({ says }) =>
      says(/##\[(?:group|error|debug)\]|\/home\/runner\/|\brunner@|ubuntu-(?:latest|2[024]\.04)\b|runs-on:/),
    {
      id: 'kvm-closed-in-actions',
      what: 'The runner of GitHub Actions has /dev/kvm, and the user of the job may not open it.',
      why: 'The ordinary Linux runners offer KVM, and their device is for the group kvm only; a new group does not count in a job that runs already.',
      hint: 'Add a step before: `echo \'KERNEL=="kvm", GROUP="kvm", MODE="0666", OPTIONS+="static_node=kvm"\' | sudo tee /etc/udev/rules.d/99-kvm4all.rules`, `sudo udevadm control --reload-rules`, `sudo udevadm trigger --name-match=kvm`; in a container job also `options: --device /dev/kvm`.',
      reference:
        'https://github.blog/changelog/2024-04-02-github-actions-hardware-accelerated-android-virtualization-now-available/',
    },
  ),
  deniedBy(
    ({ says }) =>
      says(/\b(?:usermod|adduser|gpasswd|useradd)\b.{0,60}\bkvm\b/) ||
      (says(/^kvm:x:\d+:[\w,-]{1,200}$|\[kvm:x:\d+:[\w,-]{1,200}\]/) &&
        !says(/(?:groups|Gruppen|groupes)=.{0,300}\(kvm\)/)),
    {
      id: 'kvm-group-not-yet',
      what: 'The user was not permitted to open /dev/kvm: the group kvm was given to the user, and the session does not have it yet.',
      why: 'Groups count from the next login on. A terminal in the same desktop session, tmux, an editor that goes on, ssh with a shared connection and units of `systemctl --user` keep the old ones.',
      hint: '`id -nG` must name kvm: log out of the whole session and in again (a restart does it surely), or `newgrp kvm` for this shell alone; `sg kvm -c "COMMAND"` runs one command.',
      reference: 'https://man7.org/linux/man-pages/man1/newgrp.1.html',
    },
  ),
  deniedBy(({ text }) => /is accessible\s{1,90}: FAIL|have permissions to use KVM/.test(text), {
    id: 'kvm-closed-to-user',
    what: '/dev/kvm is there, and this user may not open it.',
    why: 'It belongs to the group kvm, and the user is not in it, or has not logged in again since joining.',
    hint: '`sudo usermod -aG kvm $USER`, then log out and in again (`id -nG` must name kvm); `ls -l /dev/kvm` must show root kvm, else `sudo udevadm trigger --name-match=kvm`. Do not chmod 666.',
    reference: hostOs,
  }),
  {
    id: 'android-emulator-needs-kvm',
    line: [
      /\bemulation currently requires hardware acceleration/,
      /CPU acceleration status: (?<words>.{1,120})/,
      /KVM is required to run this AVD/,
    ],
    needs: ({ text }) => !/is (?:installed and )?usable/.test(text),
    what: 'The Android emulator (a QEMU) does not start without KVM, and it cannot use it here.',
    why: '/dev/kvm is missing (off in the BIOS, a VM without nested virtualisation) or closed to the user; the line "CPU acceleration status" names which.',
    hint: '`ls -l /dev/kvm`, `kvm-ok`; closed: `sudo usermod -aG kvm $USER` and log in again; missing: VT-x or SVM in the BIOS, `sudo modprobe kvm_intel` (or kvm_amd). `emulator -accel-check` tells what it finds.',
    check: 'kvm',
    reference: 'https://developer.android.com/studio/run/emulator-acceleration',
    confidence: 'likely',
  },
  {
    id: 'unit-waits-for-kvm',
    line: [
      /Timed out waiting for device (?:dev-kvm\.device|\/dev\/kvm)/,
      /\bdev-kvm\.device: Job dev-kvm\.device\/start (?:timed out|failed)/,
    ],
    what: 'A unit waits for /dev/kvm (dev-kvm.device), and systemd did not see that device within 90 seconds.',
    why: 'The device is not there (KVM is off, or its module was not loaded), or it is there and has no unit: systemd knows only devices that a rule of udev tags with "systemd".',
    hint: '`ls -l /dev/kvm`: missing: `sudo modprobe kvm_intel` (or kvm_amd) and `sudo dmesg | grep -i kvm`. There: a rule KERNEL=="kvm", TAG+="systemd" in /etc/udev/rules.d, or write ConditionPathExists=/dev/kvm and After=systemd-modules-load.service instead of dev-kvm.device into the unit.',
    check: 'kvm',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.device.html',
    confidence: 'likely',
  },
]
