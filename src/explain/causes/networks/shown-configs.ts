/** Files that configure networks, and states of libvirt's networks, that show their fault by themselves. */
import { type Cause, doc } from '../../cause.ts'

const interfaces = 'https://manpages.debian.org/bookworm/bridge-utils/bridge-utils-interfaces.5.en.html'
const netplan = 'https://netplan.readthedocs.io/en/stable/netplan-yaml/'
const networkd = 'https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html'
const libvirtNetworks = 'https://wiki.libvirt.org/Networking.html'
const microvm = 'https://microvm-nix.github.io/microvm.nix/interfaces.html'

export const shownConfigs: readonly Cause[] = [
  {
    id: 'interfaces-port-configured',
    severity: 'warning',
    line: [/^iface (?<device>\S{2,15}) inet (?<method>dhcp|static)$/],
    needs: ({ text, says }) => {
      const device = /^iface (\S+)/.exec(text)?.[1]?.replaceAll('.', '\\.') ?? ''
      return says(new RegExp(`^\\s*bridge[-_]ports\\s(?:.*\\s)?${device}(?:\\s|$)`))
    },
    what: '/etc/network/interfaces gives {device|the card} an address of its own ({method|dhcp}), although it is a port of a bridge.',
    why: 'A port has no address: with two (on the card and on the bridge) the host answers over the wrong one or not at all.',
    hint: 'Write `iface {device|eno1} inet manual` for the card, and the address (dhcp or static, with gateway) for the bridge only; then `sudo ifreload -a` or `sudo systemctl restart networking` (not over ssh alone).',
    reference: interfaces,
    confidence: 'likely',
  },
  {
    id: 'ifcfg-port-configured',
    severity: 'warning',
    line: [/^BRIDGE=["']?(?<bridge>[\w.-]{2,15})["']?$/],
    needs: ({ says }) => says(/^\s*(?:BOOTPROTO=["']?dhcp|IPADDR=)/) && !says(/^\s*TYPE=["']?Bridge/i),
    what: 'The ifcfg file makes the card a port of {bridge|a bridge} and gives it an address (BOOTPROTO=dhcp or IPADDR) as well: a port has none.',
    why: 'The address belongs to the bridge (a file with TYPE=Bridge); with two the host answers over the wrong one.',
    hint: 'In the file of the card `BOOTPROTO=none`, no IPADDR and no GATEWAY; these go into ifcfg-{bridge|br0}; then `sudo nmcli connection reload` and bring the bridge and its port up again (at the console).',
    check: 'tap-address',
    reference: 'https://networkmanager.dev/docs/',
    confidence: 'likely',
  },
  {
    id: 'interfaces-gateways-two',
    severity: 'warning',
    line: [/^gateway (?<gateway>[\d.]{7,15})$/],
    needs: ({ text, says }) => {
      const gateway = /^gateway ([\d.]+)/.exec(text)?.[1]?.replaceAll('.', '\\.') ?? ''
      return says(/^\s*iface \S/) && says(new RegExp(`^\\s*gateway (?!${gateway}\\s*$)\\d{1,3}\\.`))
    },
    what: '/etc/network/interfaces names two gateways: a machine uses one default route, and the second makes ifup fail or traffic leave by the wrong interface.',
    why: '`gateway` means the way to the rest of the world, and stands on that one interface only.',
    hint: 'Remove `gateway` from the interface that is not the way out (a bridge for guests has none; its own address is the gateway of the guests); single networks behind it: `up ip route add NET via ROUTER`.',
    reference: interfaces,
    confidence: 'likely',
  },
  {
    id: 'bridge-wifi-configured',
    severity: 'warning',
    line: [
      /^bridge[-_]ports\s.{0,60}?\b(?<device>wl\w{1,13})\b/,
      /^interfaces: ?\[.{0,60}?\b(?<device>wl\w{1,13})\b/,
      /^<source dev=['"](?<device>wl\w{1,13})['"] mode=/,
    ],
    what: 'The configuration puts the Wi-Fi card {device|} into a bridge (or a macvtap on it): that does not work for guests.',
    why: 'An access point takes frames only from the MAC of the station that logged in, and the kernel refuses a station as a port of a bridge.',
    hint: 'Leave the Wi-Fi card alone and give the guests a bridge or TAP of their own with an address, ip_forward and NAT (`chv-doctor fix create-tap`, `chv-doctor fix nat`; libvirt: the network "default"), or use a cable.',
    check: 'nat',
    reference: doc('macvtap-bridge.md'),
    confidence: 'likely',
  },
  {
    id: 'netplan-port-configured',
    severity: 'warning',
    line: [/^(?<setting>dhcp4: ?(?:true|yes)|addresses: ?\[?.{0,60})$/],
    needs: ({ before, says }) => {
      const device = /^([\w.-]{2,15}):$/.exec(before ?? '')?.[1]?.replaceAll('.', '\\.') ?? ''
      return (
        device !== '' &&
        says(new RegExp(`^\\s*interfaces: ?\\[(?:.*[\\s,"'])?${device}\\b|^\\s*- ${device}$`)) &&
        says(/^\s*bridges:/)
      )
    },
    what: 'netplan gives a card an address of its own ({setting|dhcp4}), although the card is a port of a bridge.',
    why: 'A port has no address. With one on the card and one on the bridge the host answers over the wrong one, and loses its network as soon as the bridge is up.',
    hint: 'Write `dhcp4: false` (and no addresses) for the card, and `dhcp4: true` or addresses, routes and nameservers under the bridge; `sudo netplan try` takes it back if the connection is lost.',
    reference: netplan,
    confidence: 'likely',
  },
  {
    id: 'networkd-port-configured',
    severity: 'warning',
    line: [/^Bridge=(?<bridge>\S{1,15})$/, /^(?:DHCP=(?:yes|true|ipv4)|Address=\d\S{6,20})$/],
    needs: ({ text, before }) =>
      /^Bridge=/.test(text)
        ? /^(?:DHCP=(?:yes|true|ipv4)|Address=\d|Gateway=)/.test(before ?? '')
        : /^Bridge=\S/.test(before ?? ''),
    what: 'The .network file puts the card into a bridge {bridge|} and gives it an address as well: a port has none.',
    why: 'The address belongs to the bridge; on the port it is of no use, and its routes lead nowhere.',
    hint: 'In the file of the card only `Bridge=br0` below [Network]; DHCP=, Address=, Gateway= and DNS= into the file whose [Match] is Name=br0; then `sudo networkctl reload`.',
    reference: networkd,
    confidence: 'likely',
  },
  {
    id: 'networkd-bridge-without-port',
    severity: 'warning',
    line: [
      /^\d{1,5} (?<device>[\w.-]{1,15})\s{1,12}bridge\s{1,12}(?:no-carrier|off)\s{1,12}configuring\b/,
      /^Kind=bridge$/,
    ],
    needs: ({ text, says }) =>
      (/^\d/.test(text) ? true : says(/^\s*\[Match\]/) && says(/^\s*\[Network\]/)) && !says(/^\s*Bridge=\S/),
    what: 'The bridge {device|} of systemd-networkd has no port that is connected, so it waits for its address.',
    why: 'A port joins by its own .network file: without `Bridge=` for the card nothing binds it to the bridge, and the card keeps the address.',
    hint: 'A file for the card: [Match] Name=enp1s0, [Network] Bridge=br0 (no DHCP there); for TAPs the same with Name=tap* vm-*; DHCP= or Address= in the file of the bridge only; `sudo networkctl reload`, then `networkctl list`.',
    reference: networkd,
    confidence: 'likely',
  },
  {
    id: 'seed-mac-differs',
    severity: 'warning',
    line: [/^(?:macaddress: ?|MACAddress=)["']?(?<mac>[\dA-Fa-f:]{17})["']?$/],
    needs: ({ text, says }) => {
      const mac = /[\dA-Fa-f:]{17}/.exec(text)?.[0] ?? ''
      return (
        says(/\b(?:--net\b.{0,200}|fd=\d{1,3},|tap=\w{0,15},).{0,80}\bmac=[\dA-Fa-f:]{17}/) &&
        !says(new RegExp(`\\bmac=${mac}`, 'i'))
      )
    },
    what: 'The network configuration is for the MAC {mac|in it}, and mac= of --net is another one: the guest does not set its card up.',
    why: 'match: (or [Match]) applies the addresses only to a card with that MAC.',
    hint: 'Write one MAC into both, or match by name (`name: "en*"` below match:); a seed that was changed needs a new instance-id. `chv-doctor check cloud-init` compares them.',
    check: 'cloud-init',
    reference: 'https://cloudinit.readthedocs.io/en/latest/reference/network-config-format-v2.html',
    confidence: 'likely',
  },
  {
    id: 'microvm-interface-name-long',
    severity: 'warning',
    line: [/^(?:microvm\.interfaces.{0,40})?\bid = "(?<name>[\w.-]{16,60})";/],
    needs: ({ says }) => says(/\bmicrovm\b|type = "(?:tap|macvtap)"/),
    what: 'The name {name|of the TAP} is longer than the 15 characters that Linux permits for an interface.',
    why: '`id` of microvm.interfaces is the name of the TAP on the host, which is made with exactly that name.',
    hint: 'Take a short one (`id = "vm-a1";`); on the host a .network file with matchConfig.Name = "vm-*" puts it into the bridge or gives it its address; in the guest match by the MAC.',
    check: 'tap-device',
    reference: microvm,
    confidence: 'likely',
  },
  {
    id: 'microvm-interface-type',
    line: [
      /\bUnsupported interface type '?"?(?<type>\w{1,20})'?"? for Cloud-?\s?Hypervisor/i,
      /\bcloud-hypervisor does not support interface type '?(?<type>\w{1,20})/i,
    ],
    what: 'microvm.nix cannot give Cloud Hypervisor a network of the type {type|user}.',
    why: 'Cloud Hypervisor has TAP and macvtap (and vhost-user), no user-mode network (slirp) of its own as QEMU has.',
    hint: '`type = "tap"` (id = the name of the TAP, set up on the host by systemd-networkd) or "macvtap" with `macvtap.link = "enp1s0"; macvtap.mode = "bridge";`; or `microvm.hypervisor = "qemu"` where "user" is wanted.',
    reference: microvm,
    confidence: 'likely',
  },
  {
    id: 'libvirt-network-not-out',
    severity: 'warning',
    line: [/^<forward mode=['"](?<mode>route)['"]/, /^<bridge name=['"](?<bridge>[\w.-]{2,15})['"]/],
    needs: ({ text, says }) =>
      says(/^\s*<network\b/) &&
      says(/100% packet loss|nreachable|timed out|Temporary failure/) &&
      (text.startsWith('<forward') || !says(/<forward\b/)),
    what: 'That network of libvirt gives its guests no NAT (forward mode {mode|none: it is isolated}).',
    why: 'Without <forward> guests reach each other and the host only. With "route" their packets leave with their own address, and the router of the LAN needs a route back to that network over this host.',
    hint: '`sudo virsh net-edit NAME`: `<forward mode=\'nat\'/>`, then `sudo virsh net-destroy NAME; sudo virsh net-start NAME` (guests must be attached anew: restart them); for "route" add the route on the router.',
    check: 'nat',
    reference: libvirtNetworks,
    confidence: 'likely',
  },
  {
    id: 'libvirt-no-networks-shown',
    severity: 'warning',
    line: [/^Name\s{1,20}State\s{1,20}Autostart(?:\s{1,20}Persistent)?$/],
    needs: ({ says }) => says(/\bnet-list\b/) && !says(/^\s*[\w.-]+\s+(?:active|inactive)\s+(?:yes|no)/),
    what: 'libvirt shows no network at all.',
    why: 'virsh without root talks to qemu:///session, which does not see the networks of the system; as root the network "default" was not defined (its package is missing, or it was undefined). `net-list` without --all hides those that are off.',
    hint: '`sudo virsh -c qemu:///system net-list --all`; if "default" is missing: install libvirt-daemon-config-network (Debian, Ubuntu: libvirt-daemon-system brings it), or `sudo virsh net-define /usr/share/libvirt/networks/default.xml`, then net-start and net-autostart.',
    reference: libvirtNetworks,
    confidence: 'likely',
  },
  {
    id: 'network-manager-no-address',
    line: [/\bIP configuration could not be reserved\b/],
    what: 'NetworkManager got no address for the connection: no DHCP server answered in time.',
    why: 'Of a bridge mostly its port connection is not up (`nmcli connection up` for the port, too), so it has no carrier; or STP delays it for 30 seconds, or there is no server on that link.',
    hint: '`nmcli connection add type ethernet ifname enp3s0 master br0` and bring that up; `nmcli connection modify br0 bridge.stp no`; `bridge link` must list the card; a link without a server needs `ipv4.method manual` (or `shared` for guests with NAT).',
    check: 'tap-device',
    reference: 'https://networkmanager.dev/docs/',
    confidence: 'likely',
  },
  {
    id: 'openvswitch-vhost-port-down',
    severity: 'warning',
    line: [
      /^status\s{0,20}: \{.{0,300}\bstatus=disconnected\b/,
      /^state:\s{1,10}LINK_DOWN$/,
      /^link_state\s{0,20}: down$/,
    ],
    needs: ({ says }) => says(/\bdpdkvhostuser|vhost-?user/i),
    what: 'The vhost-user port of Open vSwitch is down: no VM is connected to its socket, or its driver has not switched the card on.',
    why: 'With dpdkvhostuserclient the VM must make the socket (server), with dpdkvhostuser the switch does. Connected and still down: the guest has no driver running (firmware, DPDK in the guest), or the memory is not shared.',
    hint: 'dpdkvhostuserclient: `--net vhost_user=true,socket=FILE,vhost_mode=server` with the very path of vhost-server-path; always `--memory size=…,shared=on` (hugepages=on), num_queues as the port has; `sudo ovs-vsctl get Interface NAME status` and `ss -xp | grep FILE`.',
    reference: doc('vhost-user-net-testing.md'),
    confidence: 'likely',
  },
  {
    id: 'openvswitch-dpdk-device-refused',
    line: [/\bError attaching device '(?<device>[^']{1,60})' to DPDK\b/],
    what: 'DPDK in Open vSwitch did not take the card {device|}.',
    why: 'The card is not bound to vfio-pci (or is a Mellanox card without its libraries), its IOMMU group is shared, the address is wrong, or DPDK has no huge pages on its NUMA node.',
    hint: '`sudo dpdk-devbind.py --status`, `sudo dpdk-devbind.py -b vfio-pci {device|ADDRESS}` with intel_iommu=on (or amd_iommu) on the kernel command line; `grep -i huge /proc/meminfo`; the reason stands in /var/log/openvswitch/ovs-vswitchd.log.',
    reference: doc('vhost-user-net-testing.md'),
    confidence: 'likely',
  },
]
