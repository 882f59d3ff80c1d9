/** The network of a guest for people without root: what they see, and what changes once they grant it. */

import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { hostOutside, lab, server } from './lab.ts'
import { prelude } from './scripts.ts'

const user = `
prepare() {
  [ ! -e /dev/kvm ] || chmod 0666 /dev/kvm
  useradd --create-home --shell /bin/bash sky; echo 'sky ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/sky
}
sky() { (cd /home/sky; runuser -u sky -- env -i HOME=/home/sky USER=sky TERM=dumb PATH=/usr/local/bin:/usr/bin:/bin "$@"); }
ready() {
  cd /home/sky; configure /home/sky; echo 'nameservers: [${server}]' >> .config/chv-doctor/chv-doctor.yaml; chown -R sky: .
  network; serve
}
`

describe.skipIf(whyNoDisposableHost !== null)(
  `the network of a guest for an ordinary user${because(whyNoDisposableHost)}`,
  () => {
    it('says what only root may see, repairs all of it once root is granted, and takes it back', async () => {
      const { output } = await onDisposableHost(`${prelude()}${lab}${user}
run() {
  ready
  # A host with Docker: forwarding is on already, so that nothing but hidden rules is wrong.
  sysctl -qw net.ipv4.ip_forward=1
  iptables-nft -N DOCKER-USER; iptables-nft -P FORWARD DROP; iptables-nft -A FORWARD -j DOCKER-USER
  ip tuntap add dev vm-tap0 mode tap user nobody; ip addr add 192.168.249.1/24 dev vm-tap0; ip link set vm-tap0 up
  state > /tmp/planted
  say check; code sky $D check -v
  say fix; code sky $D fix --yes
  say check-after; code sky $D check -v --only nat,forward-policy
  # As if another program had made the rules: nothing that the user can read tells of them.
  mv /run/chv-doctor /run/aside
  say proved; code sky $D check -v --skip kvm --strict
  nft 'table inet mine { chain fw { type filter hook forward priority 0; policy drop; }; }'
  say dropped; code sky $D check -v --skip kvm --only guest-reach
  nft delete table inet mine; mv /run/aside /run/chv-doctor
  say sudo-check; code sky sudo $D check -v
  say reach; reach
  say again; code sky $D fix --yes
  say undo; code sky $D undo --yes; state > /tmp/undone; cmp /tmp/planted /tmp/undone && echo 'byte for byte'
  finish
}`)
      const check = section(output, 'check')
      expect(check).toMatch(/FAIL +tap-device +vm-tap0 belongs to nobody/)
      expect(check).toMatch(/unknown nat +only root can read/)
      expect(check).toMatch(/unknown forward-policy +only root can read/)
      expect(section(output, 'fix')).toContain('exit code 0')
      expect(section(output, 'fix')).toContain('sudo iptables-nft -t filter -I DOCKER-USER')
      expect(section(output, 'check-after')).toMatch(/skip +nat +rules were created since boot/)
      expect(section(output, 'check-after')).toContain('exit code 0')
      expect(section(output, 'proved')).toMatch(/ok +guest-reach +203\.0\.113\.53 answered the guest in/)
      expect(section(output, 'proved')).toMatch(/ok +nat +guest-reach: 203\.0\.113\.53 answered/)
      expect(section(output, 'proved')).not.toMatch(/^ {2}unknown /m)
      expect(section(output, 'proved')).toContain('exit code 0')
      expect(section(output, 'dropped')).toMatch(
        /FAIL +guest-reach +203\.0\.113\.53 answers this host, but not/,
      )
      expect(section(output, 'dropped')).toContain('exit code 1')
      expect(section(output, 'sudo-check')).toMatch(/ok +nat +192\.168\.249\.2 is masqueraded on eth0/)
      expect(section(output, 'sudo-check')).toContain('exit code 0')
      expect(section(output, 'reach')).toContain(`guest: hello ${hostOutside}`)
      expect(section(output, 'again')).toContain('Nothing to repair.')
      expect(section(output, 'undo')).toContain('exit code 0')
      expect(section(output, 'undo')).toContain('byte for byte')
    })

    it('is made ready by the printed script too', async () => {
      const { output } = await onDisposableHost(`${prelude()}${lab}${user}
run() {
  ready
  sky $D fix --script > /tmp/repair.sh; chmod a+r /tmp/repair.sh
  say script; code sky bash /tmp/repair.sh
  say reach; reach
  say check; code sky sudo $D check -v
  finish
}`)
      expect(section(output, 'script')).toContain('exit code 0')
      expect(section(output, 'reach')).toContain(`guest: hello ${hostOutside}`)
      expect(section(output, 'check')).toContain('exit code 0')
    })
  },
)
