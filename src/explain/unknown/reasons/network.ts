/** What an errno means of the parts of a machine that connect it: TAPs, vsock, namespaces, sockets. */
import type { Part } from './reason.ts'

/** A more particular part stands first. */
export const networkParts: readonly Part[] = [
  {
    words: /\bIPv6\b|\bfe80:|\binet6\b/i,
    reasons: {
      13: [
        'The kernel there refuses an IPv6 address (EACCES): IPv6 is switched off for that interface.',
        '`sysctl net.ipv6.conf.all.disable_ipv6` where the address is set, which may be inside of the guest.',
      ],
      95: ['The kernel there has no IPv6 (EOPNOTSUPP).', '`ls /proc/sys/net/ipv6`.'],
    },
  },
  {
    words:
      /\b(?:tap|tun)\d{0,4}\b|\bTUN[SG]ET\w+|\bTap(?:Open|Create)\w*|\b(?:Open|Configure)Tap\b|\/dev\/net\/tun\b|\bmac?vtap/i,
    reasons: {
      1: [
        'The kernel does not permit it (EPERM): making a TAP or changing it takes CAP_NET_ADMIN, and one that exists must belong to this user.',
        '`ip -d link show NAME` shows "user"; `sudo ip tuntap add NAME mode tap user USER` makes one for a user.',
      ],
      2: [
        '/dev/net/tun is not there (ENOENT): the module tun is not loaded, or the container was not given it.',
        '`sudo modprobe tun`; `ls -l /dev/net/tun` where the program runs.',
      ],
      13: [
        'This user may not open /dev/net/tun, or the device policy of a container or unit forbids it (EACCES).',
        '`ls -l /dev/net/tun` where the program runs.',
      ],
      16: [
        'Another process has the TAP open (EBUSY): one TAP serves one VM, unless it was made with multi_queue.',
        '`sudo grep -l NAME /proc/[0-9]*/fdinfo/*` shows which process; end it, or use a TAP of its own for each VM.',
      ],
      22: [
        'The kernel does not take that interface as a TAP (EINVAL): it is one of another kind (a port of Open vSwitch of type internal, a bridge, a veth), or a TAP that was made with other flags (multi_queue, vnet_hdr, tun in place of tap).',
        '`ip -d link show NAME` says what it is; make a TAP with `ip tuntap add NAME mode tap` and add that to the bridge or switch.',
      ],
    },
  },
  {
    words: /\bvsock\b|AF_VSOCK|\bCID\b/i,
    reasons: {
      19: [
        'vsock has no transport there (ENODEV): in a guest its device or driver (vmw_vsock_virtio_transport) is missing, on a host vhost_vsock is not loaded.',
        '`lsmod | grep vsock` on that side.',
      ],
      97: [
        'The kernel there has no vsock at all (EAFNOSUPPORT).',
        '`sudo modprobe vsock`, in a guest vmw_vsock_virtio_transport.',
      ],
      98: [
        'That CID or port is in use by another VM or program (EADDRINUSE).',
        'Each VM on a host needs a CID of its own; `ss --vsock -l`.',
      ],
      104: [
        'The other side of vsock closed the connection (ECONNRESET): nothing listens at that port, or the guest or its agent ended or was not up yet.',
        '`ss --vsock -l` in the guest.',
      ],
      111: ['Nothing listens at that port of vsock (ECONNREFUSED).', '`ss --vsock -l` in the guest.'],
      110: [
        'The guest did not answer over vsock in time (ETIMEDOUT): it has not booted, has no driver, or its agent does not run.',
        'Look at the console of the guest.',
      ],
    },
  },
  {
    words: /\b(?:netns|network namespace|\/run\/netns|setns|unshare|nsenter|user namespace|userns)\b/i,
    reasons: {
      1: [
        'Entering or making a namespace is not permitted (EPERM): it takes CAP_SYS_ADMIN, or user namespaces are restricted (kernel.unprivileged_userns_clone, AppArmor of Ubuntu, a container).',
        '`sysctl kernel.unprivileged_userns_clone kernel.apparmor_restrict_unprivileged_userns`.',
      ],
      2: [
        'That namespace is not there (any more) (ENOENT): it was removed, or lies in another mount namespace.',
        '`ip netns list`, `ls -l /run/netns`.',
      ],
      28: [
        'No further namespace may be made (ENOSPC): the limit of that user is reached.',
        '`sysctl user.max_user_namespaces user.max_net_namespaces`.',
      ],
      13: [
        'The namespace may not be opened (EACCES): a security module (AppArmor, SELinux) or the owner of its file refuses it.',
        '`sudo dmesg | grep -iE "denied"`.',
      ],
      22: [
        'It is no (longer a) namespace (EINVAL): only an empty file is left of it.',
        '`ip netns delete NAME`, then make it anew.',
      ],
    },
  },
  {
    words: /\bCould not process rule\b|\bnft\b|\bnftables\b|\biptables\b/,
    reasons: {
      1: [
        'Changing the firewall takes CAP_NET_ADMIN (EPERM), in a container one of its own network namespace.',
        null,
      ],
      2: [
        'A table, chain or set that the rule names is not there, or the kernel lacks the module of what it matches (ENOENT): no file is meant.',
        '`nft list ruleset`, `lsmod | grep nf_`.',
      ],
      16: ['The chain or set is still used by a rule (EBUSY).', '`nft list ruleset`.'],
      17: ['It exists already (EEXIST).', '`nft list ruleset`.'],
      95: [
        'The kernel cannot do that at this hook (EOPNOTSUPP), or lacks the module.',
        '`lsmod | grep nf_`.',
      ],
    },
  },
  {
    words: /\bRTNETLINK\b|\bnetlink\b|\bveth\w*|\bip (?:link|addr(?:ess)?|route|tuntap)\b/i,
    reasons: {
      1: [
        'The kernel does not permit it (EPERM): changing interfaces, addresses and routes takes CAP_NET_ADMIN.',
        null,
      ],
      2: [
        'What should be changed is not there (ENOENT): a table, a rule, or the other end.',
        '`ip -br link`, `ip route`, where the program runs.',
      ],
      3: ['There is no such route or rule (ESRCH).', '`ip route show table all`, `ip rule`.'],
      11: [
        'The driver is still at work on an earlier change, as a virtual function is on a reset by its physical function (EAGAIN): the same works a moment later.',
        null,
      ],
      17: [
        'An interface, address or route of that name is there already (EEXIST): mostly left from an earlier run, perhaps in another network namespace.',
        '`ip -br link`, `ip netns list`, `ip -n NAME -br link`; `ip link del NAME` removes one that nobody uses.',
      ],
      19: [
        'There is no interface of that name (ENODEV): it is called otherwise, was removed, or lies in another network namespace.',
        '`ip -br link` where the program runs.',
      ],
      22: [
        'The kernel does not take a value (EINVAL): an address without its prefix, a name that is too long, an option that this kind of interface does not have.',
        '`sudo dmesg | tail`.',
      ],
      95: [
        'The kernel does not know that kind of interface, or the interface does not do that (EOPNOTSUPP): its module is missing.',
        '`lsmod`, `sudo dmesg | tail`.',
      ],
      101: [
        'The gateway is in no network of an address of this machine (ENETUNREACH): set the address, and the interface up, first.',
        '`ip addr`, `ip route`.',
      ],
    },
  },
  {
    // A file that the other side may not open is none of its socket.
    words: /^(?!.{0,300}\.log\b).{0,300}(?:\bsocket\b|\.sock\b|\bunix:|\bconnect\w*\b|\bdial\b)/i,
    reasons: {
      2: [
        'The socket is not there (ENOENT): the program that makes it has not started, has ended, or makes it elsewhere.',
        '`ss -xlp`; start that program first.',
      ],
      13: [
        'This user may not use the socket (EACCES): the program that made it runs as another user, or its directory is closed.',
        '`namei -l SOCKET`.',
      ],
      99: [
        'The address does not belong to this machine (EADDRNOTAVAIL): the interface that has it is not up yet, or lies in another network namespace.',
        '`ip addr` where the program runs.',
      ],
      101: ['No route leads there (ENETUNREACH).', '`ip route` where the program runs.'],
      110: [
        'Nobody answered in time (ETIMEDOUT): a firewall drops it, or the machine is not there.',
        '`ip route get ADDRESS` where the program runs.',
      ],
      113: [
        'The next machine on the way does not answer (EHOSTUNREACH): wrong network, or it is down.',
        '`ip neigh` where the program runs.',
      ],
      36: [
        'The path of the socket is too long: a Unix socket takes at most 107 bytes (ENAMETOOLONG).',
        'Choose a shorter name, or a directory nearer to the root.',
      ],
      98: [
        'The socket or port exists already (EADDRINUSE): another program listens there, or the file was left by one that ended.',
        '`ss -lxtp`; remove the file if nothing listens.',
      ],
      104: [
        'The other side closed the connection (ECONNRESET): it ended or crashed.',
        'Look at what that side printed at that time.',
      ],
      111: [
        'Nothing listens there (ECONNREFUSED): the program ended and left its socket, is not up yet, or listens at another address.',
        '`ss -lxtp`.',
      ],
    },
  },
]
