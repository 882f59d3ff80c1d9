/** The unit of a guest under a real systemd, with the real Cloud Hypervisor: installed, protected, powered off, undone. */
import { beforeAll, describe, expect, it } from 'vitest'
import { guestThat, hang, say, wait } from '../helpers/acting-guest.ts'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { realHypervisor, whyNoGuest } from './fixtures.ts'
import { systemd, whyNoSystemd } from './systemd.ts'

const whyNot = whyNoDisposableHost ?? whyNoSystemd ?? whyNoGuest ?? missing('curl', 'setcap', 'ip')

const guest = Buffer.from(guestThat(wait(300), say('\r\nhello from the guest\r\n'), hang)).toString('base64')

const script = `${systemd}
prepare() {
  groupadd --force --system kvm; useradd --create-home --shell /bin/bash --groups kvm alice; useradd mallory
  echo 'alice ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/alice
  chgrp kvm /dev/kvm
  install -d -o alice -m 755 /home/alice/bin /home/alice/data '/home/alice/100% h'
  install -o alice -m 755 ${realHypervisor} /home/alice/bin/cloud-hypervisor
  base64 -d > /home/alice/data/CLOUDHV.fd <<'GUEST'
${guest}
GUEST
}
say() { echo "== $1"; }
code() { local rc=0; "$@" || rc=$?; echo "exit code $rc"; }
alice() { runuser -u alice -- env -i HOME=/home/alice USER=alice LOGNAME=alice PATH=/usr/local/bin:/usr/bin:/bin "$@"; }
D() { alice "$NODE" "$REPO/dist/cli.js" "$@" 2>&1; }
run() {
  cd /home/alice; mkdir -p .config/chv-doctor
  cat > .config/chv-doctor/chv-doctor.yaml <<'YAML'
hypervisor: /home/alice/bin/cloud-hypervisor
data_dir: /home/alice/data
disk: /home/alice/data/disk.raw
memory: 128M
cpus: 1
guest_unit: true
YAML
  truncate -s 8M data/disk.raw data/other.raw "100% h/it's \\$HOME.raw"; truncate -s 1M data/cloud-init.img; chown -R alice: .
  ip tuntap add dev vm-tap0 mode tap user alice; ip link set vm-tap0 up
  under_systemd inside
}
unit() { D boot --unit "$@" | sed -n 's/^RuntimeDirectory=\\(.*\\)/\\1.service/p'; }
exposure() { systemd-analyze security --no-pager "$1" | tail -1; }
# The guest prints once it runs; its console is in the journal.
up() { local i; for i in $(seq 100); do journalctl -u "$1" -o cat --no-pager | grep -q 'hello from the guest' && break; sleep 0.1; done
  systemctl show -P ActiveState "$1"; journalctl -u "$1" -o cat --no-pager | grep -m 1 hello || journalctl -u "$1" -o cat --no-pager | tail -n 5; }
down() { systemctl kill -s KILL "$1" 2>/dev/null || true; systemctl stop --no-block "$1"; journalctl --rotate --vacuum-time=1s >/dev/null 2>&1 || true; }
status() { grep -E '^(Uid|CapEff|NoNewPrivs):' "/proc/$1/status" | tr -s '\\t ' ' '; }
try() { local u; u=$(unit "$@"); D boot --unit "$@" > "/etc/systemd/system/$u"; code systemd-analyze verify "/etc/systemd/system/$u" 2>&1; exposure "$u"; systemctl daemon-reload; systemctl start "$u"; up "$u"; U=$u; }
inside() {
  chmod 660 /dev/kvm
  say before; D check -v guest-unit || true
  say plan; D fix install-guest-unit --dry-run
  say fix; code D fix install-guest-unit --yes
  say again; code D fix install-guest-unit --yes
  U=$(unit); stat -c '%U %a' "/etc/systemd/system/$U"; systemctl is-enabled "$U"; systemctl is-active "$U" || true
  say start; systemctl start "$U"; up "$U"; P=$(systemctl show -P MainPID "$U"); status "$P"
  say sees; ls -A "/proc/$P/root/home/alice" "/proc/$P/root/root"; exposure "$U"
  say stop; code D stop --wait 1; code D stop --force --wait 1; sleep 1; systemctl show -P ActiveState -P Result "$U"
  say crash; systemctl start "$U"; up "$U"; systemctl kill -s KILL "$U"; sleep 7; systemctl show -P NRestarts -P ActiveState "$U"
  say undo; systemctl kill -s KILL "$U"; code D undo --yes; ls /etc/systemd/system | grep -c chv-doctor || true; systemctl is-active "$U" || true
  say hostile; try --set "disk=/home/alice/100% h/it's \\$HOME.raw"; tr '\\0' '\\n' < "/proc/$(systemctl show -P MainPID "$U")/cmdline" | grep HOME; down "$U"
  say no-network; try --set network=none --set disk=/home/alice/data/other.raw; down "$U"
  say press; curl --version > /dev/null; grep -c '^ExecStop=.*/curl' /etc/systemd/system/chv-doctor-guest-1-*.service
  say foreign; chmod 777 /home/alice/bin; code D boot --unit; code D check guest-unit -v; chmod 755 /home/alice/bin
  say capability; ip link del vm-tap0; ip tuntap add dev vm-tap0 mode tap user mallory; ip link set vm-tap0 up
  setcap cap_net_admin=ep /home/alice/bin/cloud-hypervisor; try; status "$(systemctl show -P MainPID "$U")"; down "$U"
  say of-root; ip link del vm-tap0; ip tuntap add dev vm-tap0 mode tap user root; ip link set vm-tap0 up; setcap -r /home/alice/bin/cloud-hypervisor
  D() { "$NODE" "$REPO/dist/cli.js" "$@" 2>&1; }; export HOME=/root; cd /root
  mkdir -p /root/data; cp /home/alice/data/CLOUDHV.fd /root/data; truncate -s 1M data/cloud-init.img; truncate -s 8M data/disk.raw
  own="--set data_dir=/root/data --set disk=/root/data/disk.raw --set memory=128M --set cpus=1"
  code D boot --unit $own --set hypervisor=/home/alice/bin/cloud-hypervisor
  install -m 755 ${realHypervisor} /usr/local/bin/; try $own; status "$(systemctl show -P MainPID "$U")"; down "$U"
  say end
}`

