/** Why a name is not resolved, in the words of the resolver and of the programs that asked. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#firmware-booting')
const resolved = 'https://www.freedesktop.org/software/systemd/man/latest/systemd-resolved.service.html'
const resolver = 'https://man7.org/linux/man-pages/man5/resolv.conf.5.html'

const apart =
  'Tell them apart there: `ping -c1 9.9.9.9` (does anything get out?), `getent hosts example.org`, `resolvectl status` or `cat /etc/resolv.conf` (which server?), `dig @9.9.9.9 example.org` (does another one answer?).'

export const namesOfHosts: readonly Cause[] = [
  {
    id: 'resolver-file-missing',
    line: [/(?:^|[ '"])(?:\/[\w.-]{1,60}){0,6}\/etc\/resolv\.conf'?"?: No such file or directory/],
    errnos: [2],
    what: '/etc/resolv.conf is not there (or is a link that leads to nothing), so no program knows a name server.',
    why: 'It mostly is a link to /run/systemd/resolve/stub-resolv.conf, and systemd-resolved does not run; in a chroot or an unpacked root file system /run is empty.',
    hint: '`ls -l /etc/resolv.conf`; `sudo systemctl enable --now systemd-resolved`; without it replace the link by a file: `echo nameserver 9.9.9.9 | sudo tee /etc/resolv.conf` (after `sudo rm /etc/resolv.conf`, if it is a link).',
    reference: resolver,
    confidence: 'likely',
  },
  {
    id: 'resolver-service-missing',
    line: [
      /\borg\.freedesktop\.resolve1\b.{0,120}(?:unknown unit|not found|not activatable|could not be activated|masked|is disabled)/i,
      /^Unit systemd-resolved\.service (?:could not be found|not found|is masked)/,
    ],
    what: 'systemd-resolved is not there on this machine.',
    why: 'Since Debian 12 it is a package of its own, and minimal images leave it out; or it is masked in favour of another resolver.',
    hint: '`sudo apt-get install systemd-resolved` (while names still work), or name a server in /etc/resolv.conf.',
    reference: resolved,
    confidence: 'likely',
  },
  {
    id: 'name-not-existing',
    line: [
      /\bserver can't find (?<name>\S{1,120}): NXDOMAIN/,
      /^Host (?<name>\S{1,120}) not found: 3\(NXDOMAIN\)/,
      /\bresolve call failed: '?(?<name>\S{1,120}?)'? not found/,
      /\bstatus: (?<name>NXDOMAIN)\b/,
    ],
    what: 'A name server answered, and says that this name does not exist (NXDOMAIN).',
    why: 'The way to the server works. The name is misspelt, lacks its domain, or is known only to another server: an internal zone, a VPN, the names of libvirt or dnsmasq for guests.',
    hint: 'Ask the server that should know it: `dig @SERVER {name|NAME}`; `resolvectl domain` and `search` in /etc/resolv.conf; names of guests belong into /etc/hosts or a DNS of your own.',
    reference: resolver,
    confidence: 'likely',
  },
  {
    id: 'name-server-fails',
    line: [
      /\bserver can't find (?<name>\S{1,120}): (?<code>SERVFAIL|REFUSED)/,
      /^Host (?<name>\S{1,120}) not found: [25]\((?<code>SERVFAIL|REFUSED)\)/,
      /\bstatus: (?<code>SERVFAIL|REFUSED)\b/,
    ],
    what: 'The name server answers, and cannot or will not find out the name ({code|SERVFAIL}).',
    why: 'SERVFAIL: the server behind it does not answer, or its signatures do not hold (DNSSEC, often a clock that is wrong). REFUSED: it does not serve this client.',
    hint: '`dig @9.9.9.9 example.org` asks another; `dig +cd NAME` without DNSSEC; `timedatectl` shows the clock; see the forwarders of that server, or use another one.',
    reference: resolved,
    confidence: 'likely',
  },
  {
    id: 'name-dnssec-refused',
    line: [/\bDNSSEC validation failed: (?<words>[\w-]{3,40})/],
    what: 'systemd-resolved got an answer and drops it, because its signature does not hold ({words|DNSSEC}).',
    why: 'The clock of the machine is wrong (a guest without time), the name server in between strips the signatures, or an internal zone has none.',
    hint: '`timedatectl` first; `resolvectl dnssec`; with a router that cannot do it set `DNSSEC=allow-downgrade` in /etc/systemd/resolved.conf, and restart systemd-resolved.',
    reference: resolved,
    confidence: 'likely',
  },
  {
    id: 'name-without-address',
    line: [/\b(?:No address associated with hostname|Address family for hostname not supported)\b/],
    what: 'The name has no address of the kind that was asked for.',
    why: 'The name exists, and has only IPv6 addresses where IPv4 was asked for (or the other way round); or the machine has no address of that kind itself, so the resolver leaves it out. Old systems also say so when no server answers.',
    hint: '`dig A NAME` and `dig AAAA NAME`; try `-4` or `-6`; `ip -br addr` shows what the machine has.',
    reference: 'https://man7.org/linux/man-pages/man3/getaddrinfo.3.html',
    confidence: 'likely',
  },
  {
    id: 'name-lookup-unanswered',
    line: [
      /\bresolve call failed: (?:All attempts to contact name servers or networks failed|Query timed out|No appropriate name servers)/,
      /\bgetaddrinfo (?:EAI_AGAIN|ENOTFOUND) (?<name>[\w.-]{1,120})/,
      /\bUnknownHostException: (?<name>[\w.-]{1,120})/,
      /\bfailed to lookup address information\b/,
      /^ERROR: \S{1,200}: DNS (?:lookup error|error.{0,40})/,
      /\bDNS lookup error\b/,
      /\bunable to resolve host address ['‘"`](?<name>[\w.-]{1,120})/,
      /\bfailed to resolve (?:host ?name|address for) ['"`]?(?<name>[\w.-]{1,120})/i,
      /\bsocket\.gaierror: \[Errno -[23]\]/,
      /\bResolving timed out after \d{1,7} milliseconds\b/,
    ],
    what: 'The name {name|of a server} was not resolved: no name server answered, or none is set.',
    why: 'In a guest: no name server was set (seed, DHCP), the one that is set is not reached (no default route, no forwarding or NAT on the host, a firewall), or it is 127.0.0.53 with nothing behind it. On the host: the network is down, or a VPN changed /etc/resolv.conf.',
    hint: apart,
    check: 'nat',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'resolver-local-in-container',
    severity: 'note',
    line: [/\bLocal \(127\.0\.0\.\d{1,3}\) DNS resolver found in resolv\.conf and containers can't use it\b/],
    what: 'Docker remarks that the name server of the host is one on its loopback, which containers cannot reach; it gives them 8.8.8.8 instead.',
    why: 'A container (and a guest) has a loopback of its own. Where 8.8.8.8 is blocked or internal names are needed, names fail in containers.',
    hint: 'Set `"dns": ["ADDRESS"]` in /etc/docker/daemon.json to a server that they reach, and restart Docker.',
    reference: 'https://docs.docker.com/engine/network/',
    confidence: 'likely',
  },
]
