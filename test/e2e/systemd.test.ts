/** deploy/systemd/ under a real systemd: the service runs, sees what its user sees, and is collected. */
import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { blocksBelow } from '../helpers/docs-blocks.ts'
import { because } from '../helpers/needs.ts'
import { absent, nodeExporter } from '../helpers/test-tools.ts'
import { prelude } from './scripts.ts'
import { systemd, whyNoSystemd } from './systemd.ts'

const whyNot = whyNoDisposableHost ?? whyNoSystemd ?? absent(nodeExporter)

const [install, harden] = blocksBelow('docs/fleet.md', 'A timer on each host')

const script = `${prelude()}${systemd}
prepare() {
  groupadd --force --system kvm; useradd --create-home --shell /bin/bash --groups kvm alice
  echo 'alice ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/alice
  [ ! -e /dev/kvm ] || chgrp kvm /dev/kvm
  cp "${nodeExporter}" /opt/
  ln -s "$REPO/dist/cli.js" /usr/local/bin/chv-doctor; chmod a+rx "$REPO/dist/cli.js"; ln -sf "$NODE" /usr/local/bin/node
  mkdir -p "$(npm root --global)"; ln -s "$REPO" "$(npm root --global)/chv-doctor"
  mkdir -p /var/lib/prometheus/node-exporter; chown nobody: /var/lib/prometheus/node-exporter
}
alice() { runuser -u alice -- env -i HOME=/home/alice USER=alice LOGNAME=alice PATH=/usr/local/bin:/usr/bin:/bin "$@"; }
run() {
  cd /home/alice; configure /home/alice; chown -R alice: .; serve
  alice chv-doctor fix --yes >/tmp/fix.out 2>&1 || cat /tmp/fix.out
  kill $SERVER
  under_systemd inside
}
# The verdicts of the service and of the user, where they differ.
compare() {
  code systemctl start chv-doctor@alice.service; systemctl show -P Result chv-doctor@alice.service
  alice chv-doctor check --format json > /tmp/user.json || true
  node -e '
    const [a, b] = process.argv.slice(1).map((file) => JSON.parse(fs.readFileSync(file, "utf8")))
    console.log(a.results.length, "checks,", JSON.stringify(a.summary))
    a.results.forEach((one, n) => {
      const other = b.results[n]
      if (one.status !== other.status || one.code !== other.code) console.log("differs:", one.id, one.status, one.code, "user:", other.status, other.code)
    })
  ' /var/lib/chv-doctor/report.json /tmp/user.json
}
exposure() { systemd-analyze security --no-pager chv-doctor@alice.service | tail -1; }
hypervisor() { find /home/alice/.local -type f -name "cloud-hypervisor*"; }
inside() {
  [ ! -e /dev/kvm ] || chmod 660 /dev/kvm
  say install
  ${install}
  code systemd-analyze verify /etc/systemd/system/chv-doctor@alice.service /etc/systemd/system/chv-doctor@alice.timer
  say timer; systemctl list-timers --no-pager chv-doctor@alice.timer | sed -n 2p
  exposure
  say plain; compare
  say collected
  ls -l --time-style=+ /var/lib/prometheus/node-exporter
  runuser -u nobody -- grep -c '^chv_doctor_check_status' /var/lib/prometheus/node-exporter/chv-doctor.prom
  runuser -u nobody -- ${nodeExporter.replace(/.*\//, '/opt/')} --web.listen-address=127.0.0.1:9100 --collector.disable-defaults --collector.textfile --collector.textfile.directory=/var/lib/prometheus/node-exporter >/dev/null 2>&1 & exporter=$!
  for _ in $(seq 50); do curl -s http://127.0.0.1:9100/metrics > /tmp/metrics && break; sleep 0.1; done
  grep -E '^(node_textfile_scrape_error|chv_doctor_exit_code)' /tmp/metrics; kill $exporter
  say capability
  echo 'net_admin_capability: always' >> /home/alice/.config/chv-doctor/chv-doctor.yaml
  setcap cap_net_admin=ep "$(hypervisor)"
  compare
  say hardened
  ${harden}
  exposure
  say defeated; compare
  say without
  sed -i '/net_admin_capability/d' /home/alice/.config/chv-doctor/chv-doctor.yaml
  setcap -r "$(hypervisor)"
  compare
}`

describe.skipIf(whyNot)(`deploy/systemd${because(whyNot)}`, () => {
  it('runs, sees what its user sees, and is collected', async () => {
    const { output } = await onDisposableHost(script)
    const part = (name: string) => section(output, name).trim()
    expect(part('install')).toMatch(/exit code 0$/)
    expect(part('timer')).toMatch(/ left .*chv-doctor@alice\.timer +chv-doctor@alice\.service\n/)
    const verdicts = /^exit code 0\nsuccess\n\d\d checks, .*"fail":.*$/
    expect(part('plain')).toMatch(verdicts)
    expect(part('collected')).toMatch(/chv-doctor\.prom -> \/var\/lib\/chv-doctor\/chv-doctor\.prom\n/)
    expect(part('collected')).toMatch(/chv_doctor_exit_code \d\nnode_textfile_scrape_error 0$/)
    // With the capability, the unit of its own is right; the drop-in would take it away.
    expect(part('capability')).toMatch(verdicts)
    // The real hypervisor does not even run then; a script in its place does.
    expect(part('defeated')).toMatch(/\ndiffers: (cloud-hypervisor|net-admin) fail \S+ user: ok/)
    expect(part('without')).toMatch(verdicts)
    const exposure = (name: string) => Number(/level for \S+ ([0-9.]+)/.exec(part(name))?.[1])
    expect(exposure('timer')).toBeLessThan(7)
    expect(exposure('hardened')).toBeLessThan(3)
  })
})