describe.skipIf(whyNot)(`the unit of a guest${because(whyNot)}`, () => {
  let output = ''
  beforeAll(async () => {
    output = (await onDisposableHost(script)).output
  }, 300_000)
  const seen = (name: string) => section(output, name).trim()
  const running = /active\nhello from the guest\b/
  const exposure = (name: string) => Number(/level for \S+ ([0-9.]+)/.exec(seen(name))?.[1])

  it('is asked for, shown whole, installed once and enabled', () => {
    expect(seen('before')).toMatch(/FAIL +guest-unit[\s\S]*there is no[\s\S]*chv-doctor-guest-1-/)
    expect(seen('plan')).toContain('ExecStart=/home/alice/bin/cloud-hypervisor')
    expect(seen('fix')).toMatch(/exit code 0$/)
    expect(seen('again')).toMatch(/exit code 0\nroot 644\nenabled\ninactive$/)
  })

  it('runs the guest as the user, who sees nothing but its files', () => {
    expect(seen('start')).toMatch(running)
    expect(seen('start')).toMatch(/Uid: (?!0 )\d+ .*\nCapEff: 0000000000000000\nNoNewPrivs: 1$/)
    expect(seen('sees')).toMatch(/home\/alice:\nbin\ndata\n/)
    expect(exposure('sees')).toBeLessThan(2)
  })

  it('is found by stop, and comes back only after a failure', () => {
    expect(seen('stop')).toMatch(
      /did not power off[\s\S]*exit code 1[\s\S]*through its API[\s\S]*exit code 0\n/,
    )
    expect(seen('stop')).toMatch(/inactive/)
    expect(seen('stop')).toMatch(/success/)
    expect(seen('crash')).toMatch(/^1$/m)
    expect(seen('crash')).toMatch(/active$/m)
  })

  it('is gone after undo', () => {
    expect(seen('undo')).toMatch(/exit code 0\n0\ninactive$/)
  })

  it.each(['hostile', 'no-network', 'capability'])(
    '%s: starts the guest, and systemd finds no fault',
    (name) => {
      expect(seen(name)).toMatch(/exit code 0\n/)
      expect(seen(name)).toMatch(running)
    },
  )

  it('is as tight as Cloud Hypervisor permits', () => {
    expect(seen('hostile')).toContain("path=/home/alice/100% h/it's $HOME.raw,image_type=raw")
    expect(exposure('no-network')).toBeLessThan(1)
    expect(exposure('capability')).toBeLessThan(6)
    expect(seen('capability')).toMatch(/CapEff: 0000000000001000\nNoNewPrivs: 0$/)
    expect(Number(seen('press').split('\n')[0]?.replace(/.*:/, ''))).toBeGreaterThan(0)
  })

  it('of root starts only what root alone can change, without a capability', () => {
    expect(seen('of-root')).toMatch(
      /no unit for this guest:[\s\S]*is not trusted[\s\S]*belongs to user[\s\S]*exit code 1/,
    )
    expect(seen('of-root')).toMatch(running)
    expect(seen('of-root')).toMatch(/Uid: 0 .*\nCapEff: 0000000000000000\nNoNewPrivs: 1$/)
  })

  it('is refused where another account could exchange what it starts', () => {
    expect(seen('foreign')).toMatch(
      /There can be no unit for this guest: [\s\S]*is not trusted[\s\S]*exit code 1/,
    )
  })
})
