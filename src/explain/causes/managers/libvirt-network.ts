/** What libvirt says of its networks and bridges. */
import type { Cause } from '../../cause.ts'

const networks = 'https://libvirt.org/formatnetwork.html'

export const libvirtNetwork: readonly Cause[] = [
  {
    id: 'libvirt-network-range-taken',
    line: [/Network is already in use by interface (?<name>[\w.-]{1,20})/],
    what: 'libvirt does not start the network because the interface {name|that the line names} of this host has the same addresses already.',
    why: 'Mostly this machine is itself a VM behind 192.168.122.0/24 of libvirt, or a VPN or the LAN has that range; virbr0 in the line may be left of a network that was started before or under another name.',
    hint: '`ip -br addr` shows who has it; change <ip address> and <range> in `sudo virsh net-edit default` (for example to 192.168.150.1), then `sudo virsh net-start default`.',
    reference: networks,
    confidence: 'likely',
  },
  {
    id: 'libvirt-bridge-name-taken',
    line: [
      /\bbridge name '(?<name>[\w.-]{1,20})' already in use\b/,
      /\bnetwork '(?<name>[^']{1,40})' already exists with uuid [\da-f]/,
      /\bnetwork is already active as '(?<name>[^']{1,40})'/,
    ],
    what: 'libvirt has a network or a bridge {name|of that name} already.',
    why: 'It is defined or active from before, perhaps under another name or UUID: nothing is wrong with the host.',
    hint: '`sudo virsh net-list --all` shows it: start that one (`net-start NAME`), change it (`net-edit NAME`), or choose another <name>, <uuid> and <bridge name>.',
    reference: networks,
    confidence: 'likely',
  },
  {
    id: 'libvirt-bridge-refused',
    line: [
      /Unable to create bridge (?<bridge>[\w.-]{1,20}): (?<words>[A-Z][\w ]{3,40})/i,
      /Unable to add bridge (?<bridge>[\w.-]{1,20}) port (?<port>[\w.-]{1,20}): (?<words>[A-Z][\w ]{3,40})/,
      /error creating bridge interface (?<bridge>[\w.-]{1,20}): (?<words>File exists|Package not installed|Operation not (?:supported|permitted)|No such device|Invalid argument)/,
    ],
    what: 'libvirt could not make the bridge {bridge|} or attach the VM to it: {words|see the message}.',
    why: 'Package not installed: the kernel has no module bridge (updated and not restarted, or built without). Operation not supported: that interface is no Linux bridge (a network card, Wi-Fi, a bond; for Open vSwitch the XML needs <virtualport type="openvswitch"/>). Operation not permitted: a session of a user (qemu:///session) makes no bridges, which takes the system (qemu:///system). File exists: something of that name is left. No such device: the bridge is gone.',
    hint: 'A bridge that is left over, and that nobody uses, is deleted with `sudo ip link delete NAME`. `sudo modprobe bridge`; `ip -d link show NAME` says what it is. Name a bridge in <source bridge=>; for a plain card use <interface type="direct"> (macvtap).',
    reference: networks,
    confidence: 'likely',
  },
  {
    id: 'libvirt-tool-not-executed',
    line: [/\berror : cannot execute binary (?<program>(?!\S{0,160}\/hooks\/)\S{1,160}): Permission denied/],
    what: 'libvirt may not execute {program|a program that it needs}.',
    why: 'The daemon runs as root, so it is a policy (SELinux, AppArmor) after an update, or the file is not executable: a link to nowhere, a file system that is mounted noexec.',
    hint: '`ls -lZ PROGRAM`, `sudo ausearch -m avc -ts recent` (or DENIED in `sudo dmesg`); update the policy, `sudo restorecon -v PROGRAM`, and start the daemon again.',
    reference: 'https://libvirt.org/drvqemu.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-firewall-refused',
    line: [
      /\bfirewalld is set to use the nftables backend, but the required firewalld 'libvirt' zone is missing\b/,
      /\bFailed to initialize a valid firewall backend\b/,
      /\bFailed to apply firewall (?:rules|command)\b/,
      /COMMAND_FAILED: .{0,200}(?:LIBVIRT_|virbr)/,
      /\bINVALID_ZONE: libvirt\b/,
      /\bfirewall_backend.{0,60}(?:not available|cannot be used|unavailable)/,
    ],
    what: 'libvirt could not set the firewall rules of its network, so the network does not start.',
    why: 'The tools are missing (iptables or nft), a module of the kernel is (it was updated, and the machine not restarted), firewalld lacks the zone libvirt, another program flushed the chains that libvirt made, or IPv6 is off in the kernel (ipv6.disable=1), which ip6tables calls an address family that is not supported.',
    hint: 'Install iptables or nftables, restart after an update of the kernel, then `sudo systemctl restart firewalld` (if it is used) and the daemon (libvirtd or virtnetworkd), and `sudo virsh net-start default`; from 10.4 on firewall_backend in /etc/libvirt/network.conf chooses nftables or iptables.',
    reference: 'https://libvirt.org/firewall.html',
    confidence: 'likely',
  },
  {
    id: 'libvirt-macvtap-refused',
    line: [
      /\berror creating macv(?:tap|lan) interface (?<name>\S{1,30}?)(?:@(?<parent>[\w.-]{1,20}))?(?: \([\da-f:]{17}\))?: (?<words>[A-Z][\w ]{3,40})/i,
      /\bUnable to get (?:index|VF count|link info) for interface (?<parent>[\w.-]{1,20}): (?<words>[A-Z][\w ]{3,40})/i,
    ],
    what: 'libvirt could not make a macvtap on the card {parent|of the host}: {words|see the message}.',
    why: 'Device or resource busy: the card is a port of a bridge or bond, or its MAC address is in use already. No such device: <source dev=> names a card that this host does not have. Wi-Fi cards mostly take no macvtap.',
    hint: '`ip -br link` lists the cards; attach to the bridge instead (<interface type="bridge">), or take the card out of it.',
    reference: 'https://libvirt.org/formatdomain.html#direct-attachment-to-physical-interface',
    confidence: 'likely',
  },
  {
    id: 'libvirt-dnsmasq-refused',
    line: [
      /dnsmasq: failed to create listening socket for (?<address>[\da-f.:]{3,40}): (?<words>[A-Z][\w ]{3,40})/,
    ],
    needs: ({ says }) => says(/libvirt|virsh|virbr|net-start/i),
    what: 'The dnsmasq that libvirt starts for its network cannot listen on {address|its address}: {words|see the message}.',
    why: 'Address in use: another name server (a dnsmasq of the system, named, unbound, systemd-resolved with DNSStubListenerExtra) has port 53 on all addresses, or an old dnsmasq of that network still runs.',
    hint: '`sudo ss -lunp sport = :53` shows who it is. Stop it (`sudo systemctl disable --now dnsmasq`), or give it `bind-interfaces` and `except-interface=virbr0`; then `sudo virsh net-start default`.',
    reference: 'https://wiki.libvirt.org/Libvirtd_and_dnsmasq.html',
    confidence: 'likely',
  },
]
