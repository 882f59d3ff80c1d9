/** deploy/ansible/, as docs/fleet.md shows it, with the real Ansible on three hosts that it reaches by ssh. */
import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { blocksBelow } from '../helpers/docs-blocks.ts'
import { because } from '../helpers/needs.ts'
import { noPythonTools, pythonTool } from '../helpers/test-tools.ts'
import { realHypervisor } from './fixtures.ts'
import { fleet } from './fleet.ts'
import { prelude } from './scripts.ts'

const whyNot = whyNoDisposableHost ?? noPythonTools
const [, play, commands = ''] = blocksBelow('docs/fleet.md', 'Ansible')
const [roles, dryRun, run, facts] = commands.split('\n')

const script = `${prelude()}${fleet}
prepare() {
  groupadd --force --system kvm; useradd --create-home --shell /bin/bash --groups kvm alice
  echo 'alice ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/alice
  [ ! -e /dev/kvm ] || chgrp kvm /dev/kvm
  ln -sf "$NODE" /usr/local/bin/node
  mkdir -p "$(npm root --global)"; cp -r "$REPO" "$(npm root --global)/chv-doctor"
  mkdir /srv/play; cd "$REPO"; npm pack --silent --ignore-scripts --pack-destination /srv/play
  prepare_fleet
}
alice() { runuser -u alice -- env -i HOME=/home/alice USER=alice PATH=/usr/local/bin:/usr/bin:/bin "$@"; }
# What Ansible or the doctor left on a host. Where rpm is installed, Ansible asks it, and it makes a database.
state() { ssh 10.77.0.11 'sudo find /etc /home/alice /opt/chv-doctor /usr/local/bin -newer /srv/mark -type f -not -path "*/.ansible/*" -not -path "*/.rpmdb/*" -not -path "/opt/*/package/*" | sort; ip -brief link show type tun; cat /etc/ansible/facts.d/* 2>/dev/null || true'; }
run() {
  export HOME=/root; cd /home/alice; configure /home/alice; chown -R alice: .; serve
  # The artifacts are there; the hosts lack a TAP and a seed.
  alice $D fix --yes >/tmp/fix.out 2>&1 || cat /tmp/fix.out
  kill $SERVER; ip link del vm-tap0; rm /home/alice/.local/share/chv-doctor/cloud-init.img
  rm -rf /home/alice/.local/state
  # A third host that no fix can help.
  echo 'mount --bind /dev/null /dev/kvm' > /srv/c.sh
  make_switch; make_host a 10.77.0.11; make_host b 10.77.0.12; make_host c 10.77.0.13
  cd /srv/play
  cat > guests.yml <<'PLAY'
${play}PLAY
  { echo '[guest_hosts]'; for n in 11 12 13; do echo "10.77.0.$n"; await_host "10.77.0.$n"; done; } > hosts.ini
  touch /srv/mark
  # Where nothing answers on a port, a question ends at once.
  cat > lab.yml <<'VARS'
chv_doctor_config: { memory: 256M, nameservers: [10.77.0.1]${realHypervisor ? '' : ', ignore: { boot-probe: a stand-in }'} }
VARS
  export PATH=${pythonTool('')}:$PATH ANSIBLE_PIPELINING=1 ANSIBLE_NOCOLOR=1 ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3
  export ANSIBLE_CALLBACK_RESULT_FORMAT=yaml
  ${roles}
  say dry; code ${dryRun} -e @lab.yml --limit 10.77.0.11
  say untouched; state; echo end
  say first; code ${run} -e @lab.yml
  say changed; state
  say second; code ${run} -e @lab.yml
  say facts; ${facts} --limit 10.77.0.11
  ssh 10.77.0.11 sudo ip link del vm-tap0
  say preview; code ${dryRun} -e @lab.yml --limit 10.77.0.11
  say still; state
}`

/** What the recap says of each host. */
const recap = (text: string) =>
  [...text.matchAll(/^10\.77\.0\.(\d+) .*changed=(\d+) .*failed=(\d+)/gm)].map(([, ...found]) =>
    found.map(Number),
  )

describe.skipIf(whyNot)(`the Ansible role${because(whyNot)}`, () => {
  it('installs, repairs and keeps facts on three hosts, and changes nothing the second time', async () => {
    const { output } = await onDisposableHost(script)
    const part = (name: string) => section(output, name).trim()
    // Check mode on a host that has nothing yet: two changes are foreseen, none is made.
    expect(recap(part('dry'))).toEqual([[11, 2, 0]])
    expect(part('untouched')).toBe('end')
    // The first run mends two hosts; the third is told what no fix can help, and the run ends with that.
    expect(recap(part('first'))).toEqual([
      [11, 7, 0],
      [12, 7, 0],
      [13, 7, 1],
    ])
    expect(part('first')).toMatch(/kvm\/not-kvm \(fail\): .*exit code 1/s)
    expect(part('first')).toMatch(/exit code 2$/)
    expect(part('changed')).toMatch(
      /chv_doctor\.fact\n[\s\S]*cloud-init\.img\n[\s\S]*vm-tap0 [\s\S]*"exit_code": 0/,
    )
    expect(recap(part('second'))).toEqual([
      [11, 0, 0],
      [12, 0, 0],
      [13, 0, 1],
    ])
    expect(part('facts')).toMatch(/chv_doctor:\s+exit_code: 0\s+findings:/)
    // Check mode on a host that lost its TAP: the plan is shown and not carried out.
    expect(recap(part('preview'))).toEqual([[11, 1, 0]])
    expect(part('preview')).toContain('ip tuntap add')
    expect(part('still')).toBe(part('changed').replace(/^vm-tap0 .*\n/m, ''))
  })
})
