/** What tools say that use the network, mostly inside of a guest: packages, names, certificates, time, ping. */
import { type Cause, doc } from '../../cause.ts'

const networking = doc('README.md#firmware-booting')

const apart =
  'Tell the possible reasons apart from near to far: `ip -br addr` and `ip route` in the guest (an address and a default route?), `ping -c1 GATEWAY` (the TAP of the host), `ping -c1 9.9.9.9` (forwarding and NAT of the host), `getent hosts example.org` (names).'

export const guestNetwork: readonly Cause[] = [
  {
    id: 'ping-unanswered',
    line: [
      /\b(?<sent>\d+) packets transmitted, 0 (?:packets )?received/,
      /\bDestination Host Unreachable\b/,
      /\bicmp_seq=\d{1,6} (?:Zielhost nicht erreichbar|Hôte (?:de destination )?(?:injoignable|inaccessible)|Host de destino inalcanzable|Host di destinazione irraggiungibile|Host de Destino (?:Inacessível|Inalcançável)|Хост назначения недоступен|目标主机不可达|目标主机不可到达)/i,
      /\bReceived = 0, Lost = [1-9]/,
      /\b\d+ (?:Pakete übertragen, 0|paquets transmis, 0|paquetes transmitidos, 0|pacotes transmitidos, 0|pacchetti trasmessi, 0)\b/,
      /^[\da-f.:]{3,40} dev \S{1,20} .{0,60}\b(?:INCOMPLETE|FAILED)\b.{0,10}$|[(<]incomplete[)>]/,
    ],
    needs: ({ says }) =>
      says(/icmp_seq|packets transmitted|PING |Pinging |ip neigh|arp\b/i) &&
      !says(/[1-9]\d* (?:packets )?received, (?!100%)/),
    what: 'Nobody answers the ping (no packet came back).',
    why: '"Destination Host Unreachable" comes from the sender itself: nobody answered its question for the MAC address (ARP), so the guest is not up, has another address, or is not on that link (the TAP is down or in no bridge). Without that line the packets leave and are dropped or not sent back: forwarding, NAT or a firewall; an address far away also where the host itself has none.',
    hint: `${apart} On the host \`sudo tcpdump -ni TAP icmp or arp\` shows how far they come; \`chv-doctor check forward-policy\` and \`chv-doctor check nat\` look at the rules.`,
    check: 'nat',
    reference: networking,
    confidence: 'possible',
  },
  {
    id: 'name-server-silent',
    line: [
      /no servers could be reached|communications error to \S{1,60}: (?:timed out|connection refused)/,
      /No appropriate name servers or networks for name found/,
      /^(?!ssh: ).{0,400}(?:Couldn't|Could not|cannot|can't) resolve (?:host|proxy)/i,
      /lookup \S{1,120}(?: on \S{1,60})?: (?:no such host|server misbehaving|Temporary failure|i\/o timeout|read udp)/,
      /Unknown host|Name does not resolve|nodename nor servname/,
    ],
    what: 'A name could not be resolved: no name server answers that machine (DNS).',
    why: 'In a guest: no name server was set (nameservers: of the seed, or DHCP), 127.0.0.53 (systemd-resolved) has none behind it, or the packets do not get out: no default route, no forwarding or masquerading on the host, a firewall. An address that answers tells the two apart.',
    hint: 'Try `ping -c1 9.9.9.9` there: if that works, only the name server is missing (`resolvectl status`, /etc/resolv.conf; nameservers: in the network-config of the seed); if not, see `ip route` there, and `chv-doctor check nat` and `chv-doctor check forward-policy` on the host.',
    check: 'nat',
    reference: networking,
    confidence: 'possible',
  },
  {
    id: 'package-server-unreached',
    line: [
      /Could not connect to \S{1,120}:\d+ .{0,120}(?:timed out|refused|unreachable|No route)/i,
      /Cannot initiate the connection to \S{1,160}/,
      /Some index files failed to download/,
      /Failed to fetch (?:https?|mirror|ftp|cdrom)\S{1,300}/,
      /(?:WARNING|ERROR): (?:updating and opening|fetching|opening from cache) \S{1,200}: .{1,80}/,
      /WARNING: Ignoring https?:\S{1,200}: (?!UNTRUSTED|BAD).{1,80}/,
      /Problem retrieving files from '/,
      /^Connection failed \[IP: /,
      /Failed to synchronize cache for repo/,
      /Failed to download metadata for repo|Cannot prepare internal mirrorlist|Curl error \(\d+\)/,
      /^curl: \((?:6|28)\) .{1,160}/,
      /^wget: (?:download timed out|can't connect to remote host).{0,120}/,
    ],
    needs: ({ says }) => !says(/--unix-socket|http:\/\/localhost/),
    what: 'A server of packages or files could not be reached over the network ({said|see the message}).',
    why: 'A guest reaches the world only if it has an address, a default route and a name server, and the host forwards and masquerades for it. 404 is an old list of packages (`apt-get update` first) or a release that has left the mirrors. "Timed out" mostly is missing NAT or a firewall (FORWARD policy of Docker, ufw, firewalld), "unreachable" a missing route, "could not resolve" the name server.',
    hint: `${apart} \`chv-doctor check\` on the host looks at forwarding, NAT and the seed.`,
    check: 'nat',
    reference: networking,
    confidence: 'possible',
  },
  {
    id: 'vsock-connect-failed',
    line: [
      /connect\(\d+, AF=40 (?<address>[^)]{1,60})\): (?<words>.{1,60})/,
      /(?:AF_VSOCK|vsock)\b.{0,80}: (?<words>No such device|Connection timed out|Address family not supported by protocol|Cannot assign requested address)/i,
    ],
    errnos: [2, 11, 19, 97, 104, 110, 111],
    needs: ({ says }) => !says(/firecracker|\bfc_vcpu/i),
    what: 'A connection over vsock failed: {words|see the message} {address|}.',
    why: 'No such device: in the guest there is no vsock (no --vsock, or no driver vmw_vsock_virtio_transport); on the host AF_VSOCK is the vsock of the kernel (vhost-vsock), which Cloud Hypervisor does not use: it has a Unix socket (--vsock socket=). Reset or refused: nothing listens on that port at the other end. From guest to host (cid 2, port N) a program must listen on the file SOCKET_N of the host.',
    hint: 'Host to guest: `socat - UNIX-CONNECT:SOCKET`, then type `CONNECT PORT`. Guest to host: `socat UNIX-LISTEN:SOCKET_PORT -` on the host first, then `socat - VSOCK-CONNECT:2:PORT` in the guest; `modprobe vmw_vsock_virtio_transport` there.',
    reference: doc('vsock.md'),
    confidence: 'likely',
  },
]
