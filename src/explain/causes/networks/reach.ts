/** What a person sees who wants to reach the guest or the world from it: ssh, names, routes, logins. */
import { type Cause, doc, issue } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const readme = doc('README.md#firmware-booting')
const noCloud = 'https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html'

/** These lines stand in logs of any service: here only where nothing points to one. */
const isNoServer = ({ says }: Evidence): boolean => !says(/sshd\[\d+\]|Failed password for/)

export const reach: readonly Cause[] = [
  {
    id: 'ssh-no-answer',
    line: [
      /ssh: connect to host \S{1,80} port \d+: (?:No route to host|Connection timed out|Network is unreachable|Operation timed out)/,
      /ssh: connect to host \S{1,80} port \d+: (?:No existe ninguna ruta|Expiró el tiempo|Keine Route|Es gibt keine Route|Die Wartezeit|Zeitüberschreitung|Aucun chemin|Connexion terminée par expiration|Nessuna rotta|Connessione scaduta|Não há rota|Tempo esgotado|Нет маршрута|Время ожидания|没有到主机的路由|连接超时|ホストへの経路がありません)/,
    ],
    needs: isNoServer,
    what: 'The guest does not answer at that address.',
    why: 'No route: nothing on that network answers for the address (the guest still boots, has no or another address, or its interface on the host is down); a firewall that rejects with "prohibited" (firewalld) says it, too: then ping answers. Timed out: a firewall drops it, or the address belongs to another network.',
    hint: 'See the console of the guest for its address, `ip neigh` and `ip addr` on the host for the interface; `chv-doctor check` looks at the host side and at the seed.',
    check: 'tap-address',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'ssh-refused',
    line: [
      /ssh: connect to host \S{1,80} port \d+: Connection refused/,
      /(?:kex|ssh)_exchange_identification: (?:read: )?Connection (?:reset|closed)/,
    ],
    needs: isNoServer,
    what: 'The guest answers, but no ssh server does yet.',
    why: 'Its network is up. The server is started late (cloud-init makes its keys first), is not installed, or listens elsewhere. A forwarded port of the host (127.0.0.1) takes the connection before the guest does, and then resets or closes it.',
    hint: 'Wait a minute and try again; else see on the console of the guest whether ssh runs (`systemctl status ssh`, on Fedora sshd), and for a forwarded port whether it leads to port 22 of the guest.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'ssh-key-refused',
    line: [
      /^(?:Failed to connect to the host via ssh: .{0,200})?(?:\S{1,80}@\S{1,80}: )?Permission denied \((?:publickey|password|gssapi|keyboard)[\w,-]{0,80}\)\.?$/,
    ],
    // git over ssh speaks to a server of sources.
    needs: (evidence) => isNoServer(evidence) && !evidence.says(/^git@|fatal: Could not read from remote/),
    what: 'The guest refused the user or the key of ssh.',
    why: 'The network and the server work. The user of the seed is another one, its ssh_authorized_keys lacks this key, or cloud-init did not read the seed (a changed seed is read again only with a new instance-id).',
    hint: 'Log in as the user that the seed names (else that of the image: ubuntu, debian, fedora, cloud-user, alpine, core), with `ssh -i KEY USER@ADDRESS`; `ssh -v` shows which keys are offered; `chv-doctor check cloud-init` judges the seed.',
    check: 'cloud-init',
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'ssh-host-key-changed',
    severity: 'note',
    line: [/REMOTE HOST IDENTIFICATION HAS CHANGED/],
    what: 'Another guest had this address before: ssh remembers its key.',
    why: 'A VM that is made anew has new host keys.',
    hint: 'Forget the old one: `ssh-keygen -R ADDRESS` (of a forwarded port `ssh-keygen -R "[127.0.0.1]:2222"`).',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'guest-login-refused',
    line: [
      /^Login incorrect$/,
      /FAILED LOGIN (?:SESSION FROM|\(\d)/,
      /pam_unix\(login:auth\): authentication failure/,
    ],
    what: 'The guest does not know that user with that password.',
    why: 'Cloud images have no password of their own: the seed sets one (with lock_passwd: false and a hash), and without a seed nobody can log in. A changed seed is read again only with a new instance-id.',
    hint: 'Give a seed with a user as the second disk: `chv-doctor fix cloud-init` makes one.',
    check: 'cloud-init',
    fix: { id: 'create-cloud-init', args: {} },
    reference: noCloud,
    confidence: 'likely',
  },
  {
    id: 'guest-no-route',
    line: [
      /^ping: (?:connect|sendmsg|sendto): Network (?:is )?unreachable/,
      /^connect: Network is unreachable$/,
      /\bOSError: \[Errno 101\] Network is unreachable/,
    ],
    what: 'There is no route to that address: the sender has no address or no default route.',
    why: 'In the guest: its network configuration did not apply (the MAC in the seed and mac= differ, or there is no gateway). On the host: the interface is down.',
    hint: 'Look at `ip addr` and `ip route` where the command was run; `chv-doctor check cloud-init` looks at the seed.',
    check: 'cloud-init',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'guest-no-names',
    line: [
      /^(?!sudo: unable to resolve host|ssh: Could not resolve hostname [\w-]{1,63}: ).{0,400}(?:Temporary failure in name resolution|Could not resolve host|Name or service not known|bad address '|Temporary failure resolving)/,
    ],
    what: 'A name could not be resolved: no name server answers, or none knows it.',
    why: '"Temporary failure" means that no server answered, "not known" often a name that does not exist. In a guest: it has no name server, or its packets do not get out (no forwarding or masquerading on the host, a firewall). In a container, a build or a chroot: /etc/resolv.conf is missing there, or a proxy must be used (https_proxy). An address that answers (`ping 9.9.9.9`) tells the two apart.',
    hint: 'Try `ping -c1 9.9.9.9` there: if that works, the name server is missing (nameservers: in the seed); if not, see `chv-doctor check nat` and `chv-doctor check forward-policy`.',
    check: 'nat',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'guest-packet-rejected',
    line: [
      /(?:Destination Port Unreachable|Destination Host Prohibited|Packet filtered|Host administratively prohibited)/,
    ],
    what: 'A firewall on the way answered that it does not let the packets through.',
    why: 'The address in front of that answer is the host or router that refused: a FORWARD policy (Docker, ufw, firewalld) or a rule with REJECT, which does not know the network of the guest.',
    hint: 'Let the host forward for the TAP: `chv-doctor check forward-policy` names the rule that drops the packets, `chv-doctor check nat` looks at the masquerade.',
    check: 'forward-policy',
    reference: issue(6398),
    confidence: 'likely',
  },
  {
    id: 'firewall-command-failed',
    line: [
      /^(?:ip6?tables|nft)(?: v[\d.]+)?\b.{0,40}: {1,2}.{0,160}(?:failed|No chain|doesn't exist|does not exist|Couldn't load|Permission denied|you must be root|can't initialize)/,
      /^Error: Could not process rule: .{1,80}/,
    ],
    what: 'A rule of the firewall could not be set: {said|see the message}.',
    why: '{errno|} It takes root; the table or chain must exist in the variant that is used (nft and legacy iptables keep their own), and the kernel needs the module behind it (nf_nat, xt_MASQUERADE), which a container or a fresh kernel may not have.',
    hint: 'Run it as root, see `sudo nft list ruleset`, and after an update of the kernel restart the host; `chv-doctor fix nat` sets what the guest needs.',
    check: 'nat',
    reference: issue(6398),
    confidence: 'possible',
  },
  {
    id: 'ip-no-device',
    line: [
      /^Cannot find device "(?<device>[\w.-]{1,20})"/,
      /^Device "(?<device>[\w.-]{1,20})" does not exist/,
      /^(?:ip: )?RTNETLINK answers: No such device/,
      /^(?<device>[\w.-]{1,15}): (?:ERROR|error) (?:while getting interface flags: No such device|fetching interface information: Device not found)/,
      /^(?:\w{1,12}: )?SIOC[SG]IF\w{3,12}: No such device/,
      /^(?:ip: |ifconfig: )?ioctl 0x89\w\w failed: No such device/,
      /^tcpdump: (?<device>\S{1,20}): (?:No such device exists|SIOCETHTOOL\(\w{3,30}\) ioctl failed: No such device)/,
      /^Cannot get device \S{1,30}: No such device/,
      /^netlink error: (?:no device matches name|No such device)/,
      /^(?:arping|ping6?): (?:unknown iface|Device) (?<device>\S{1,20})/,
    ],
    needs: ({ before }) => !/\bip link delete dev\b/.test(before ?? ''),
    what: 'There is no interface {device|of that name} where the command was run.',
    why: 'It was not made yet, was removed when the program ended that held it (a TAP that is not persistent goes with its VM), is called otherwise, or lies in another network namespace (a container, ip netns).',
    hint: '`ip -br link` lists what there is (`ip netns` the namespaces); `chv-doctor fix create-tap` makes a TAP that stays.',
    check: 'tap-device',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'ip-command-refused',
    line: [
      /^(?:ip: )?RTNETLINK answers: (?<words>Operation not permitted|File exists|Device or resource busy|No such device|Invalid argument|Operation not supported)/,
      /^can't add \S{1,20} to bridge \S{1,20}: (?<words>.{1,60})/,
      /^Error: (?:ipv[46]: Address already assigned|Cannot find device|any valid prefix is expected|argument ".{0,40}" is wrong)/,
    ],
    what: '`ip` could not do what it was asked for with the interface {device|} ({words|see the message}).',
    why: '{errno|} Not permitted: it takes root. File exists: the address or route is there already, which is harmless in a script. Busy: the interface belongs to something else already (a bridge, a bond, another macvtap in passthru mode), or a program uses it. Not supported: the kernel or that kind of interface does not have it (wireless cards in a bridge or macvtap). Cannot find: the interface was not made, or is called otherwise.',
    hint: 'See `ip -br addr` and `ip -br link`; `chv-doctor fix create-tap` makes an interface for the guest.',
    check: 'tap-device',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'guest-no-dhcp',
    line: [
      /No DHCPOFFERS received/,
      /DHCPv4 client: (?:timed out|No lease)|dhclient.{0,60}(?:timed out|no lease)/i,
      /udhcpc: no lease/,
    ],
    what: 'Nobody answered the guest when it asked for an address (DHCP).',
    why: 'Cloud Hypervisor has no DHCP server, and neither has a TAP of its own: an address comes from the seed (static), from a server that somebody runs on that interface (dnsmasq), or over a bridge from the network of the host.',
    hint: 'Give the guest a static address in its seed (`chv-doctor fix cloud-init` does), or see that the TAP is a port of the bridge.',
    check: 'cloud-init',
    reference: noCloud,
    confidence: 'likely',
  },
]
