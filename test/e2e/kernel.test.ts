/** Direct kernel boot, from nothing to a started guest: the kernel fetched, and the kernel built. */

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { pvhElf } from '../helpers/pvh-elf.ts'
import { realHypervisor } from './fixtures.ts'
import { hypervisorNote, port, prelude } from './scripts.ts'

const title = `direct kernel boot, ${hypervisorNote}`
const data = '/root/.local/share/chv-doctor'
const digest = createHash('sha256').update(pvhElf).digest('hex')

// fw.fd of the artifacts is a guest that is entered by its PVH note: a kernel as well as a firmware.
const fetched = `boot: kernel
kernel_url: http://127.0.0.1:${port}/fw.fd
kernel_sha256: ${digest}
cmdline: console=ttyS0 root=/dev/vda1
`

const boot = realHypervisor
  ? `$D check -v | sed -n '/^Start the guest:/,$p' | tail -n +2 > /root/boot.sh; code timeout 30 bash /root/boot.sh </dev/null`
  : 'echo left out'

const built = `boot: kernel
kernel_build: true
kernel_source: file:///srv/tiny.git#ch-tiny
cmdline: console=ttyS0 root=/dev/vda1
`

const building = `
git_as() { git -C /srv/tiny.git -c user.name=t -c user.email=t@example.org "$@"; }
branch() { git_as checkout -q -B "$1"; git_as add -A; git_as commit -q --allow-empty -m "$1"; }
prepare() {
  bare
  T="gcc make flex bison bc perl git libssl-dev libc6-dev libelf-dev"
  apt-get install --yes -qq --no-install-recommends git >/dev/null
  apt-get purge --yes -qq flex bison libelf-dev >/dev/null 2>&1 || true
  apt-get install --yes -qq --download-only --no-install-recommends $T >/dev/null
  cp -r $REPO/test/e2e/tiny-kernel /srv/tiny.git; git init -q /srv/tiny.git
  branch ch-tiny
  sed -i 's/@note/@progbits/; s/note.Xen/other/' /srv/tiny.git/guest.S; branch ch-nopvh; git_as checkout -q ch-tiny
  sed -i 's/cld/no-such-instruction/' /srv/tiny.git/guest.S; branch ch-broken; git_as checkout -q ch-tiny
  # A clone that waits, as one over a slow line would.
  printf '#!/bin/sh\\nwhile [ -e /tmp/hold-clone ]; do sleep 0.05; done\\nexec "$@"\\n' > /usr/local/bin/slow-pack
  chmod +x /usr/local/bin/slow-pack; git config --system uploadpack.packObjectsHook /usr/local/bin/slow-pack
}
until_there() { for _ in $(seq 1200); do compgen -G "$1" >/dev/null && return; sleep 0.05; done; echo "no $1"; exit 1; }
# Who was left behind by kill -9 ends when nobody reads what it prints.
# All has been made but what is held.
settled() {
  for f in guest.o scripts/objtool lib/part1.o lib/part2.o lib/part3.o lib/part4.o lib/part6.o lib/part7.o lib/part8.o; do until_there "$1/$f"; done
  until_gone as; until_gone cc1; until_gone gcc
}
until_gone() { for _ in $(seq 1200); do cat /proc/[0-9]*/comm 2>/dev/null | grep -qx "$1" || return 0; sleep 0.05; done; echo "$1 is still there"; exit 1; }
`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('is checked, repaired with a fetched kernel, and green', async () => {
    const { output } = await onDisposableHost(`${prelude()}
prepare() { bare; }
run() {
  export HOME=/root; cd /root; configure /root; cat >> .config/chv-doctor/chv-doctor.yaml <<'MORE'
${fetched}MORE
  serve
  say before; code $D check -v
  say fix; code $D fix --yes
  say check; code $D check -v
  say again; code $D fix --yes
  say boot; ${boot}
  say packed; gzip -k ${data}/vmlinux; code $D check -v kernel-image --set kernel=${data}/vmlinux.gz
  say page; echo '<html>Not found</html>' > ${data}/vmlinux; code $D check -v kernel-image; code $D fix kernel-image --yes; ls ${data}
  say script; rm -r ${data}; $D fix --script > /root/repair.sh; bash /root/repair.sh >/dev/null 2>&1; code $D check -v kernel-image
  kill $SERVER
}`)
    const before = section(output, 'before')
    expect(before).toMatch(/skip +firmware +not needed: boot is kernel/)
    expect(before).toMatch(/skip +libelf-dev +not needed: the guest kernel is fetched/)
    expect(before).toMatch(/FAIL +kernel-image +missing/)
    expect(section(output, 'fix')).toContain('exit code 0')
    const check = section(output, 'check')
    expect(check).toMatch(/ok +kernel-image +vmlinux with a PVH note, 245 bytes/)
    expect(check).not.toContain('FAIL')
    expect(check).toContain(`--kernel ${data}/vmlinux`)
    expect(check).toContain('--serial tty --console off')
    expect(check).toContain('exit code 0')
    expect(section(output, 'again')).toContain('Nothing to repair.')
    if (realHypervisor) expect(section(output, 'boot')).toMatch(/CHV-DOCTOR-GUEST-OK[\s\S]*exit code 0/)
    expect(section(output, 'packed')).toMatch(/FAIL +kernel-image +compressed with gzip/)
    expect(section(output, 'packed')).toContain('gzip -dc')
    const page = section(output, 'page')
    expect(page).toMatch(/FAIL +kernel-image +a web page[\s\S]*exit code 1[\s\S]*exit code 0/)
    expect(page).toContain('vmlinux.old-1')
    expect(section(output, 'script')).toMatch(/ok +kernel-image[\s\S]*exit code 0/)
  })

  it('is repaired with a kernel that is built, cut off and gone on with', async () => {
    const { output } = await onDisposableHost(`${prelude()}${building}
run() {
  export HOME=/root; cd /root; configure /root; cat >> .config/chv-doctor/chv-doctor.yaml <<'MORE'
${built}MORE
  serve; B=${data}/build
  say before; code $D check -v
  say plan; code $D fix kernel-image --dry-run
  touch /tmp/hold-clone /tmp/hold
  say clone; $D fix --yes >/root/log 2>&1 & P=$!
  until_there "$B/.tiny-ch-tiny.cloning/.git/HEAD"; kill -9 $P; code wait $P; rm /tmp/hold-clone; until_gone git; ls -A $B
  mkdir -p $B/.tiny-ch-tiny.cloning/.git; echo half > $B/.tiny-ch-tiny.cloning/.git/HEAD
  say stopped; $D fix --yes kernel-image >/root/log 2>&1 & P=$!
  until_there "$B/tiny-ch-tiny/lib/part5.o"; settled $B/tiny-ch-tiny; kill -INT $P; code wait $P; tail -n 1 /root/log; until_gone make; ls -A $B; ls ${data}/*vmlinux* 2>/dev/null || echo no kernel
  say killed; rm -f $B/tiny-ch-tiny/lib/part5.o; $D fix --yes kernel-image >/root/log 2>&1 & P=$!
  until_there "$B/tiny-ch-tiny/lib/part5.o"; kill -9 $P; code wait $P; rm /tmp/hold; until_gone make; ls ${data}/*vmlinux* 2>/dev/null || echo no kernel
  say fix; code $D fix --yes
  say made; sort /tmp/made | uniq -c
  say check; code $D check -v; ls -A ${data}
  say again; code $D fix --yes
  say boot; ${boot}
  say broken; code $D fix kernel-image --yes --set kernel_source=file:///srv/tiny.git#ch-broken --set kernel=/root/k2; ls /root/k2 2>&1 || true
  say nopvh; code $D fix kernel-image --yes --set kernel_source=file:///srv/tiny.git#ch-nopvh --set kernel=/root/k2; ls -A /root/k2 2>&1 || true
  say nothing; code $D fix kernel-image --yes --set kernel_source=file:///srv/none.git#ch-tiny --set kernel=/root/k2
  say script; $D fix kernel-image --script --set kernel=/root/k3 > /root/build.sh; bash /root/build.sh >/dev/null; code $D check -v kernel-image --set kernel=/root/k3
  kill $SERVER
}`)
    const before = section(output, 'before')
    expect(before).toMatch(/FAIL +libelf-dev +libelf\.h was not found/)
    expect(before).toMatch(/FAIL +kernel-build-tools +missing: .*flex, bison/)
    // Who names the kernel alone gets the packages for it all the same, before anything is built.
    const plan = section(output, 'plan')
    expect(plan).toMatch(/install-packages: [\s\S]*libelf-dev[\s\S]*build-kernel: /)
    expect(plan).toContain('exit code 0')
    expect(section(output, 'clone')).toMatch(/exit code 137$/m)
    expect(section(output, 'clone')).not.toMatch(/^tiny-ch-tiny$/m)
    const stopped = section(output, 'stopped')
    expect(stopped).toMatch(
      /exit code 130\nInterrupted: no incomplete file has its final name\.\ntiny-ch-tiny\nno kernel/,
    )
    expect(section(output, 'killed')).toContain('exit code 137\nno kernel')
    expect(section(output, 'fix')).toContain('exit code 0')
    // Nothing was made twice but what was cut off.
    const made = [...section(output, 'made').matchAll(/(\d+) (\S+)/g)].map(([, n, name]) => [name, Number(n)])
    expect(made).toHaveLength(12)
    expect(made.filter(([name, n]) => n !== 1 && name !== 'lib/part5.o')).toEqual([])
    const check = section(output, 'check')
    expect(check).toMatch(/ok +kernel-image +vmlinux with a PVH note/)
    expect(check).toContain('exit code 0')
    expect(check).not.toContain('.part')
    expect(section(output, 'again')).toContain('Nothing to repair.')
    if (realHypervisor) expect(section(output, 'boot')).toMatch(/BUILT-GUEST-OK[\s\S]*exit code 0/)
    const broken = section(output, 'broken')
    expect(broken).toMatch(/failed build-kernel: make ended with code 2 \(log: .*\.log\):/)
    expect(broken).toMatch(/Error: .*no-such-instruction|no such instruction/)
    // It is not tried again, though the clone that it made leaves it fewer steps.
    expect(broken.match(/failed build-kernel/g)).toHaveLength(1)
    expect(broken).toMatch(/exit code 5\nls: cannot access/)
    const nopvh = section(output, 'nopvh')
    expect(nopvh).toContain(
      'what was built cannot be started by Cloud Hypervisor: an ELF file without a PVH note',
    )
    expect(nopvh).toMatch(/exit code 5\nls: cannot access '\/root\/k2'/)
    expect(section(output, 'nothing')).toMatch(/failed build-kernel: git ended with code 128: .*exist/)
    expect(section(output, 'script')).toMatch(/ok +kernel-image[\s\S]*exit code 0/)
  })
})
