/** The way out over IPv6 for people without root: proved by guest-reach where only root could read the rules. */
import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { lab, server } from './lab.ts'
import { prelude } from './scripts.ts'

const server6 = '2001:db8:53::53'

const script = `${prelude()}${lab}
prepare() {
  [ ! -e /dev/kvm ] || chmod 0666 /dev/kvm
  useradd --create-home --shell /bin/bash sky; echo 'sky ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/sky
}
sky() { (cd /home/sky; runuser -u sky -- env -i HOME=/home/sky USER=sky TERM=dumb PATH=/usr/local/bin:/usr/bin:/bin "$@"); }
network6() {
  ip addr add 2001:db8:1::2/64 dev eth0 nodad; ip -6 route add default via 2001:db8:1::1
  ip -n router addr add 2001:db8:1::1/64 dev host nodad; ip -n router addr add 2001:db8:53::1/64 dev wan nodad
  ip -n internet addr add ${server6}/64 dev eth0 nodad; ip -n internet -6 route add default via 2001:db8:53::1
  on router sysctl -qw net.ipv6.conf.all.forwarding=1
  on internet "$NODE" "$REPO/test/e2e/lab-server.mjs" ${server6} >/dev/null 2>&1 & SERVERS="$SERVERS $!"
  local i; for i in $(seq 100); do (exec 3<>/dev/tcp/${server6}/80) 2>/dev/null && return; sleep 0.1; done
  echo 'the lab server did not start'; exit 1
}
run() {
  cd /home/sky; configure /home/sky
  printf 'ipv6: masquerade\\nnameservers: [${server}, "${server6}"]\\n' >> .config/chv-doctor/chv-doctor.yaml; chown -R sky: .
  network; network6; serve
  C="$D check --json --only guest-reach,nat,forward-policy,guest-ipv6"
  say fix; code sky $D fix --yes
  # As if another program had made the rules: nothing that the user can read tells of them.
  mv /run/chv-doctor /run/aside
  say proved; code sky $C --strict
  say none-configured; code sky $C --set nameservers=${server}
  say offline; code sky $C --offline
  nft 'table ip6 mine { chain fw { type filter hook forward priority 0; policy drop; }; }'
  say dropped; code sky $C
  nft delete table ip6 mine; mv /run/aside /run/chv-doctor
  say undo; code sky $D undo --yes
  finish
}`

interface Line {
  readonly id: string
  readonly status: string
  readonly found?: string
  readonly reason?: string
}

/** Each check with its verdict, "guest-reach ok 203.0.113.53 answered…", and the exit code. */
const verdicts = (text: string): string => {
  const end = text.lastIndexOf('}') + 1
  const { results } = JSON.parse(text.slice(0, end)) as { results: readonly Line[] }
  const lines = results.map(({ id, status, found, reason }) => `${id} ${status} ${found ?? reason}`)
  return [...lines, text.slice(end).trim()].join('\n')
}

describe.skipIf(whyNoDisposableHost !== null)(
  `the way out over IPv6 for an ordinary user${because(whyNoDisposableHost)}`,
  () => {
    it('is proved, not shown, or found broken, and IPv4 keeps its own verdict', async () => {
      const { output } = await onDisposableHost(script)
      expect(section(output, 'fix')).toContain('exit code 0')
      const proved = verdicts(section(output, 'proved'))
      expect(proved).toMatch(
        /^guest-reach ok 203\.0\.113\.53 answered the guest in .*; 2001:db8:53::53 answered the guest over IPv6 in/m,
      )
      expect(proved).toMatch(/^nat ok guest-reach: 203\.0\.113\.53 answered/m)
      expect(proved).toMatch(/^guest-ipv6 ok guest-reach: 2001:db8:53::53 answered the guest over IPv6/m)
      expect(proved).toContain('exit code 0')

      const none = verdicts(section(output, 'none-configured'))
      expect(none).toMatch(
        /^guest-reach ok 203.*; the way out over IPv6 was not shown: no IPv6 name server outside/m,
      )
      expect(none).toMatch(/^guest-ipv6 unknown /m)
      expect(none).toMatch(/^nat ok guest-reach: 203/m)
      expect(verdicts(section(output, 'offline'))).toMatch(/^guest-reach skip offline: it sends packets$/m)

      const dropped = verdicts(section(output, 'dropped'))
      expect(dropped).toMatch(/^guest-reach fail 2001:db8:53::53 answers this host, but not the guest$/m)
      expect(dropped).toMatch(/^nat ok guest-reach: 203\.0\.113\.53 answered/m)
      expect(dropped).toMatch(/^guest-ipv6 unknown /m)
      expect(dropped).toContain('exit code 1')
      expect(section(output, 'undo')).toContain('exit code 0')
    })
  },
)
