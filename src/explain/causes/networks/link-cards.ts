/** What bonds, ethtool and the kernel say of cards and their settings. */
import type { Cause } from '../../cause.ts'

const manual = 'https://man7.org/linux/man-pages/man8/ip-link.8.html'

export const linkCards: readonly Cause[] = [
  {
    id: 'link-radio-blocked',
    line: [/\bOperation not possible due to RF-kill\b/],
    errnos: [132],
    what: 'The Wi-Fi or Bluetooth card is switched off (rfkill), so its interface cannot be set up.',
    why: 'A key or switch of the machine (hard), or a setting (soft, airplane mode) blocks it.',
    hint: '`rfkill list` shows which; `sudo rfkill unblock all` lifts a soft block, only the switch a hard one.',
    reference: 'https://man7.org/linux/man-pages/man8/rfkill.8.html',
    confidence: 'likely',
  },
  {
    id: 'link-name-not-unique',
    line: [/^SIOCSIFFLAGS: Name not unique on network/],
    errnos: [76],
    what: 'The interface cannot be set up: another one beside it has the same MAC address or name (ENOTUNIQ).',
    why: 'Two macvlans, VLANs or VMs were made with one MAC.',
    hint: 'Compare `ip -br link`, and give each its own MAC (`ip link set DEV address 02:…`; mac= of --net).',
    reference: manual,
    confidence: 'possible',
  },
  {
    id: 'bond-partner-silent',
    severity: 'warning',
    line: [/\bNo 802\.3ad response from the link partner\b/],
    what: 'The switch does not answer the bond: no LACP (802.3ad) comes back on any of its ports.',
    why: 'The ports of the switch are not set up as one LACP group (or in another mode), or the cables lead to two switches without MLAG. Traffic then runs over one port at best, or is lost.',
    hint: 'Make the port channel with LACP on the switch, or use `mode active-backup`, which needs nothing there; `cat /proc/net/bonding/bond0` shows partner and ports.',
    reference: 'https://docs.kernel.org/networking/bonding.html',
    confidence: 'likely',
  },
  {
    id: 'bond-port-refused',
    line: [
      /\bfailed to get link speed\/duplex\b/,
      /\bThe (?:slave )?device specified does not support setting the MAC address\b/,
      /\bdev \S{1,20} has different mac\b/i,
    ],
    severity: 'warning',
    what: 'A port of the bond is not fully usable: its driver does not tell the speed, or cannot change its MAC.',
    why: 'Cards of VMs (virtio-net without a speed) and of tunnels do that; LACP and some modes need the speed, and all modes but fail_over_mac=active give the ports one MAC.',
    hint: 'In a VM bond on the host, not in the guest; else `ethtool -s DEV speed 1000 duplex full`, or mode active-backup with fail_over_mac=active and miimon=100.',
    reference: 'https://docs.kernel.org/networking/bonding.html',
    confidence: 'likely',
  },
  {
    id: 'ethtool-feature-fixed',
    line: [
      /^Could not change any device features/,
      /^Cannot (?:change|set) \S{1,40}(?: \S{1,20}){0,3}: Operation not supported/,
      /^netlink error: Operation not supported/,
    ],
    errnos: [95],
    what: 'The driver of that interface does not have this setting, or it is fixed.',
    why: 'Offloads that `ethtool -k` shows with [fixed] cannot be changed; in a guest the VMM decides what virtio-net offers (offload_tso, offload_ufo, offload_csum of --net); TAPs and bridges know few settings.',
    hint: '`ethtool -k DEV | grep -v fixed` lists what can be changed; change it at the other end (the TAP on the host, or --net) where it is fixed.',
    reference: 'https://man7.org/linux/man-pages/man8/ethtool.8.html',
    confidence: 'likely',
  },
]
