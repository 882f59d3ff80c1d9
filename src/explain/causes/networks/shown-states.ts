/** States that short tables show: ip -br, bridge link, nmcli device, resolvectl, ethtool. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#firmware-booting')
const bridges = 'https://man7.org/linux/man-pages/man8/bridge.8.html'
const ethtool = 'https://man7.org/linux/man-pages/man8/ethtool.8.html'

export const shownStates: readonly Cause[] = [
  {
    id: 'link-down-shown',
    severity: 'note',
    line: [
      /^(?<device>(?:(?:vm)?tap|vmtap|vnet|macvtap|br|vmbr)[\w.-]{0,13})(?:@\S{1,20})?\s{1,20}DOWN\b/,
      /\b(?<device>(?:(?:vm)?tap|vmtap|vnet|veth)[\w.-]{0,13})(?:@\S{1,20})?: <.{3,100}> .{0,60}\bmaster \S{1,20} state disabled\b/,
      /(?:^|› )(?:\d{1,6}: )?(?<device>(?:vm)?tap[\w.-]{0,12}|vnet\d{1,3}): <NO-CARRIER,.{0,60}\bUP>.{0,120}\bstate DOWN\b/,
      /^(?<device>(?:(?:vm)?tap|vmtap|vnet)[\w.-]{0,13}): flags=\d{1,5}<(?!\S{0,60}RUNNING)/,
    ],
    what: 'The interface {device|} is down: nothing passes.',
    why: 'Without UP among its flags nobody set it up; with NO-CARRIER nothing is attached: a TAP has a carrier only while a VM has it open, a bridge only while one of its ports has.',
    hint: '`sudo ip link set {device|DEV} up`; then start the VM with that very name in --net tap=, and look again.',
    check: 'tap-device',
    reference: bridges,
    confidence: 'likely',
  },
  {
    id: 'only-link-local-ipv6',
    severity: 'warning',
    line: [
      /^(?<device>e(?:th|n)\w{1,13})\s{1,20}UP\s{1,20}fe80:[\da-f:]{2,40}\/64$/,
      /(?:^|› )(?:\d{1,6}: )?(?<device>e(?:th|n)\w{1,13}): <(?:\S{0,60},)?LOWER_UP>(?!.{0,120}\bmaster ).{0,120}\bstate UP\b/,
    ],
    needs: ({ text, says }) =>
      !text.includes(': <') ||
      (says(/^\s*inet6 fe80:/) && !says(/^\s*inet (?!127\.)\d/) && !says(/^\s*inet6 (?!fe80:|::1)/)),
    what: 'The card {device|} is up and has no address besides the link-local one (fe80:…): no IPv4, no routed IPv6.',
    why: 'Nobody answered its DHCP question, or no network configuration fits its name or MAC.',
    hint: '`networkctl status DEV` or `nmcli device show DEV`; `sudo tcpdump -ni TAP port 67 or port 68` on the host; or a static address in the seed.',
    check: 'cloud-init',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'network-manager-state',
    severity: 'note',
    line: [
      /^(?<device>e(?:th|n)\w{1,13})\s{1,20}ethernet\s{1,20}(?<state>unmanaged|connecting \(getting IP configuration\)|unavailable)(?!\w)/,
      /^(?<device>br\w{0,13})\s{1,20}bridge\s{1,20}(?<state>connecting \(getting IP configuration\))/,
    ],
    what: 'NetworkManager has not configured the card {device|}: its state is {state|not connected}.',
    why: 'unmanaged: another tool has it (/etc/network/interfaces, netplan with networkd, a rule in NetworkManager.conf). getting IP configuration: no DHCP server answers, or a bridge has no port that is up. unavailable: no carrier.',
    hint: 'unmanaged: `sudo nmcli device set DEV managed yes`; else see `journalctl -u NetworkManager -b`, and the DHCP server on that link.',
    reference: 'https://networkmanager.dev/docs/',
    confidence: 'likely',
  },
  {
    id: 'resolver-no-server',
    severity: 'warning',
    line: [/^Current Scopes: none$/],
    needs: ({ says }) => !says(/Current Scopes: (?!none)|^\s*(?:Current )?DNS Servers?: ?\S/),
    what: 'systemd-resolved has no name server for any interface (Scopes: none): no name is resolved.',
    why: 'Neither DHCP nor the static configuration gave one, or the interfaces are down.',
    hint: 'Add `nameservers:` to network-config or netplan (DNS= in the .network file); at once: `sudo resolvectl dns DEV 9.9.9.9`.',
    check: 'cloud-init',
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/resolvectl.html',
    confidence: 'likely',
  },
  {
    id: 'card-no-link',
    severity: 'warning',
    line: [/^Link detected: no$/],
    what: 'The interface has no link (Link detected: no).',
    why: 'A card: cable, switch port, or the interface is not set up (many drivers switch the link off then). A TAP: no VM has it open. In a guest: the link was switched off by the VMM, or the driver does not run.',
    hint: '`sudo ip link set DEV up` and look again; then the cable and `sudo dmesg | grep DEV`.',
    reference: ethtool,
    confidence: 'likely',
  },
  {
    id: 'card-checksum-failed',
    severity: 'warning',
    line: [/^(?<device>[\w.-]{1,15}): hw csum failure/],
    what: 'The card of {device|an interface} reported a checksum that does not fit the packet; the kernel counts it anew and goes on.',
    why: 'A fault of the driver or of the offload below (a tunnel, VLAN or bridge changes packets); mostly only a load and a flood of messages.',
    hint: '`sudo ethtool -K {device|DEV} rx off` avoids it; a newer kernel or firmware mends it.',
    reference: ethtool,
    confidence: 'likely',
  },
  {
    id: 'arping-address-taken',
    severity: 'warning',
    line: [/^Unicast reply from (?<address>[\d.]{7,15}) \[(?<mac>[\dA-Fa-f:]{17})\]/],
    needs: ({ says }) => says(/\barping .{0,20}-D\b|^ARPING \S+ from 0\.0\.0\.0 /),
    what: 'The address {address|} is taken: a machine with the MAC {mac|in the line} answers for it (arping -D).',
    why: 'A guest was cloned with its static address, or DHCP gave it to another one.',
    hint: 'Take another address outside of the range of DHCP; `ip neigh` and the first six digits of the MAC (52:54:00 is QEMU and libvirt) help to find its owner.',
    check: 'tap-address',
    reference: 'https://man7.org/linux/man-pages/man8/arping.8.html',
    confidence: 'likely',
  },
  {
    id: 'arping-two-answers',
    severity: 'warning',
    line: [/^Unicast reply from (?<address>[\d.]{7,15}) \[(?<mac>[\dA-Fa-f:]{17})\]/],
    needs: ({ text, says }) => {
      const [, address = '', mac = ''] = /from ([\d.]+) \[([\dA-Fa-f:]{17})\]/.exec(text) ?? []
      return says(new RegExp(`Unicast reply from ${address.replaceAll('.', '\\.')} \\[(?!${mac})`, 'i'))
    },
    what: 'Two machines answer for {address|that address} (two MACs): packets go now to the one, now to the other.',
    why: 'Guests were cloned with one static address or one machine-id (the DHCP client identifies itself by it), or the address was set by hand inside the range of DHCP.',
    hint: '`ip -br link` in the guests finds the two MACs: give one of them another address; after cloning empty /etc/machine-id (`sudo truncate -s 0 /etc/machine-id`) and restart it.',
    check: 'tap-address',
    reference: 'https://man7.org/linux/man-pages/man8/arping.8.html',
    confidence: 'likely',
  },
]
