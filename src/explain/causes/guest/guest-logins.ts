/** Sessions in a guest that begin and go wrong: sudo, homes, forwarding, copies over ssh. */
import type { Cause } from '../../cause.ts'

const sudoers = 'https://www.sudo.ws/docs/man/sudoers.man/'
const sshManual = 'https://man.openbsd.org/ssh'

export const guestLogins: readonly Cause[] = [
  {
    id: 'sudo-not-allowed',
    line: [
      /(?<user>[\w.-]{1,40}) is not in the sudoers file/,
      /[Ss]orry, user (?<user>[\w.-]{1,40}) (?:is not allowed to execute|may not run sudo)/,
    ],
    what: 'sudo does not permit {user|that user} anything on that machine.',
    why: 'No rule of sudoers names the user or a group of it. cloud-init gives sudo to the default user of the image only; a user of the seed needs its own line.',
    hint: 'In the user-data of that user: `sudo: ALL=(ALL) NOPASSWD:ALL` (or `groups: [sudo]`, on Fedora `[wheel]`), with a new instance-id; as root `usermod -aG sudo USER` and a new login.',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/modules.html#users-and-groups',
    confidence: 'likely',
  },
  {
    id: 'sudoers-invalid',
    line: [
      /sudo: (?:>>> )?(?<file>\/etc\/sudoers\S{0,80}?):?(?: |:)(?:\d+:\d+: )?(?<words>syntax error.{0,60}|.{0,20}is (?:owned by uid \d+, should be 0|world writable|mode 0\d+, should be 0440).{0,20})/,
      /(?<file>\/etc\/sudoers\S{0,80}?):\d+:\d+: (?<words>syntax error)/,
      /sudo: no valid sudoers sources found, quitting/,
    ],
    what: 'sudo refuses to work because of its rules {file|in /etc/sudoers}: {words|they cannot be read}.',
    why: 'A line there has a wrong form (a sudo: value of the seed goes there as it stands), or the file has another owner or mode than root and 0440.',
    hint: 'As root (console, `su`, `pkexec`, or the image mounted from outside) `visudo -c` names the line; `chown root:root FILE; chmod 440 FILE`.',
    reference: sudoers,
    confidence: 'likely',
  },
  {
    id: 'sudo-without-setuid',
    line: [
      /sudo: \S{0,80}sudo must be owned by uid 0 and have the setuid bit set/,
      /sudo: effective uid is not 0, is \S{1,80} on a file system with the 'nosuid' option/,
      /(?:su|passwd): must be suid to work properly/,
    ],
    what: 'sudo does not get the rights of root: its file belongs to another user or lost its setuid bit, or its file system is mounted nosuid.',
    why: 'A root file system that was copied or packed as an ordinary user (tar without root, a share with mapped owners) loses owners and setuid bits; a container with no-new-privileges gives the same.',
    hint: 'As root: `chown root:root /usr/bin/sudo; chmod 4755 /usr/bin/sudo`, `findmnt -no OPTIONS /`. Better make the root file system again as root, or with fakeroot.',
    reference: sudoers,
    confidence: 'likely',
  },
  {
    id: 'session-not-created',
    line: [
      /Failed to (?:start session scope|create session)\b.{0,120}(?:[Tt]imed out|timeout|Activation|disconnected|Transport endpoint)/,
    ],
    what: 'A login took long or has no session: systemd-logind did not get its answer from systemd (D-Bus) in time.',
    why: 'systemd or the bus is overloaded or hangs (little memory, a busy host, thousands of units), or dbus was restarted by itself. It is no matter of the network.',
    hint: '`sudo systemctl restart systemd-logind`; see `systemctl list-jobs`, `free -m` and `uptime` in the guest.',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/systemd-logind.service.html',
    confidence: 'likely',
  },
  {
    id: 'home-missing',
    severity: 'warning',
    line: [
      /Could not chdir to home directory (?<home>\S{1,120}): (?<words>No such file or directory|Permission denied)/,
    ],
    what: 'The login works, and the home directory {home|} cannot be entered: {words|it is not there}.',
    why: 'The user was made without a home (no_create_home, useradd without -m), the home lies on a disk or share that is not mounted, or belongs to somebody else. authorized_keys in it does not count then.',
    hint: '`sudo mkhomedir_helper USER` (or `sudo install -d -m 700 -o USER -g USER /home/USER`), `findmnt /home`, `ls -ld /home/USER`.',
    reference: 'https://man7.org/linux/man-pages/man8/useradd.8.html',
    confidence: 'likely',
  },
  {
    id: 'ssh-x11-refused',
    severity: 'note',
    line: [/X11 forwarding request failed on channel \d/, /xauth: {1,2}file \S{1,80} does not exist/],
    what: 'ssh could not forward windows (X11); the login itself works.',
    why: 'The guest has no xauth or X11Forwarding is off; a cloud image has neither. "does not exist" of xauth appears once, at the first login with it.',
    hint: 'Nothing need be done without windows (`ssh -x`); else install xauth in the guest and set `X11Forwarding yes`.',
    reference: sshManual,
    confidence: 'likely',
  },
  {
    id: 'ssh-forward-refused',
    line: [
      /\bopen failed: (?<words>connect failed: .{1,40}|administratively prohibited.{0,40})/,
      /stdio forwarding failed/,
    ],
    what: 'A port that ssh forwards is not reached at its end: {words|the jump host could not connect}.',
    why: 'The session itself works. "Connection refused": nothing listens there at the address as the far side sees it; "administratively prohibited": AllowTcpForwarding is off (or PermitOpen names others); a name is resolved at the far side, too.',
    hint: 'On the far side `ss -ltn` and `nc -v ADDRESS PORT`; `sudo sshd -T | grep -i forward`; write 127.0.0.1 in place of localhost where the program listens on IPv4 only.',
    reference: sshManual,
    confidence: 'likely',
  },
  {
    id: 'ssh-name-unknown',
    line: [
      /^ssh: Could not resolve hostname (?<name>[\w-]{1,63}(?:\.(?:local|lan|home|internal|localdomain|test|vm))?): /,
    ],
    what: 'The machine that runs ssh knows no address of {name|that name}.',
    why: 'A guest is in no DNS unless it was put there: names of libvirt, of .local (mDNS) or of a DHCP server are known only where their server is asked. A typing error or a missing entry of ~/.ssh/config gives the same.',
    hint: 'Use its address (`ip -br addr` on the console, `virsh domifaddr`, `ip neigh`), or put the name into /etc/hosts or ~/.ssh/config (HostName).',
    reference: 'https://man.openbsd.org/ssh_config',
    confidence: 'likely',
  },
  {
    id: 'rsync-peer-ended',
    line: [/rsync: (?:\[\w+\] )?connection unexpectedly closed \(0 bytes received so far\)/],
    what: 'rsync got no word from the other side: ssh did not log in there, or rsync is not installed there.',
    why: 'It needs itself on both machines; a shell that prints at its start (.bashrc) breaks its protocol, too.',
    hint: 'The line above names it; try `ssh USER@ADDRESS rsync --version`; install rsync in the guest, or use scp.',
    reference: 'https://download.samba.org/pub/rsync/rsync.1',
    confidence: 'likely',
  },
  {
    id: 'owner-not-changed',
    line: [
      /(?:chown|chgrp): changing (?:ownership|group) of ['‘`"]?(?<file>[^'’"]{1,160})['’"]?: (?:Operation not permitted|Invalid argument)/,
    ],
    needs: ({ says }) => says(/virtio-?fs|\/mnt\/|\bshare|\bnfs\b|\b9p\b|guest/i),
    what: 'The owner of {file|a file} could not be changed.',
    why: 'Only root may give files away. On a share the host decides: a virtiofsd that does not run as root (or maps ids) cannot, NFS squashes root, FAT and 9p (mapped) hold no owners.',
    hint: 'As root in the guest; `findmnt -T FILE` shows the file system. On a share run virtiofsd as root or with `--translate-uid`/`--translate-gid` (older: newuidmap), or set the owner on the host.',
    reference: 'https://gitlab.com/virtio-fs/virtiofsd',
    confidence: 'possible',
  },
  {
    id: 'share-not-mounted',
    line: [
      /wrong fs type, bad option, bad superblock on (?<tag>(?!none\b|proc\b|sysfs\b|tmpfs\b|overlay\b|devtmpfs\b)[A-Za-z][\w.-]{0,40}), missing codepage/,
    ],
    what: 'The share {tag|} could not be mounted in the guest.',
    why: 'mount says this for nearly every refusal. With a tag as the source: no device of that tag is there (--fs tag= differs), the type was not given (-t virtiofs), the kernel lacks virtiofs, or an option is not known to it.',
    hint: '`sudo dmesg | tail` names it ("tag not found", "unknown parameter"); `sudo modprobe virtiofs; sudo mount -t virtiofs TAG /mnt`; compare the tag with the command of the VM.',
    reference: 'https://virtio-fs.gitlab.io/',
    confidence: 'likely',
  },
]
