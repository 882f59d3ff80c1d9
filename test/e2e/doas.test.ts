import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { prelude } from './scripts.ts'

const title = 'a host with doas in place of sudo'

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('is repaired through it, where it asks for no password', async () => {
    const { code, output } = await onDisposableHost(`${prelude()}
prepare() {
  bare
  apt-get install --yes -qq --no-install-recommends opendoas > /tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
  rm -f "$(command -v sudo || echo /nonexistent)"
}
run() {
  useradd --create-home --shell /bin/bash user; configure /home/user; chown -R user: /home/user
  U="runuser -u user -- env -i HOME=/home/user USER=user PATH=/usr/bin:/bin $NODE $REPO/dist/cli.js"
  cd /home/user
  say password; echo 'permit user' > /etc/doas.conf; code $U fix install-packages --yes 2>&1
  say granted; echo 'permit nopass user' > /etc/doas.conf; code $U fix install-packages --yes 2>&1
  say tools; command -v qemu-img mcopy; stat -c %U /home/user/.local/state/chv-doctor/log
}`)
    expect(code, output).toBe(0)
    expect(section(output, 'password')).toContain('doas wants a password; run this on a terminal')
    expect(section(output, 'password')).toMatch(/exit code 5\n?$/)
    expect(section(output, 'granted')).toMatch(/exit code 0\n?$/)
    expect(section(output, 'tools')).toContain('/qemu-img')
    expect(section(output, 'tools')).toMatch(/user\n?$/)
  })
})
