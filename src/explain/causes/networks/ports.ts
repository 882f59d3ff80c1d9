/** What programs say of ports that they may not or cannot listen on, and of servers of packages that do not answer. */
import { type Cause, doc } from '../../cause.ts'

const readme = doc('README.md#firmware-booting')
const ports = 'https://man7.org/linux/man-pages/man8/ss.8.html'

export const portsTaken: readonly Cause[] = [
  {
    id: 'package-server-waits',
    severity: 'warning',
    line: [/^\d{1,2}% \[(?:Connecting to (?<server>\S{3,80})|Waiting for headers)/],
    needs: ({ says }) => !says(/^(?:Reading package lists|Fetched \d)|\bHit:\d|\bGet:\d/),
    what: 'apt waits for its server, and nothing comes back over the network.',
    why: 'The name was resolved where an address stands beside it; then packets do not come back: no NAT or forwarding for a guest, a firewall, IPv6 without a way out, or (waiting for headers) an MTU that is too large or a proxy.',
    hint: 'Try `curl -4 -v http://deb.debian.org/`, `sudo apt-get -o Acquire::ForceIPv4=true update`, and `ping -M do -s 1372 9.9.9.9`; `chv-doctor check nat` looks at the host.',
    check: 'nat',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'port-taken',
    line: [
      /\b(?:Error starting userland proxy|failed to bind host port|rootlessport)\b.{0,120}(?:listen|bind)?.{0,60}: ?(?:bind: )?address already in use/i,
      /^Failed to bind (?:any )?(?:TCP |UDP )?port (?<port>\d{1,5}) \(Address already in use\)/,
      /\baardvark-dns failed to start\b.{0,300}Address already in use/,
      /^(?:nc|ncat|iperf3?|socat|http-server)\b.{0,80}: Address already in use/i,
      /^bind \[\S{2,45}\]:(?<port>\d{1,5}): Address already in use/,
      /\bOSError: \[Errno 98\] Address already in use/,
    ],
    errnos: [98],
    what: 'The port {port|}{address|} is taken: another program on this machine listens there.',
    why: 'An earlier run or another container, VM or ssh forwarding has it; 53 mostly is systemd-resolved or a dnsmasq, 80 and 443 a web server.',
    hint: '`sudo ss -lntup | grep :PORT` names the program, `docker ps` the container; end that one, or choose another port. For 53 bind the own address only, or set DNSStubListener=no in /etc/systemd/resolved.conf.',
    reference: ports,
    confidence: 'likely',
  },
  {
    id: 'port-privileged',
    line: [
      /^Failed to bind (?:any )?(?:TCP |UDP )?port (?<port>\d{1,5}) \(Permission denied\)/,
      /\brootlessport\b.{0,80}privileged port (?<port>\d{1,4})/,
      /\brootlessport\b.{0,80}:(?<port>\d{1,4}): bind: permission denied/,
      /^bind \[\S{2,45}\]:(?<port>\d{1,4}): Permission denied/,
    ],
    errnos: [13],
    what: 'A program without root may not listen on port {port|below 1024}.',
    why: 'Ports below net.ipv4.ip_unprivileged_port_start (1024) take root or cap_net_bind_service.',
    hint: 'Forward a higher one (8080 in place of 80, 2222 in place of 22), or `sudo sysctl -w net.ipv4.ip_unprivileged_port_start=80`.',
    reference: 'https://docs.kernel.org/networking/ip-sysctl.html',
    confidence: 'likely',
  },
]
