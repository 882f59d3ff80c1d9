/** What ip, bridge, brctl and ifconfig say of interfaces: kinds, ports of bridges, macvtap, VLANs, bonds, namespaces. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const manual = 'https://man7.org/linux/man-pages/man8/ip-link.8.html'
const bridges = 'https://man7.org/linux/man-pages/man8/bridge.8.html'
const macvtap = doc('macvtap-bridge.md')

/** The command stands right above its answer. */
const after =
  (command: RegExp) =>
  ({ before }: Evidence): boolean =>
    command.test(before ?? '')

export const ipLinks: readonly Cause[] = [
  {
    id: 'link-layered-invalid',
    line: [/^(?:ip: )?RTNETLINK answers: (?<words>Device or resource busy|Resource busy|Invalid argument)$/],
    errnos: [16, 22],
    needs: after(/\blink add\b.{0,120}\btype "?(?:macvtap|macvlan|ipvlan|ipvtap)\b/),
    what: 'The kernel does not put a macvtap, macvlan or ipvlan on that interface: {words|it is taken}.',
    why: 'Busy: the interface below is a port of a bridge, a bond or Open vSwitch, or has ipvlan where macvlan is asked for (or the other way round). Invalid argument: mode passthru takes the interface for itself, so it must be the first and only one there.',
    hint: '`ip -d link show PARENT` shows its master, `ip -br link | grep @PARENT` what lies on it. In a bridge, put the TAP of the guest into that bridge instead; else use `mode bridge` for several.',
    reference: macvtap,
    confidence: 'likely',
  },
  {
    id: 'link-kind-missing',
    line: [
      /^Error: Unknown device type\.?$/,
      /^(?:ip: )?RTNETLINK answers: (?<words>(?:Operation )?[Nn]ot supported)$/,
      /^add bridge failed: (?<words>Package not installed)/,
      /^Unable to access interface: (?<words>Protocol not supported|No such device)$/,
      /\bMaybe you need to load the 8021q module\b/,
    ],
    errnos: [19, 65, 93, 95],
    needs: ({ before, text }) =>
      !/RTNETLINK/.test(text) || /\blink add\b.{0,120}\btype \w|\bip link add\b/.test(before ?? ''),
    what: 'The running kernel does not have that kind of interface, and cannot load the module for it.',
    why: 'After an update of the kernel its modules are gone from /lib/modules until the restart; a container cannot load any; small kernels (clouds, WSL, boards, a guest kernel of your own) leave bridge, macvtap, 8021q, wireguard or others out.',
    hint: '`uname -r` must be a directory of /lib/modules (else restart); then `sudo modprobe bridge` (macvtap, 8021q, vxlan, bonding, wireguard, dummy, veth); the package linux-modules-extra-$(uname -r) (Ubuntu) or kernel-modules-extra (Fedora) has more.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'bridge-port-taken',
    line: [
      /\bdevice (?<port>\S{1,20}) is already a member of a bridge; can't enslave it\b/,
      /^can't add (?<port>\S{1,20}) to bridge \S{1,20}: (?:Device or r|R)esource busy/,
      /^(?:\S{1,20}: )?(?<port>[\w.-]{1,20}: )?Could not (?:enslave|set master|join netdev).{0,60}: (?:Device or r|R)esource busy/,
      /\bFailed to attach interface: (?<port>\S{1,20}) to bridge \S{1,20}: (?:Device or r|R)esource busy/,
    ],
    errnos: [16],
    what: 'The interface {port|} cannot become a port of that bridge, because it is taken.',
    why: 'It is a port already (perhaps of this very bridge: then nothing need be done), of another bridge, a bond or Open vSwitch, or a macvtap, macvlan or ipvlan lies on it.',
    hint: '`bridge link` and `ip -d link show DEV` (word "master") show where it is; `sudo ip link set DEV nomaster` takes it out of the other one.',
    check: 'tap-device',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-master-busy',
    line: [/^(?:ip: )?RTNETLINK answers: (?:Device or r|R)esource busy$/],
    errnos: [16],
    needs: after(/\blink set\b.{0,60}\bmaster \S/),
    what: 'The interface cannot become a port of that bridge or bond, because something else receives its packets.',
    why: 'A macvtap, macvlan or ipvlan lies on it, or it is a port of Open vSwitch: one receiver for each interface. Membership in another Linux bridge alone would not refuse this (the kernel moves it).',
    hint: '`ip -d link show DEV`, `ip -br link | grep @DEV`, `sudo ovs-vsctl show`: remove what lies on it, or put guest and bridge on another interface.',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-port-unfit',
    line: [
      /^can't add (?<port>\S{1,20}) to bridge \S{1,20}: (?:Invalid argument|Too many levels of symbolic links)/,
      /\bCan ?not enslave (?:a bridge to a bridge|an? \S{1,20} to a bridge)\b/i,
      /^(?:ip: )?RTNETLINK answers: Too many levels of symbolic links$/,
    ],
    errnos: [22, 40],
    what: 'That interface {port|} cannot be a port of a bridge.',
    why: 'A bridge takes Ethernet interfaces only: not another bridge, not the loopback, and none without MAC addresses (tun, WireGuard, PPP). "Symbolic links" has no meaning here: the kernel means bridges within each other.',
    hint: 'Two bridges are joined by a pair (`ip link add v0 type veth peer name v1`, one end in each); a tunnel is reached by routing. For a guest make a TAP with `mode tap`, not `mode tun`.',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-refuses-port',
    line: [/^can't add (?<port>(?!wl)\S{1,20}) to bridge (?<bridge>\S{1,20}): Operation not supported/],
    errnos: [95],
    what: 'The interface {port|} cannot be added to {bridge|that bridge}: one of the two does not do that.',
    why: 'What is named as the bridge is none of the kernel (a card, a bond, a bridge of Open vSwitch), or the port is an interface without a changeable MAC (Wi-Fi, some tunnels).',
    hint: '`ip -d link show {bridge|BRIDGE}` must say "bridge"; Open vSwitch takes ports by `sudo ovs-vsctl add-port BRIDGE PORT`.',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-still-up',
    line: [/\bbridge (?<bridge>\S{1,20}) is still up; can't delete it/],
    what: 'brctl does not remove the bridge {bridge|} while it is up.',
    why: 'It asks for `down` first. Guests on it lose their network then.',
    hint: '`sudo ip link set {bridge|BRIDGE} down` and again, or `sudo ip link del {bridge|BRIDGE}`, which does both.',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-is-none',
    line: [/\bcan't get info (?:Operation not supported|No such device)/],
    errnos: [19, 95],
    what: 'brctl finds no bridge of that name: the interface is of another kind, or is not there.',
    why: 'A card, a TAP or a bridge of Open vSwitch has no ports that brctl could show.',
    hint: '`ip -d link show NAME` tells what it is, `ip -br link show type bridge` lists the bridges.',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-not-there',
    line: [/^(?:bridge|interface) (?<name>[\w.-]{1,20}) does not exist!$/],
    what: 'brctl finds no bridge or interface {name|of that name}.',
    why: 'A bridge must be made first; a TAP that is not persistent is gone when its program ends; either lies in another network namespace perhaps.',
    hint: '`ip -br link` lists what there is; `sudo ip link add br0 type bridge` and `sudo ip link set br0 up` make one, `chv-doctor fix create-tap` a TAP that stays.',
    check: 'tap-device',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'bridge-vlan-no-port',
    line: [/^(?:ip: )?RTNETLINK answers: Operation not supported$/],
    errnos: [95],
    needs: after(/\bbridge (?:vlan|fdb|link|mdb) (?:add|del|set|append|replace)\b/),
    what: 'The kernel cannot set this for that interface, because it is no port of a bridge.',
    why: '`bridge vlan`, `bridge fdb … master` and `bridge link set` belong to ports of a Linux bridge (for the bridge itself the word `self` is needed).',
    hint: '`sudo ip link set DEV master br0` first, then again; VLANs count only with `sudo ip link set br0 type bridge vlan_filtering 1`. `bridge link` lists the ports.',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'vlan-id-invalid',
    line: [/^Error: argument "(?<id>[^"]{1,20})" is wrong: (?:id is invalid|invalid (?:vlan )?id)/i],
    what: 'The number {id|} is no VLAN.',
    why: 'VLANs have the numbers 1 to 4094 (0 and 4095 are reserved).',
    hint: '`sudo ip link add link eth0 name eth0.100 type vlan id 100`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'link-mac-multicast',
    line: [
      /^(?:ip: )?RTNETLINK answers: Cannot assign requested address$/,
      /^SIOCSIFHWADDR: Cannot assign requested address/,
    ],
    errnos: [99],
    needs: ({ before, text }) =>
      /HWADDR/.test(text) ||
      /\baddress "?[0-9a-f][13579bdf]:/i.test(before ?? '') ||
      /\baddress "?(?:00:){5}00/.test(before ?? ''),
    what: 'The kernel does not take this MAC address for an interface.',
    why: 'It is no address of a single card: the first byte is odd (a multicast address) or all bytes are zero.',
    hint: 'Take one with an even first byte, best of the local ones: 02:…, 2e:… or 52:54:00:….',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'link-is-wireless-in-netns',
    line: [
      /^(?:ip: )?RTNETLINK answers: Invalid argument$/,
      /\bThe interface netns is (?:immutable|local)\b/,
    ],
    errnos: [22],
    needs: ({ before, text }) =>
      /netns is/.test(text) || /\blink set\b.{0,20}\bwl\w{1,14}\b.{0,20}\bnetns\b/.test(before ?? ''),
    what: 'The kernel does not move this interface into another network namespace.',
    why: 'Some belong to their namespace: the loopback, bridges and bonds of older kernels, and Wi-Fi cards, which only move together with their radio (phy).',
    hint: 'Make it inside (`ip -n NS link add …`), or move one end of a veth or a macvlan in its place; Wi-Fi: `sudo iw phy phy0 set netns name NS`.',
    reference: manual,
    confidence: 'likely',
  },
  {
    id: 'netns-exists',
    line: [
      /^Cannot create namespace file "(?<name>[^"]{1,80})": File exists/,
      /^Cannot remove namespace file "(?<name>[^"]{1,80})": (?:Device or r|R)esource busy/,
    ],
    errnos: [16, 17],
    what: 'The network namespace {name|} is there already, or its file cannot be removed now.',
    why: 'File exists: it was made by an earlier run; that is harmless if it is the one you want. Busy: its file is still mounted in another mount namespace (a container or a service that was started meanwhile).',
    hint: '`ip netns list`, `sudo ip netns pids NAME` (who runs in it), `sudo ip netns delete NAME`; in a script test for /run/netns/NAME first.',
    reference: 'https://man7.org/linux/man-pages/man8/ip-netns.8.html',
    confidence: 'likely',
  },
  {
    id: 'network-command-not-root',
    line: [
      /^(?:mkdir|mount --make-shared) \/(?:var\/)?run\/netns failed: (?:Permission denied|Operation not permitted)/,
      /^SIOC[SD]\w{4,20}: (?:Permission denied|Operation not permitted)/,
      /^SIOCADDRT: (?:Permission denied|Operation not permitted)/,
      /^(?:can't set bridge \S{1,30}|add bridge failed|can't (?:add|delete) \S{1,20} (?:to|from) bridge \S{1,20}|bridge \S{1,20} can't be deleted): (?:Permission denied|Operation not permitted)/,
      /^tcpdump: (?<device>\S{1,20}): You don't have permission to (?:capture|perform this capture) on that device/,
      /^Cannot (?:set|get) (?:device|wake-on|register|ring|coalesce) \S{1,30}: Operation not permitted/,
      /^(?:ifup|ifdown): failed to open (?:lockfile|statefile) \S{1,60}: Permission denied/,
      /^netlink error: Operation not permitted/,
    ],
    errnos: [1, 13],
    what: 'Looking into or changing the network takes root here: it was not permitted.',
    why: 'The command was run as an ordinary user, or in a container without CAP_NET_ADMIN (for captures CAP_NET_RAW).',
    hint: 'Run it with sudo; a container needs `--cap-add NET_ADMIN` (and NET_RAW); for a guest without root let `chv-doctor fix create-tap` make the TAP once.',
    check: 'tap-device',
    reference: 'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    confidence: 'likely',
  },
]
