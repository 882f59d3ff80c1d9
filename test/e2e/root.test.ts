import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { realHypervisor } from './fixtures.ts'
import { hypervisorNote, prelude } from './scripts.ts'

const title = `a bare host as root, ${hypervisorNote}`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('is checked, repaired, green, unchanged by a second repair, and taken back', async () => {
    const { output } = await onDisposableHost(`${prelude()}
prepare() { bare; }
run() {
  export HOME=/root; cd /root; configure /root; serve
  say before; code $D check --format json > /root/before.json; $NODE -e '
    const r = JSON.parse(require("fs").readFileSync("/root/before.json", "utf8").split("\\nexit code")[0])
    for (const x of r.results) console.log(x.id, x.status, x.blockedBy ?? "")'; tail -n 1 /root/before.json
  say plan; $D fix --json | $NODE -e '
    const { fixes } = JSON.parse(require("fs").readFileSync(0, "utf8"))
    const steps = fixes.flatMap((fix) => fix.steps)
    console.log(steps.length > 10, steps.every((step) => step.kind === "manual" ? step.text : step.why))'
  say dry; changed() { find /root/.local /root/.config /etc /var/lib/dpkg /var/lib/apt /var/cache/apt -newer /root/before.json 2>/dev/null | sort || true; }; before=$(changed); $D fix --dry-run >/dev/null; $D check -v >/dev/null || true
  [ "$(changed)" = "$before" ] && echo unchanged
  say fix; code $D fix --yes
  say check; code $D check -v
  say again; code $D fix --yes
  say links; ip -brief addr
  say undo; code $D undo --yes
  say after; ip -brief addr; find /root/.local/share/chv-doctor -type f
  say nothing; code $D undo --yes
  kill $SERVER
}`)
    const before = section(output, 'before')
    for (const id of [
      'qemu-utils',
      'dosfstools',
      'mtools',
      'cloud-hypervisor',
      'firmware',
      'disk-image',
      'cloud-init',
      'tap-device',
      'ip-forward',
      'nat',
    ]) {
      expect(before).toContain(`${id} fail`)
    }
    expect(before).toContain('tap-address skip tap-device')
    expect(before).toContain('net-admin skip cloud-hypervisor')
    expect(before.match(/ fail/g)).toHaveLength(10)
    expect(before).toContain('exit code 1')
    expect(section(output, 'plan').trim()).toBe('true true')
    expect(section(output, 'dry').trim()).toBe('unchanged')
    expect(section(output, 'fix')).toContain('exit code 0')
    expect(section(output, 'fix')).toContain('Start the guest:')
    expect(section(output, 'check')).toContain('exit code 0')
    expect(section(output, 'check')).not.toContain('FAIL')
    expect(section(output, 'again')).toContain('Nothing to repair.')
    expect(section(output, 'links')).toMatch(/vm-tap0 .*192\.168\.249\.1\/24/)
    expect(section(output, 'undo')).toContain('exit code 0')
    expect(section(output, 'after')).not.toContain('vm-tap0')
    expect(section(output, 'after')).not.toMatch(/cloud-init\.img|user-data/)
    expect(section(output, 'after')).toContain('resolute.raw')
    expect(section(output, 'nothing')).toContain('Nothing to undo.')
  })

  it('does the same by the script that it prints, which also needs curl', async () => {
    const { output } = await onDisposableHost(`${prelude()}
prepare() {
  bare
  apt-get purge --yes -qq curl >/dev/null
  apt-get install --yes -qq --download-only --no-install-recommends curl ca-certificates >/dev/null
}
run() {
  export HOME=/root; cd /root; configure /root; serve
  $D fix --script > /root/repair.sh
  say script; code bash /root/repair.sh
  say check; code $D check -v
  kill $SERVER
}`)
    expect(section(output, 'script')).toContain('exit code 0')
    expect(section(output, 'check')).toContain('exit code 0')
  })

  it.skipIf(!realHypervisor)(
    `prints a boot command that the real Cloud Hypervisor accepts${because(realHypervisor ? null : 'CHV_DOCTOR_TEST_CH names no Cloud Hypervisor')}`,
    async () => {
      const { output } = await onDisposableHost(`${prelude()}
prepare() { bare; }
run() {
  export HOME=/root; cd /root; configure /root; serve
  $D fix --yes >/dev/null 2>&1
  $D check -v | sed -n '/^Start the guest:/,$p' | tail -n +2 > /root/boot.sh
  say boot; cat /root/boot.sh; code timeout 30 bash /root/boot.sh </dev/null
  kill $SERVER
}`)
      expect(section(output, 'boot')).toContain('CHV-DOCTOR-GUEST-OK')
      expect(section(output, 'boot')).toContain('exit code 0')
    },
  )
})
