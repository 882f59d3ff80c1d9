/** Many doctors at once in one home: each says what it would say alone, and nothing is lost or left half-made. */
import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { realHypervisor } from './fixtures.ts'
import { lab } from './lab.ts'
import { hypervisorNote, prelude } from './scripts.ts'

const title = `a crowd of doctors, ${hypervisorNote}`
const doctors = 20

/** Prints each different report once, without what differs from run to run, and how many doctors gave it. */
const compareReports = `
const { readFileSync } = require("fs")
const reports = process.argv.slice(1).map((file) => {
  const { exitCode, results } = JSON.parse(readFileSync(file, "utf8"))
  return exitCode + " " + results.map(({ id, status, finding, reason }) => id + " " + status + " " + (finding ?? (status === "skip" ? reason : ""))).join(", ")
})
for (const one of new Set(reports)) console.log(reports.filter((report) => report === one).length, one)`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('repairs a host once, and sees the same of it', async () => {
    const { code, output } = await onDisposableHost(`${prelude()}${lab}
prepare() { :; }
checks() { local n p=''; for n in $(seq ${doctors}); do { $D check --json > /tmp/$1-$n 2>/tmp/$1-err-$n || true; } & p="$p $!"; done; wait $p; }
run() {
  export HOME=/root; cd /root; rm -rf /root/.local /root/.config; configure /root; echo 'nameservers: [203.0.113.53]' >> .config/chv-doctor/chv-doctor.yaml
  # A busy machine is not what is tested here.
  echo 'check_timeout: 120' >> .config/chv-doctor/chv-doctor.yaml
  network
  # Slow enough that the downloads of all overlap.
  serve 4000000
  rm -f $REPO/dist/test-artifacts/served
  local n p=''
  for n in 1 2 3 4; do { local rc=0; $D fix --yes > /tmp/fix-$n 2>&1 || rc=$?; echo "$rc" > /tmp/code-$n; } & p="$p $!"; done
  checks during; wait $p
  say codes; for n in 1 2 3 4; do cat /tmp/code-$n; done
  say refused; cat /tmp/fix-? | grep -o 'Another chv-doctor is changing this host' || true
  say errors; echo "[$(cat /tmp/during-err-*)]"
  say during; "$NODE" -e '${compareReports}' /tmp/during-[0-9]*
  checks after
  cat /tmp/after-err-*
  say after; "$NODE" -e '${compareReports}' /tmp/after-[0-9]*
  say served; cd $REPO/dist/test-artifacts; for f in cloud-hypervisor fw.fd image.img; do echo $f $(awk -v f=$f '$1 == f { sum += $3 } END { print sum }' served) of $(stat -c %s $f); done; cd /root
  say left; find /root/.local /root/.config /tmp | grep -e '\\.part' -e '\\.lock' -e converting || true
  finish
}`)
    expect(code, output).toBe(0)
    // One repairs; the others say that it does, and change nothing.
    expect(section(output, 'codes').trim().split('\n').sort()).toEqual(['0', '5', '5', '5'])
    expect(section(output, 'refused').trim().split('\n')).toEqual(
      Array.from({ length: 3 }, () => 'Another chv-doctor is changing this host'),
    )
    const served = [...section(output, 'served').matchAll(/^\S+ (\d+) of (\d+)$/gm)]
    expect(served).toHaveLength(3)
    for (const [line, sent, size] of served) expect(sent, line).toBe(size)
    expect(section(output, 'left').trim()).toBe('')
    // Each doctor sees what the others see, while the host is repaired beside them as well: no verdict tears.
    expect(section(output, 'errors').trim()).toBe('[]')
    const during = section(output, 'during').trim().split('\n')
    expect(during.reduce((sum, line) => sum + Number.parseInt(line, 10), 0)).toBe(doctors)
    for (const line of during) expect(line).not.toContain(' unknown')
    // Both proofs use the one TAP: nobody takes another doctor for a VM.
    const after = section(output, 'after').trim().split('\n')
    expect(after, after.join('\n')).toHaveLength(1)
    expect(after[0]).toMatch(new RegExp(`^${doctors} 0 `))
    expect(after[0]).toContain('guest-reach ok')
    expect(after[0]).toContain(realHypervisor ? 'boot-probe ok' : 'boot-probe skip ignored')
  })
})
