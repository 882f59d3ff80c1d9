/** Words of the tools that set up a firewall. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const firewallTerms: Terms = [
  [
    /\bZONE_CONFLICT\b|\bINVALID_ZONE\b/,
    'firewalld keeps each interface in one zone, and knows only the zones that are defined (`firewall-cmd --get-zones`): take it out of the other (`--zone=ZONE --remove-interface=DEV`); the zone libvirt comes with the packages of libvirt, and firewalld must reload after their installation.',
  ],
  [
    /\bCouldn't determine iptables version\b/,
    'ufw calls iptables and got no answer: iptables is not installed, its link (update-alternatives) is broken, or the kernel lacks its modules; `sudo iptables --version` and `sudo iptables -L` by hand show which.',
  ],
  [
    /\bCOMMAND_FAILED: '/,
    'firewalld could not load its rules: the words behind it are those of iptables-restore or nft; mostly a module of the kernel is missing (after an update, before the restart), or a rule of another program stands in the way. `journalctl -u firewalld`.',
  ],
  [
    /\bCould not process rule: (?:No such file or directory|Operation not supported)/,
    'The kernel did not take the rule of nft: a table, chain, set or interface that it names is not there yet, or the kernel has no module for that kind of chain or expression (nft_chain_nat, nft_masq; after an update of the kernel restart first). No file is meant.',
  ],
  [
    /\bError: syntax error, unexpected [\w ]{1,40}(?:, expecting\b|$)/,
    'nft does not understand a word of the rule: the marks below the line point at it. A shell takes { } ; and $ for itself (quote the rule), and rules in the manner of iptables are written otherwise.',
  ],
]
