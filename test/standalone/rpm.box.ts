/** The .rpm, installed, verified, run and removed by the real dnf and rpm, on a host that has no Node.js. */
import { describe, expect, it } from 'vitest'
import { prelude } from '../e2e/scripts.ts'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { built, names } from './bare-host.ts'

const why = whyNoDisposableHost ?? missing('dnf', 'rpm', 'rpmbuild', 'rpmsign', 'createrepo_c', 'gpg')

/**
 * The libraries of a distribution of RPM are those of this host: a package of nothing has their names. The package is
 * signed by the key of the test, because dnf takes no other.
 */
const script = `
prepare() { :; }
run() {
  export HOME=/root; cd /root
  . "$REPO/test/e2e/packages/dnf.sh"
  rm -f /var/lib/dpkg/status /usr/bin/apt-get /usr/bin/qemu-img
  while node=$(command -v node); do rm "$node"; hash -r; done
  key
  rpm --import /srv/key.asc
  cp "$BUILT/$RPM" /srv/"$RPM"; sign /srv/"$RPM"
  PROVIDES=$(rpm --query --requires --package /srv/"$RPM" | grep -v '^rpmlib(') pack libraries
  publish; from file:///srv/repo
  say install; code dnf --quiet --assumeyes install /srv/"$RPM" 2>&1
  say verify; code rpm --verify chv-doctor
  say files; rpm --query --list chv-doctor
  say version; code /usr/bin/chv-doctor --version
  say page; code chv-doctor explain kvm
  say plan; code chv-doctor fix qemu-utils --dry-run 2>&1
  say unit; cat /usr/lib/systemd/system/chv-doctor@.service
  say manual; zcat /usr/share/man/man1/chv-doctor-check.1.gz | head -n 3
  say remove; code dnf --quiet --assumeyes remove chv-doctor 2>&1
  say left; code test -e /usr/bin/chv-doctor; find / -xdev -name '*chv-doctor*' -path '/usr/*' 2>/dev/null
}
`

describe.skipIf(why)(`dnf${because(why)}`, () => {
  it('installs the .rpm, which runs, and removes it whole', async () => {
    const { code, output } = await onDisposableHost(`${prelude()}${script}`, { BUILT: built, RPM: names.rpm })
    expect(code, output).toBe(0)
    const of = (name: string) => section(output, name)
    expect(of('install')).toMatch(/exit code 0/)
    expect(of('verify')).toBe('exit code 0')
    expect(of('files').split('\n')).toEqual(
      expect.arrayContaining([
        '/usr/bin/chv-doctor',
        '/usr/lib/systemd/system/chv-doctor@.timer',
        '/usr/share/licenses/chv-doctor/LICENSE',
      ]),
    )
    expect(of('version')).toBe(`chv-doctor ${names.version}\nexit code 0`)
    expect(of('page')).toContain('What it looks at')
    // The package manager that it finds is the one that installed it, and its names are Fedora's.
    expect(of('plan').replaceAll(/\s+/g, ' ')).toMatch(/dnf .*install.* qemu-img/)
    expect(of('unit')).toContain('ExecStart=chv-doctor check ')
    expect(of('manual')).toContain('.Dt CHV-DOCTOR-CHECK 1')
    expect(of('remove')).toMatch(/exit code 0/)
    expect(of('left').trim()).toBe('exit code 1')
  })
})
