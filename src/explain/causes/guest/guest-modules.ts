/** Kernel modules and programs that a guest (or host) lacks, and services that do not start or stop. */
import { type Cause, doc } from '../../cause.ts'

const kernel = doc('README.md#custom-kernel-and-disk-image')

/** Packages of programs that small images leave out, by distributions of Debian and of Red Hat. */
const packaged =
  'add-apt-repository is in software-properties-common, growpart in cloud-guest-utils (cloud-utils-growpart), gpg in gnupg, lsb_release in lsb-release, ifconfig and netstat in net-tools, ip in iproute2 (iproute), ping in iputils-ping (iputils), dig in dnsutils (bind-utils), locale-gen in locales, resize2fs in e2fsprogs, pvresize in lvm2, modprobe and lsmod in kmod, killall in psmisc'

const tools =
  '(?<tool>add-apt-repository|apt-add-repository|growpart|gpg|lsb_release|ifconfig|netstat|route|ip|ping|dig|nslookup|locale-gen|resize2fs|xfs_growfs|pvresize|lvextend|partprobe|modprobe|lsmod|lspci|killall|sudo|curl|wget|chronyc|nc|netplan|snap|systemctl|mkfs\\.ext4|mkfs\\.xfs|blkid|fdisk|parted|rsync|jq|unzip|python3?)'

