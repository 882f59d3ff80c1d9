/** What Docker and Podman say of their networks and rules. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#firmware-booting')
const docker = 'https://docs.docker.com/engine/network/packet-filtering-firewalls/'

export const containerNetworks: readonly Cause[] = [
  {
    id: 'docker-chain-flushed',
    line: [
      /\biptables failed: iptables\b.{0,200}\bDOCKER\b/,
      /\bdriver failed programming external connectivity\b.{0,200}\bNo chain\/target\/match by that name/,
      /\bnetavark: .{0,20}iptables: No chain\/target\/match by that name/,
    ],
    what: 'The rules that Docker or Podman made for their networks are gone, so no port can be forwarded.',
    why: 'Something cleared the firewall after they started (`iptables -F`, a restart of firewalld or nftables.service, iptables-restore), or switched between legacy and nft.',
    hint: '`sudo systemctl restart docker` sets them anew; for Podman `sudo podman network reload --all`.',
    reference: docker,
    confidence: 'likely',
  },
  {
    id: 'docker-ranges-used-up',
    line: [
      /\bPool overlaps with other one on this address space\b/,
      /\bnetwork \S{1,60} \S{1,20} is already (?:used|being used) (?:on the host|by)\b|\bsubnet \S{9,18} is already used on the host\b/,
    ],
    what: 'The range of addresses that the container network asks for is in use on this host.',
    why: 'A network of an earlier project has it (perhaps of another engine), or a route of the host overlaps with it, as those of a VPN do.',
    hint: '`docker network ls`; `docker network prune` removes those that no container uses (podman alike), `ip route` shows what the host has. Or name another range: `docker network create --subnet 10.77.0.0/24 NAME`.',
    reference: 'https://docs.docker.com/engine/network/',
    confidence: 'likely',
  },
  {
    id: 'container-network-exists',
    severity: 'note',
    line: [
      /\bnetwork (?:with )?name "?(?<name>[\w.-]{1,60})"? (?:already exists|is already used|already used)/,
    ],
    what: 'The container engine has a network {name|of that name} already.',
    why: 'An earlier run made it; that is harmless if its range and driver are the wanted ones.',
    hint: '`docker network inspect NAME` (or podman) shows it; `docker network rm NAME` removes one that no container uses.',
    reference: 'https://docs.docker.com/engine/network/',
    confidence: 'likely',
  },
  {
    id: 'bridge-filter-note',
    severity: 'note',
    line: [
      /\bbridge-nf-call-ip6?tables is disabled\b/,
      /\bfiltering via arp\/ip\/ip6tables is no longer available by default\b/,
    ],
    what: 'A remark: packets that stay on a bridge do not pass iptables (br_netfilter is not loaded or off).',
    why: 'For VMs on a bridge that is what one wants. Only Kubernetes and Docker with its own rules between containers of one bridge need it.',
    hint: 'Only if those need it: `sudo modprobe br_netfilter` and `sudo sysctl -w net.bridge.bridge-nf-call-iptables=1`.',
    reference: readme,
    confidence: 'likely',
  },
]
