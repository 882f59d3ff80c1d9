/** What Open vSwitch, passt, Podman, WireGuard and Tailscale say. */
import { type Cause, doc } from '../../cause.ts'

const ovs = 'https://docs.openvswitch.org/en/latest/faq/issues/'
const dpdk = doc('vhost-user-net-testing.md')
const passt = 'https://passt.top/passt/about/'
const podman = 'https://docs.podman.io/en/latest/markdown/podman-network.1.html'
const tailscale = 'https://tailscale.com/kb/'

export const switchesTunnels: readonly Cause[] = [
  {
    id: 'openvswitch-without-dpdk',
    line: [
      /\bcould not create netdev (?<port>\S{1,40}) of unknown type (?<type>dpdk\w{0,20})/,
      /\bcould not open network device (?<port>\S{1,40}) \(Address family not supported by protocol\)/,
      /\bunknown datapath type netdev\b/,
    ],
    errnos: [97],
    what: 'Open vSwitch does not know the kind of port {type|} that is asked for ({port|a DPDK port}).',
    why: 'The package was built without DPDK, DPDK was not switched on before vswitchd started, or the bridge is not of datapath_type=netdev.',
    hint: '`sudo apt-get install openvswitch-switch-dpdk` and `update-alternatives --config ovs-vswitchd` (Debian, Ubuntu); `sudo ovs-vsctl set Open_vSwitch . other_config:dpdk-init=true`, restart it; `ovs-vsctl add-br br0 -- set bridge br0 datapath_type=netdev`.',
    reference: dpdk,
    confidence: 'likely',
  },
  {
    id: 'openvswitch-device-gone',
    line: [/\bcould not open network device (?<port>\S{1,40}) \(No such device\)/],
    errnos: [19],
    what: 'The port {port|} of Open vSwitch stands in its database, and the system has no such interface.',
    why: 'A TAP went with its VM or at a restart of the host, was renamed, or lies in another network namespace: the database remembers ports. For a DPDK port the type or dpdk-devargs is missing.',
    hint: '`sudo ovs-vsctl del-port BRIDGE {port|PORT}` removes the remainder; make the TAP first (`ip tuntap add … mode tap`), then `sudo ovs-vsctl --may-exist add-port BRIDGE PORT`.',
    reference: ovs,
    confidence: 'likely',
  },
  {
    id: 'openvswitch-not-answering',
    line: [
      /\bfatal_signal\|WARN\|terminating with signal 14 \(Alarm clock\)/,
      /\bovs-(?:ofctl|dpctl|appctl): (?<bridge>\S{1,60}) is not a bridge or a socket/,
      /\bovs-(?:ofctl|dpctl): unix:(?<bridge>\S{1,100}): failed to connect\b/,
      /\bovs-appctl: cannot connect to "(?<bridge>[^"]{1,100})"/,
    ],
    errnos: [2, 13, 111],
    what: 'The daemon of Open vSwitch (ovs-vswitchd) does not answer, or does not have that bridge {bridge|}.',
    why: 'Signal 14 is the time-out (-t) of ovs-vsctl, which waits until ovs-vswitchd has done the change: it does not run, or hangs (DPDK without huge pages). ovs-ofctl looks for a socket of the bridge, which that daemon makes.',
    hint: '`systemctl status ovs-vswitchd openvswitch-switch`, its log in /var/log/openvswitch/ovs-vswitchd.log, `sudo ovs-vsctl list-br`; run it as root.',
    reference: ovs,
    confidence: 'likely',
  },
  {
    id: 'openvswitch-dpdk-start',
    line: [
      /\bUnable to initialize DPDK: (?<words>.{3,60})/,
      /\bdpdk\|(?:EMER|ERR)\|(?<words>.{0,80}(?:initiali[sz]|EAL\b|hugepage|huge page).{0,80})/,
    ],
    what: 'Open vSwitch could not start DPDK: {words|see the log}.',
    why: 'Mostly huge pages: none are reserved, none on the NUMA node of the card, or hugetlbfs is not mounted for that user (Cannot allocate memory); else a card that is not bound to vfio-pci.',
    hint: '`grep -i huge /proc/meminfo`, `echo 1024 | sudo tee /proc/sys/vm/nr_hugepages`, `sudo ovs-vsctl set Open_vSwitch . other_config:dpdk-socket-mem=1024`, restart ovs-vswitchd.',
    reference: dpdk,
    confidence: 'likely',
  },
  {
    id: 'vhost-user-socket-side',
    line: [
      /\bVHOST_CONFIG: .{0,160}failed to (?<words>bind: Address already in use|connect: (?:No such file or directory|Connection refused))/,
      /\bVHOST_CONFIG: .{0,20}(?<words>fail(?:ed)? to bind fd:\d{1,6}, remove file:\S{1,120} and try again)/,
      /\bVHOST_CONFIG: (?<words>bind to \S{1,120} failed|failed to connect to \S{1,120}).{0,80}/,
    ],
    errnos: [2, 98, 111],
    what: 'The switch could not open the vhost-user socket of the port: {words|see the message}.',
    why: 'Bind: the file is left from an earlier run, or both sides want to be the server. Connect: the side that makes the socket (with dpdkvhostuserclient the VM: vhost_mode=server) has not started yet; the switch goes on trying.',
    hint: 'One side is the server: dpdkvhostuserclient with `--net vhost_user=true,socket=FILE,vhost_mode=server`. Remove a file to which nobody listens (`ss -xlp | grep FILE`), and let both users write to its directory.',
    reference: dpdk,
    confidence: 'likely',
  },
  {
    id: 'passt-no-uplink',
    severity: 'warning',
    line: [
      /\bNo (?:external )?routable interface for (?<family>IPv[46])\b/,
      /\bCouldn't pick external interface: please specify\b/,
      /\bExternal interface not usable\b/,
    ],
    what: 'passt finds no interface of the host with a default route ({family|for the guest}): the guest gets no way out there.',
    why: 'It copies the addresses and routes of the interface that has the default route. Without one (no network yet, a VPN with other routes, IPv6 that the host does not have) it leaves that protocol out.',
    hint: '`ip route show default` and `ip -6 route show default` on the host; name the interface with `-i DEV`, or silence the family with -4 or -6.',
    reference: passt,
    confidence: 'likely',
  },
  {
    id: 'user-network-program-missing',
    line: [
      /\bcould not find (?<program>pasta|slirp4netns|netavark|aardvark-dns|passt)\b/i,
      /\bunable to execute (?<program>nft|iptables|aardvark-dns)\b/,
      /\bexec: "(?<program>pasta|slirp4netns|passt)": executable file not found/,
    ],
    what: 'The container engine does not find {program|the program} that makes its network.',
    why: 'It is a package of its own, which a minimal installation leaves out; a path of its own stands in helper_binaries_dir of containers.conf.',
    hint: 'Install it: pasta and passt are in the package passt, the others in packages of their name (slirp4netns, netavark, aardvark-dns, nftables, iptables).',
    reference: podman,
    confidence: 'likely',
  },
  {
    id: 'passt-ended',
    line: [/\bChild process \((?:\S{0,80}\/)?passt\b.{0,600}\) unexpected exit status (?<code>\d{1,3})/],
    what: 'passt, which connects the VM of libvirt without root, did not start (status {code|}).',
    why: 'Mostly a port that it is to forward is taken or below 1024, AppArmor or SELinux refuses it its socket (old passt-selinux or profile), or the host has no default route.',
    hint: 'Its own words stand behind it or in the log (`logFile` in <backend type="passt">); `sudo dmesg | grep -iE "apparmor|avc.*passt"`; update passt and passt-selinux.',
    reference: passt,
    confidence: 'possible',
  },
  {
    id: 'tailscale-daemon-absent',
    line: [/\bfailed to connect to local tailscaled\b/],
    what: 'tailscale does not reach its daemon (tailscaled) on this machine.',
    why: 'It does not run, or ended at once: /dev/net/tun is missing (containers), or its state cannot be written.',
    hint: '`sudo systemctl enable --now tailscaled`, `journalctl -u tailscaled -b`; a container needs /dev/net/tun and NET_ADMIN, or `--tun=userspace-networking`.',
    reference: tailscale,
    confidence: 'likely',
  },
  {
    id: 'tailscale-no-tun',
    line: [/\bCreateTUN\("[^"]{1,20}"\) failed; \/dev\/net\/tun does not exist/],
    what: 'tailscaled ends, because there is no /dev/net/tun.',
    why: 'The module tun is not loaded, the running kernel was updated, or the container (LXC, Docker) was not given the device.',
    hint: '`sudo modprobe tun`; Docker: `--device /dev/net/tun --cap-add NET_ADMIN`; LXC: pass the device through; or `tailscaled --tun=userspace-networking`.',
    check: 'tun',
    reference: tailscale,
    confidence: 'likely',
  },
  {
    id: 'tailscale-note',
    severity: 'note',
    line: [/\bUDP GRO forwarding is suboptimally configured\b/, /\bLinux DNS config not ideal\b/],
    what: 'Tailscale remarks that a setting could be better; it works all the same.',
    why: 'The GRO remark is about speed as a router. The DNS one says that another program writes /etc/resolv.conf, too: names of the tailnet may fail after that.',
    hint: '`sudo ethtool -K DEV rx-udp-gro-forwarding on rx-gro-list off`; for names let systemd-resolved do it (`/etc/resolv.conf` as a link to its stub).',
    reference: tailscale,
    confidence: 'likely',
  },
]