export const guestModules: readonly Cause[] = [
  {
    id: 'module-not-found',
    line: [
      /modprobe: FATAL: Module '?(?<module>(?!dummy_)[\w-]{1,40})'? not found(?: in directory (?:\S{0,40}\/modules\/(?<version>\S{1,80}?))\.?$|\.?$)/,
      /modprobe: (?:ERROR: )?module '?(?<module>[\w-]{1,40})'? not found/i,
    ],
    what: 'The running kernel {version|} has no module {module|of that name} in /lib/modules.',
    why: 'With --kernel a guest runs a kernel whose modules its image does not have; after an update of the kernel the old directory is gone until a restart; kernels for clouds leave modules out (package linux-modules-extra, kernel-modules-extra). What is built in (=y) needs no module, and older modprobe does not know it either.',
    hint: 'Compare `uname -r` with `ls /lib/modules`, and see `grep NAME /lib/modules/$(uname -r)/modules.builtin`; restart after an update; `sudo apt-get install linux-modules-extra-$(uname -r)`; else build it in, or boot the kernel of the image through firmware.',
    reference: kernel,
    confidence: 'likely',
  },
  {
    id: 'module-unfit',
    line: [
      /could not insert (?:module )?['"]?(?<module>[\w-]{1,40})['"]?: (?<words>Exec format error|Invalid module format|Key was rejected by service|Required key not available|Unknown symbol.{0,40})/,
      /insmod: ERROR: could not insert module (?<module>\S{1,120}): (?<words>Invalid module format|Exec format error|Unknown symbol.{0,40})/,
    ],
    what: 'The kernel refuses the module {module|}: {words|it does not fit}.',
    why: 'It was built for another kernel than the one that runs (version magic, missing symbols), or Secure Boot or module signing asks for a signature of a trusted key.',
    hint: '`sudo dmesg | tail` names the reason; compare `modinfo -F vermagic FILE` with `uname -r`; install the modules of the running kernel, restart after an update, or build it against these headers (dkms).',
    reference: kernel,
    confidence: 'likely',
  },
  {
    id: 'module-device-absent',
    severity: 'warning',
    line: [/could not insert (?:module )?['"]?(?<module>(?!kvm)[\w-]{1,40})['"]?: No such device/],
    what: 'The module {module|} was not loaded because the hardware that it drives is not there.',
    why: 'A VM has only the devices that it was given; drivers of real machines find nothing.',
    hint: 'See `lspci -nn` there; without that device the module is not needed, and its name can be taken out of /etc/modules-load.d.',
    reference: kernel,
    confidence: 'likely',
  },
  {
    id: 'modules-directory-missing',
    line: [
      /modprobe: can't change directory to '(?<version>[^']{1,80})'/,
      /(?:could not open|[Cc]ould not open) moddep file '?(?<file>[^']{1,120})/,
      /depmod: (?:WARNING|ERROR): (?:could not open|fopen|can't open) .{0,40}?(?<file>\/lib\/modules\/[^\s:]{1,80})/,
    ],
    what: 'There is no complete directory of modules for the running kernel in /lib/modules {version|}.',
    why: 'The kernel that was started (with --kernel, or an own build) is not the one that the image brings modules for, or `depmod` was never run. Only what is built into the kernel works.',
    hint: '`uname -r` and `ls /lib/modules`; where the directory is there: `sudo depmod -a`; else copy the modules (`make modules_install INSTALL_MOD_PATH=ROOT`), build them in, or boot the kernel of the image through firmware.',
    reference: kernel,
    confidence: 'likely',
  },
  {
    id: 'guest-command-missing',
    line: [
      new RegExp(`(?:^|[:] )${tools}: command not found$`),
      new RegExp(`(?:^|sh: \\d{1,4}: |sudo: )${tools}: (?:command )?not found$`),
    ],
    what: 'The command {tool|} is not installed on that machine, or not in the PATH of that user (127).',
    why: 'Minimal and cloud images leave out what people are used to; commands in /sbin and /usr/sbin are not in the PATH of ordinary users on Debian. A unit of systemd, cron and NixOS have a PATH of their own. python is called python3 in new releases.',
    hint: `Install its package: ${packaged}; or call it with its path or sudo.`,
    reference: 'https://repology.org/',
    confidence: 'likely',
  },
  {
    id: 'cloud-init-not-installed',
    line: [
      /(?:^|[:] )cloud-init: (?:command )?not found$/,
      /Unit cloud-(?:init|final|config)(?:-local)?\.service could not be found/,
    ],
    what: 'The image has no cloud-init: a seed has no effect in it.',
    why: 'It is no cloud image (an installer, a minimal or container image), or uses something else: Ignition (Flatcar, CoreOS), a user that was built in.',
    hint: 'Use the cloud image of the distribution (its name has "cloud" or "genericcloud"; Debian nocloud has none), or install it in the image: `sudo apt-get install cloud-init`.',
    check: 'disk-image',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/distros.html',
    confidence: 'likely',
  },
  {
    id: 'script-line-ends',
    line: [
      /\$'\\r': command not found/,
      /\^M: bad interpreter/,
      /(?:bash|sh|python3?)\\r['’]?: No such file or directory/,
    ],
    what: 'A script has the line ends of Windows (CR LF), which the shell takes as a part of its commands.',
    why: 'It was written or changed by an editor on Windows, or checked out by git with autocrlf.',
    hint: '`sed -i "s/\\r$//" FILE` (or `dos2unix FILE`); for git `* text eol=lf` in .gitattributes. A seed is made anew from the corrected file.',
    reference: 'https://git-scm.com/docs/gitattributes',
    confidence: 'likely',
  },
  {
    id: 'unit-job-failed',
    line: [
      /^Job for (?<unit>[\w@.:\\-]{1,80}) failed because (?<words>the control process exited with error code|a timeout was exceeded|a fatal signal was delivered.{0,60}|the service did not take the steps required.{0,40}|of unavailable resources.{0,40})/,
    ],
    what: 'The service {unit|} did not start: {words|see its log}.',
    why: 'That is only what systemctl saw; the service wrote its reason into the journal.',
    hint: '`systemctl status UNIT` and `journalctl -u UNIT -b --no-pager | tail -40` on that machine show it; `systemctl cat UNIT` what was run.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemctl.html',
    confidence: 'possible',
  },
  {
    id: 'unit-not-there',
    line: [
      /^Unit (?<unit>[\w@.:\\-]{1,80}) could not be found/,
      /Unit file (?<unit>[\w@.:\\-]{1,80}) does not exist/,
      /^Failed to (?:start|stop|restart|reload|enable|disable|mask) (?:unit: )?(?<unit>[\w@.:\\-]{1,80}): Unit \S{1,80} (?:not found|not loaded)/,
    ],
    what: 'systemd on that machine knows no unit {unit|of that name}.',
    why: 'The package that brings it is not installed (or its installation failed), its name is another there (ssh on Debian, sshd on Fedora; docker of docker-ce or docker.io; chrony, chronyd), or a file was added without daemon-reload.',
    hint: '`systemctl list-unit-files | grep NAME`; install the package; `sudo systemctl daemon-reload` after adding a file.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemctl.html',
    confidence: 'likely',
  },
  {
    id: 'network-activation-failed',
    line: [/Activation: failed for connection '(?<name>[^']{1,60})'/],
    what: 'NetworkManager in the guest could not bring the connection {name|} up.',
    why: 'Mostly no DHCP server answered (a TAP has none of its own, and a bridge only that of its network), or the static address, the VLAN or the card of the profile does not fit this VM.',
    hint: 'The lines above name the step (ip-config, dhcp4); `nmcli -f all device show`, `journalctl -u NetworkManager -b`; give a static address in the seed, or see that the TAP is a port of the bridge.',
    check: 'cloud-init',
    reference: 'https://networkmanager.dev/docs/',
    confidence: 'likely',
  },
]
