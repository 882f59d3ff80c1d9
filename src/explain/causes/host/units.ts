/** What systemd and sudo say before the program runs at all. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const exec = 'https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html'

const aboutVm = ({ says }: Evidence): boolean =>
  says(/cloud-?hypervisor|virtiofsd|microvm|\bchv?\b|virtchd|\bvm[\w@-]{0,20}\.service|\/dev\/kvm/i)

export const units: readonly Cause[] = [
  {
    id: 'unit-user-missing',
    line: [
      /Failed to determine (?:user|group|supplementary group) credentials: (?<words>.{1,60})/,
      /status=(?:217\/USER|216\/GROUP)/,
    ],
    needs: aboutVm,
    what: 'systemd did not start the program: the user or group that the unit names (User=, Group=, SupplementaryGroups=) does not exist on this machine.',
    why: 'It stops before the program runs (status 217/USER or 216/GROUP). A user manager (systemctl --user) may not change the user at all.',
    hint: 'See `systemctl cat UNIT` and `getent passwd NAME`, `getent group kvm`; make the user (`sudo useradd -r -G kvm NAME`) or correct the unit.',
    reference: exec,
    confidence: 'likely',
  },
  {
    id: 'unit-file-invalid',
    line: [
      /(?<file>\/\S{1,160}\.(?:service|socket|conf)):(?<number>\d+): (?<words>.{1,160})/,
      /Unit configuration has fatal error/,
      /(?:has a bad unit file setting|Executable path is not absolute|Unbalanced quoting|Neither a valid executable name nor an absolute path|lacks (?:both )?ExecStart)/,
    ],
    needs: aboutVm,
    what: 'systemd does not accept a line of the unit {file|}: {words|see the message}.',
    why: 'A path in ExecStart= is not absolute, a quotation mark or backslash is open, a comment or blank stands behind a backslash, or the key does not belong to that section. A unit is no shell: ~, pipes and redirections do not work, and a % must be written %%.',
    hint: '`systemd-analyze verify UNIT` names the line; correct it, then `systemctl daemon-reload` and start it again.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html',
    confidence: 'likely',
  },
  {
    id: 'unit-device-rule',
    line: [
      /devices\.(?:allow|deny).{0,160}Device '?(?<device>\/dev\/\S{1,60}?)'? not found/,
      /(?:Couldn't stat device|Failed to (?:stat|whitelist) (?:device )?)(?: node)? ?(?<device>\/dev\/\S{1,60})/,
    ],
    needs: aboutVm,
    what: 'The device {device|that DeviceAllow= of the unit names} is not there, so systemd could not allow it.',
    why: 'Its module is not loaded (kvm_intel, kvm_amd, tun, vhost_vsock), or it appears only later in the boot. The program then cannot open it.',
    hint: '`ls -l DEVICE`, `sudo modprobe MODULE`, and a file in /etc/modules-load.d that loads it at each boot; `chv-doctor check kvm` looks at /dev/kvm.',
    check: 'kvm',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html',
    confidence: 'likely',
  },
  {
    id: 'unit-not-authorised',
    line: [
      /Interactive authentication required/,
      /^Failed to (?:start|stop|restart|enable|connect to) .{0,120}(?:Access denied|Permission denied|No medium found|Operation not permitted)/,
    ],
    needs: aboutVm,
    what: 'systemctl was not permitted to do that: units of the system belong to root.',
    why: 'It was run as an ordinary user without an agent that could ask for a password, or in a container or session without systemd.',
    hint: 'Use sudo, or a unit of the user (`systemctl --user`, in ~/.config/systemd/user), which needs access to /dev/kvm and a TAP of that user.',
    reference: exec,
    confidence: 'likely',
  },
  {
    id: 'unit-unknown',
    line: [
      /^(?:Failed to (?:start|stop|restart|enable(?: unit)?)\s?:? ?|Unit )(?<unit>\S{1,120})(?:: Unit \S{1,120} not found| could not be found| not found| does not exist)\.?/,
    ],
    needs: aboutVm,
    what: 'systemd knows no unit {unit|of that name}.',
    why: 'Cloud Hypervisor brings no unit of its own; the file is not in /etc/systemd/system, or systemd has not read it yet.',
    hint: '`systemctl daemon-reload`, `systemctl list-unit-files | grep NAME`; of a template the instance is started: `systemctl start NAME@VM.service`.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemctl.html',
    confidence: 'likely',
  },
  {
    id: 'unit-condition-unmet',
    severity: 'note',
    line: [
      /\bwas skipped because of (?:an unmet condition check|a failed condition check|no trigger condition checks were met) \((?<condition>\w+=\S{1,200}?)\)/,
      /^\W{0,20}(?<condition2>Condition\w{2,40}=\S{1,200}) was not met/,
    ],
    // In a loop of restarts it is not what ends the unit.
    needs: (evidence) => aboutVm(evidence) && !evidence.says(/Scheduled restart job|restart counter/),
    what: 'systemd skipped a unit because a condition of it is not met {condition|}{condition2|}: nothing failed.',
    why: 'A unit with such a condition is only for machines that have what it names, such as a file that exists. Where the unit was expected to run, the thing that it names is missing or was not made, often because an older build or configuration is installed.',
    hint: 'See whether that path exists; if the unit is needed, bring the configuration that makes it up to date (rebuild and update the VM), then start the unit again.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html',
    confidence: 'likely',
  },
  {
    id: 'sudo-no-password',
    line: [/^sudo: (?:a (?:terminal|password) is required|no tty present)/, /is not in the sudoers file/],
    what: 'sudo could not ask for a password (or this user may not use it), so the command behind it was not run.',
    why: 'A script, a service or ssh without a terminal has nobody to ask.',
    hint: 'Run it on a terminal (`ssh -t`), call `sudo -v` first, or permit that one command without a password in sudoers.',
    reference: 'https://www.sudo.ws/docs/man/sudo.man/',
    confidence: 'likely',
  },
  {
    id: 'group-kvm-missing',
    line: [/(?:usermod|gpasswd): group '(?<group>kvm)' does not exist/],
    what: 'There is no group {group|of that name} on this machine.',
    why: 'The group kvm is made with udev or the packages of QEMU; small systems and containers do not have it, and /dev/kvm belongs to root there.',
    hint: '`ls -l /dev/kvm` shows its group; give your user access by an ACL (`sudo setfacl -m u:$USER:rw /dev/kvm`, until the next boot), or let `chv-doctor fix kvm` do it.',
    check: 'kvm',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'program-file-busy',
    line: [/(?:cloud-hypervisor|ch-remote|virtiofsd)\S{0,40}'?: Text file busy/],
    what: 'The file of the program is being written, or is in use and was to be overwritten (text file busy, ETXTBSY).',
    why: 'A download or copy into it is not finished, or a VM runs from it while it is replaced.',
    hint: 'Wait for the copy, or write the new file beside it and rename it (`install` does so, `cp` and `curl -o` do not); running VMs keep the old one.',
    check: 'cloud-hypervisor',
    reference: doc('README.md#use-pre-built-binaries'),
    confidence: 'likely',
  },
  {
    id: 'host-is-no-linux',
    line: [
      /bad CPU type in executable: \S{0,200}cloud-hypervisor/,
      /cloud-hypervisor\S{0,60}: cannot execute: required file not found.{0,10}$/,
    ],
    what: 'The program is not made for this machine: another processor or another system.',
    why: 'Cloud Hypervisor runs on Linux with KVM (x86_64, aarch64, riscv64) only: not on macOS, and on Windows only in a Linux machine with nested virtualisation. "Required file not found" is a loader or C library that is missing: a build for glibc on a musl system, or the reverse.',
    hint: 'Use a Linux host with /dev/kvm, and there the static binary: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
  {
    id: 'outer-hypervisor-no-nesting',
    line: [
      /Virtualized (?:AMD-V\/RVI|Intel VT-x\/EPT) is not supported on this platform/,
      /Module '(?:HV|MonitorMode|VPMC)' power on failed/,
      /Failed to start the virtual machine.{0,40}nested/i,
      /ExposeVirtualizationExtensions/,
      /Device\/Credential Guard are not compatible/,
    ],
    what: 'The outer hypervisor (VMware, Hyper-V) does not give virtualisation to its guest: there will be no /dev/kvm in it.',
    why: 'Another hypervisor holds the processor below it: with Hyper-V, WSL2, memory integrity or Device Guard switched on in Windows, VMware cannot pass VT-x or AMD-V on.',
    hint: 'In Windows switch these off (`bcdedit /set hypervisorlaunchtype off`, memory integrity in Windows Security) and restart; in Hyper-V `Set-VMProcessor NAME -ExposeVirtualizationExtensions $true`; then `chv-doctor check kvm` in that guest.',
    check: 'kvm',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
]
