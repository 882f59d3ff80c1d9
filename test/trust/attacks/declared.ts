/** What a `check` may do to the host: the tests compare it with what strace(1) sees. */

/** The programs that checks may start, by their names. Each only reads in the way it is called. */
export const programs: ReadonlySet<string> = new Set([
  // The kernel helper, the private directory of boot-probe, and its guard.
  ...['perl', 'python3', 'sh', 'mktemp', 'cat', 'rm', 'sleep', 'timeout'],
  // Tools that are asked for their version, or whether they work.
  ...[
    'qemu-img',
    'mkfs.fat',
    'mkdosfs',
    'mcopy',
    'ip',
    'setcap',
    'getcap',
    'make',
    'gcc',
    'cc',
    'ld',
    'bc',
    'bison',
    'flex',
    'git',
  ],
  ...['cloud-hypervisor', 'ch-remote'],
  // Questions: addresses, routes, rules, packages, services, accounts, logs.
  ...['nft', 'iptables-save', 'ip6tables-save', 'iptables', 'ip6tables', 'ufw', 'firewall-cmd', 'sysctl'],
  ...['dpkg-query', 'apt-cache', 'systemctl', 'systemd-detect-virt', 'debugfs', 'getent', 'id', 'sudo'],
])

/** Files outside of the private directory that may be opened for writing: nothing is stored in any of them. */
export const writable: readonly RegExp[] = [
  /^\/dev\/(null|tty|kvm|net\/tun|pts\/\d+|fuse)$/,
  /^(pipe|socket|anon_inode):/,
  // A process about itself, as the loader of Node and glibc write there.
  /^\/proc\/(self|\d+)\//,
  // dpkg and apt take no lock to read; memfd is memory.
  /^\/memfd:/,
]

/** Sockets that may be spoken to: name service and service managers, which answer questions only. */
export const sockets: readonly RegExp[] = [
  /nscd\/socket/,
  /\/run\/systemd\//,
  /\/run\/dbus\/system_bus_socket/,
  /userdb/,
]

/** The ports that packets may go to: the name servers of the guest are asked one question (check guest-dns). */
export const ports: ReadonlySet<string> = new Set(['53'])
