import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { realHypervisor } from './fixtures.ts'
import { hypervisorNote, prelude } from './scripts.ts'

const title = `an ordinary user with sudo, ${hypervisorNote}`

/** A user whose PATH has no sbin, as Debian gives it; devices as udev makes them, closed to others. */
const asUser = `
prepare() {
  bare
  groupadd --force --system kvm
  useradd --create-home --shell /bin/bash sky
  echo 'sky ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/sky
  [ ! -e /dev/kvm ] || chgrp kvm /dev/kvm
}
sky() { runuser -u sky -- env -i HOME=/home/sky USER=sky TERM=dumb PATH=/usr/local/bin:/usr/bin:/bin "$@"; }
`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('repairs everything with the capability, boots, and gives all of it back', async () => {
    const { output } = await onDisposableHost(`${prelude()}${asUser}
run() {
  cd /home/sky; configure /home/sky; echo 'net_admin_capability: always' >> .config/chv-doctor/chv-doctor.yaml; chown -R sky: .; serve; chmod 0600 /dev/net/tun
  say before; code sky $D check -v
  say fix; code sky $D fix --yes
  say check; code sky sudo $D check -v
  say capability; getcap -r /home/sky; ls -l --time-style=+ /home/sky/.local/share/chv-doctor
  sky $D check -v | sed -n '/^Start the guest:/,$p' | tail -n +2 > /tmp/boot.sh
  say boot; ${realHypervisor ? 'code sky timeout 30 bash /tmp/boot.sh </dev/null' : 'echo left out'}
  say undo; code sky $D undo --yes
  say after; getcap -r /home/sky; ip -brief link; id sky; ls -l /dev/net/tun
  kill $SERVER
}`)
    const before = section(output, 'before')
    expect(before).toMatch(/FAIL +kvm .*sky is not in group kvm/)
    expect(before).toMatch(/FAIL +tun .*sky may not open/)
    expect(before).not.toMatch(/FAIL +tap-device/)
    expect(before).toContain('blocked by tun')
    expect(before).toContain('exit code 1')
    expect(section(output, 'fix')).toContain('exit code 0')
    expect(section(output, 'check')).not.toContain('FAIL')
    expect(section(output, 'check')).toContain('exit code 0')
    expect(section(output, 'check')).toMatch(/vm-tap0, owner sky, up/)
    expect(section(output, 'capability')).toContain('cloud-hypervisor cap_net_admin=ep')
    expect(section(output, 'capability')).toMatch(/sky +sky .*resolute\.raw/)
    if (realHypervisor) expect(section(output, 'boot')).toContain('CHV-DOCTOR-GUEST-OK')
    expect(section(output, 'undo')).toContain('exit code 0')
    const after = section(output, 'after')
    expect(after).not.toContain('cap_net_admin')
    expect(after).not.toContain('vm-tap0')
    expect(after).not.toContain('(kvm)')
    expect(after).toMatch(/^crw------- .*tun$/m)
  })

  it('needs no capability for a TAP of its own', async () => {
    const { output } = await onDisposableHost(`${prelude()}${asUser}
run() {
  cd /home/sky; configure /home/sky; chown -R sky: .; serve
  say fix; code sky $D fix --yes
  say check; code sky sudo $D check -v
  say capability; getcap -r /home/sky; echo end
  sky $D check -v | sed -n '/^Start the guest:/,$p' | tail -n +2 > /tmp/boot.sh
  say boot; ${realHypervisor ? 'code sky timeout 30 bash /tmp/boot.sh </dev/null' : 'echo left out'}
  kill $SERVER
}`)
    expect(section(output, 'check')).toContain('exit code 0')
    expect(section(output, 'capability')).toBe('end')
    if (realHypervisor) expect(section(output, 'boot')).toContain('CHV-DOCTOR-GUEST-OK')
  })

  it('is meant when the doctor is started under sudo by mistake', async () => {
    const { output } = await onDisposableHost(`${prelude()}${asUser}
run() {
  cd /home/sky; configure /home/sky; chown -R sky: .; serve
  say check; code sky sudo $D check -v --only kvm
  say fix; code sky sudo $D fix --yes create-tap create-cloud-init install-packages
  say owner; ip -details link show vm-tap0; stat -c %U /home/sky/.local/share/chv-doctor /home/sky/.local/share/chv-doctor/cloud-init.img; ls -A /root/.local 2>/dev/null || true
  kill $SERVER
}`)
    expect(section(output, 'check')).toContain('acting for sky')
    expect(section(output, 'check')).toContain('sky is not in group kvm')
    expect(section(output, 'fix')).toContain('exit code 0')
    expect(section(output, 'owner')).toContain('user sky')
    expect(section(output, 'owner')).toContain('sky\nsky\n')
  })

  it('without sudo or a password is told so, and nothing is changed', async () => {
    const { output } = await onDisposableHost(`${prelude()}${asUser}
run() {
  cd /home/sky; configure /home/sky; chown -R sky: .; serve
  rm /etc/sudoers.d/sky
  say fix; code sky $D fix --yes
  say after; ip -brief link; ls -A /home/sky/.local/share 2>/dev/null || echo none
  kill $SERVER
}`)
    expect(section(output, 'fix')).toContain('sudo wants a password')
    expect(section(output, 'fix')).toContain('exit code 5')
    expect(section(output, 'after')).not.toContain('vm-tap0')
    expect(section(output, 'after')).toContain('none')
  })
})
