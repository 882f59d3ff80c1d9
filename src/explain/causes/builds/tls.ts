/** Connections that are made and then fail: clocks, certificates, and packets that are too large for the way. */
import { type Cause, doc } from '../../cause.ts'

const networking = doc('README.md#firmware-booting')

export const tls: readonly Cause[] = [
  {
    id: 'clock-before-certificate',
    line: [
      /certificate (?:is )?not yet valid/i,
      /x509: certificate .{0,60}not yet valid(?!.{0,80} is after )/,
      /uses not yet valid certificate/,
      /Release file for \S{1,200} is not valid yet/,
    ],
    what: 'A certificate or list is "not yet valid": the clock of the machine that says so is wrong (in the past).',
    why: 'A guest takes its time from the VMM at the start; an image without time service, a guest that was restored from a snapshot or paused for long, and a first boot before NTP works stand in the past. Neither network nor server is at fault.',
    hint: 'See `date` there; set it (`sudo date -s "…"`, `sudo hwclock -s` from the RTC of the VM) and switch a time service on (`timedatectl set-ntp true`, chrony, which can use /dev/ptp0 of KVM).',
    reference: 'https://docs.kernel.org/virt/kvm/x86/timekeeping.html',
    confidence: 'likely',
  },
  {
    id: 'certificate-expired',
    line: [
      /certificate has expired(?! or is not yet valid: current time \S{1,40} is before)/i,
      /certificate chain uses expired certificate/,
      /certificate is expired|SEC_ERROR_EXPIRED_CERTIFICATE|Certificate expired at/i,
    ],
    what: 'A certificate (TLS) has expired by the clock of the machine that says so.',
    why: "Either that clock is ahead (a guest after a restore, a wrong RTC), or the certificate is old: it was not renewed, or the package ca-certificates of an old image still ends at an expired root (Let's Encrypt before 2021). The connection itself works.",
    hint: 'See `date` there first; `openssl s_client -connect HOST:443 </dev/null | openssl x509 -noout -dates` shows the certificate; update ca-certificates, or renew the certificate of the server (Kubernetes: `kubeadm certs check-expiration`).',
    reference: 'https://curl.se/docs/sslcerts.html',
    confidence: 'likely',
  },
  {
    id: 'certificate-unknown-issuer',
    line: [
      /unable to get local issuer certificate|self[- ]signed certificate|certificate signed by unknown authority(?! \(possibly because of .{0,120}candidate authority certificate "kubernetes")|certificate verify failed|CERTIFICATE_VERIFY_FAILED|server certificate not trusted/i,
    ],
    needs: ({ says }) => !says(/apiserver|etcd|\bx509: .{0,80}kube/i),
    what: 'A certificate (TLS) is not trusted by the machine that says so.',
    why: 'The image lacks the package ca-certificates (small images do), a proxy of the company puts its own certificate in, or the clock is wrong. The connection itself works.',
    hint: 'Install ca-certificates (over http or from the host), add the certificate of the proxy to the store, and see `date`. Do not switch verification off for what you run afterwards.',
    reference: 'https://curl.se/docs/sslcerts.html',
    confidence: 'likely',
  },
  {
    id: 'network-mtu',
    line: [
      /SSL_ERROR_SYSCALL|SSL connection timeout|TLS handshake timeout|GnuTLS recv error|expecting SSH2_MSG_KEX_(?:ECDH_REPLY|DH_GEX_GROUP)/,
      /Frag(?:mentation)? needed(?: and DF set)?|Message too long|local error: message too long/,
    ],
    what: 'The connection is made, and stops when larger packets go over it: the sign of an MTU that is too large on the way, or of a firewall that drops the answers about it.',
    why: 'Small packets (ping, the first steps of TLS and ssh) pass. A tunnel or cloud network (VXLAN, WireGuard, 1450 or less), or a bridge with ports of different MTU behind the TAP loses the large ones; offloads that the other end of a macvtap or bridge does not take look the same. A proxy that cuts TLS off, and a server (a registry, the API server of a cluster) that is overloaded, are possible, too.',
    hint: 'Try `ping -M do -s 1472 ADDRESS` and smaller until it answers; set the MTU of the guest to that plus 28 (`ip link set dev eth0 mtu 1400`, mtu= of --net, or in the seed). Then try `offload_tso=off,offload_ufo=off,offload_csum=off` of --net.',
    reference: networking,
    confidence: 'possible',
  },
]
