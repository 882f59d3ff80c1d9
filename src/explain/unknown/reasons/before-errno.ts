/** Words that say more than an errno beside them. ERANGE is asked for by name: its words are those of a number elsewhere. */
import type { Words } from './reason.ts'

export const wordsBeforeErrno: Words = [
  [
    /\/sys\/kernel\/(?:debug|tracing)\b.{0,160}: Permission denied\b/,
    'debugfs and tracefs are open to root only (EACCES).',
    'Run it with sudo.',
  ],
  [
    /\bRTNETLINK answers: Numerical result out of range\b/,
    'A value of the command is out of range (ERANGE): the name of the interface is longer than 15 characters, or a number (MTU, VLAN, table) is not one that the interface takes.',
    null,
  ],
  [
    /\bFailed to connect to bus: Host is down\b|\bnot been booted with systemd\b/,
    'No systemd runs there as the first process (a container, WSL, a chroot): its tools have nobody to talk to.',
    'Start the program by hand, or have systemd run there.',
  ],
  [
    /\bFailed to set up credentials\b/,
    'systemd could not set up the credentials of the unit: a file of LoadCredential= is missing, or mounting is not permitted there (a container).',
    '`systemctl cat UNIT`; `journalctl -u UNIT` names the step (243/CREDENTIALS).',
  ],
  [
    /\bEnd of file while reading data\b/,
    'The other side of a connection to libvirt closed it: in the log of the daemon a client that ended, a remark; for virsh over ssh the command on the other host that did not run (netcat, the socket).',
    'Run virsh on that host itself.',
  ],
  [
    /\bError allocating crypto tfm\b/,
    'The kernel lacks that cipher or digest, or the module of it is not in the initramfs; no file is missing.',
    '`cat /proc/crypto`, `lsmod` there.',
  ],
  [
    /\bPermission denied to resize filesystem\b/,
    'Only root (CAP_SYS_RESOURCE) may resize a mounted file system, and only one without errors.',
    '`dmesg | tail` there names which.',
  ],
  [
    /\bCould not prepare Boot variable\b/,
    'The variables of the firmware could not be written: their store is full, read-only or not there.',
    '`ls /sys/firmware/efi/efivars`, `efibootmgr -v`.',
  ],
  [
    /\bFailed to look up module alias\b/,
    'That kernel has no support for modules, or none of that name.',
    '`zcat /proc/config.gz | grep CONFIG_MODULES`, `lsmod` in the same machine.',
  ],
  [
    /\bcannot expose privileged port\b|\blisten tcp[46]? \S{0,60}:\d{1,4}: bind: permission denied\b|\blisten tcp[46]? \S{0,60}:\d{1,4}: bind: operation not permitted\b/i,
    'Ports below 1024 take root or CAP_NET_BIND_SERVICE (EACCES), unless net.ipv4.ip_unprivileged_port_start is lowered.',
    'Use a port from 1024 on, or lower that sysctl on the host.',
  ],
  [
    /\bpotentially insufficient UIDs or GIDs\b|\blchown\b.{0,120}\binvalid argument\b/,
    'The user namespace has too few ids (EINVAL): the image has files of a user or group beyond the range of this user in /etc/subuid and /etc/subgid (65536 are usual).',
    'Give that user a range (`usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER`), then `podman system migrate`.',
  ],
  [
    /\b(?:interface|link|device|tap)\b.{0,80}\b(?:numerical result out of range|ERANGE)|\b(?:interface|tap) name .{0,40}too long/i,
    'The name of a network interface has at most 15 characters; the kernel answers a longer one with ERANGE.',
    'Count the characters of the name in the message, and choose a shorter one.',
  ],
  [
    /\bapparmor="DENIED"|\bavc: {1,4}denied\b|\bSELinux is preventing\b/,
    'A security module (AppArmor, SELinux) refused it: a profile or policy decides there, not the mode or owner of the file.',
    '`sudo ausearch -m avc -ts recent` or `sudo dmesg | grep -i denied`; allow it in the profile of that program (`aa-logprof`, `audit2allow`).',
  ],
  [
    /\btype=1326\b|\bSECCOMP\b|\bSIGSYS\b|\bBad system call\b/,
    'A filter of system calls (seccomp) refused a call of that program.',
    'The line of the kernel (`sudo dmesg | grep -i seccomp`) names the call by its number; a newer release of that program may allow it.',
  ],
  [
    /\bSUN_LEN\b/,
    'The path of the socket is too long: a Unix socket takes at most 107 bytes.',
    'Choose a shorter name, or a directory nearer to the root.',
  ],
  [
    /\bblocked for more than\b/,
    'That process waits in the kernel and does not go on: for a disk, a share or another device that does not answer.',
    'The call trace below it names the part of the kernel; look at what serves that device.',
  ],
  [
    /\bdetected stalls?\b|\bsoft lockup\b|\bhard LOCKUP\b/,
    'A processor does not get on: its host gives it no time (a busy host, nested virtualisation), or the kernel is caught in a loop.',
    'Compare the load of the host at that time, and fewer vCPUs.',
  ],
  [
    /\bneighbou?r table overflow\b/,
    'The table of neighbours (ARP, for IPv6 ND) of the kernel is full: more machines on its networks than it may remember.',
    'Raise net.ipv4.neigh.default.gc_thresh1 to gc_thresh3 (or those of net.ipv6) with sysctl.',
  ],
  [
    /\btable full\b/,
    'A table of the kernel is full, and what is new is dropped.',
    'The name in front tells which; its limit is a setting of sysctl (for nf_conntrack net.netfilter.nf_conntrack_max).',
  ],
  [
    /\boom-kill|\bOut of memory: Killed\b|\binvoked oom-killer\b/,
    'The kernel had no memory left, of the whole machine or of the cgroup that the line names, and killed that process.',
    '`free -h` and `dmesg | grep -i oom`; memory that is set aside as huge pages is for nothing else.',
  ],
]
