/**
 * `ssh` at a real OpenSSH server in a network namespace that stands in for the guest, behind a link that has
 * the name of the TAP.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because, missing } from '../helpers/needs.ts'
import { runCli } from '../helpers/run-cli.ts'

const whyNot = whyNoDisposableHost ?? missing('ip', 'mkdosfs', 'mcopy', 'ssh', 'script')

// The server is installed where it vanishes again: its package starts it, for everybody, on a real host.
const script = `
prepare() {
  apt-get install --yes -qq --no-install-recommends openssh-server >/tmp/apt.log 2>&1 || { tail -n 3 /tmp/apt.log; exit 1; }
  useradd --create-home --shell /bin/bash cloud; usermod -p '*' cloud
}
say() { echo "== $1"; }
D() { "$NODE" "$REPO/dist/cli.js" "$@"; }
ssh_in() { local rc=0; D ssh "$@" </dev/null 2>/tmp/stderr || rc=$?; echo "exit code $rc"; tr -s '\\n ' ' ' < /tmp/stderr; echo; }
wait_for() { local i; for i in $(seq 200); do "$@" >/dev/null 2>&1 && return; sleep 0.05; done; echo "in vain: $*"; exit 1; }
open() { (exec 3<>/dev/tcp/192.168.249.2/22) 2>/dev/null; }
closed() { ! open; }
serve() { ip netns exec guest /usr/sbin/sshd -D -e -h "/root/host-$1" -o UsePAM=no -o PasswordAuthentication=no 2>>/tmp/sshd.log & SSHD=$!; wait_for open; }
stop() { kill $SSHD; wait $SSHD 2>/dev/null || true; wait_for closed; }
authorize() { install -d -o cloud -m 700 /home/cloud/.ssh; install -o cloud -m 600 "$1" /home/cloud/.ssh/authorized_keys; }
seed() {
  printf '#cloud-config\\nusers:\\n  - name: cloud\\n    ssh_authorized_keys: ["%s"]\\n' "$(cat "$1")" > /root/user-data
  printf 'instance-id: %s\\n' "$2" > /root/meta-data
  rm -f /root/data/seed.img; mkdosfs -n CIDATA -C /root/data/seed.img 1024 >/dev/null; mcopy -i /root/data/seed.img /root/user-data /root/meta-data ::
}
run() {
  unset SSH_AUTH_SOCK; export HOME=/root; mkdir -p /run/sshd /root/data /root/.config/chv-doctor; rm -rf /root/.ssh; mkdir -m 700 /root/.ssh
  printf 'data_dir: /root/data\\nseed: /root/data/seed.img\\ndisk: /root/data/disk.raw\\n' > /root/.config/chv-doctor/chv-doctor.yaml
  # A configuration that would break every login, were it read.
  printf 'Host *\\n  ProxyCommand false\\n' > /root/.ssh/config
  ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519; ssh-keygen -q -t ed25519 -N '' -f /root/other
  ssh-keygen -q -t ed25519 -N '' -f /root/host-a; ssh-keygen -q -t ed25519 -N '' -f /root/host-b
  truncate -s 8M /root/data/disk.raw; seed /root/.ssh/id_ed25519.pub one; authorize /root/.ssh/id_ed25519.pub; cd /root

  say no-tap; ssh_in
  ip tuntap add dev vm-tap0 mode tap; say off; ssh_in; ip link del vm-tap0
  ip netns add guest; ip -n guest link set lo up
  ip link add vm-tap0 type veth peer name eth0 netns guest
  ip addr add 192.168.249.1/24 dev vm-tap0; ip link set vm-tap0 up
  say unreachable; ssh_in
  ip -n guest addr add 192.168.249.2/24 dev eth0; ip -n guest link set eth0 up; wait_for ping -c 1 -W 1 192.168.249.2
  say booting; ssh_in
  say waits; (sleep 2; serve a; sleep 30) & ssh_in --wait 30 -- id -un; kill %1 2>/dev/null || true; pkill sshd || true; wait_for closed
  serve a
  say argv; ssh_in -- printf '[%s]' 'a b' '$(id)' "it's" '' '*'
  say code; ssh_in -- sh -c 'exit 7'
  say input; echo typed | { D ssh -- cat; }
  say terminal; script -qec "$NODE $REPO/dist/cli.js ssh -- tty" /dev/null </dev/null | tr -d '\\r'
  say shell; printf 'id -un; tty\\nexit 4\\n' | { rc=0; D ssh || rc=$?; echo "exit code $rc"; }
  say kept; stat -c '%a %n' /root/data/known_hosts; ls /root/data/known_hosts | wc -l; ls /root/.ssh
  stop; serve b
  say other-host-key; ssh_in -- true
  seed /root/.ssh/id_ed25519.pub two
  say new-seed; ssh_in -- true
  cp /root/data/disk.raw /root/data/new; mv /root/data/new /root/data/disk.raw; stop; serve a
  say new-disk; ssh_in -- true
  authorize /root/other.pub
  say refused; ssh_in -- true
  seed /root/other.pub three
  say no-key; ssh_in -- true
  say no-network; ssh_in --set network=none
  say dhcp; ssh_in --set network=bridge
  say elsewhere; ssh_in --set guest_address=10.9.9.2/24 --set gateway_address=10.9.9.1/24
  say interrupted; authorize /root/.ssh/id_ed25519.pub; seed /root/.ssh/id_ed25519.pub four
  "$NODE" "$REPO/dist/cli.js" ssh -- sleep 1000 2>/dev/null & pid=$!; wait_for pgrep -x -u cloud sleep; kill -INT $pid; rc=0; wait $pid || rc=$?; echo "exit code $rc"; wait_for sh -c '! pgrep -x ssh'; echo 'no ssh left'
  stop; say end
}`

describe.skipIf(whyNot)(`ssh${because(whyNot)}`, () => {
  let output = ''
  beforeAll(async () => {
    output = (await onDisposableHost(script)).output
  }, 300_000)
  const seen = (name: string) => section(output, name).trim()

  it.each([
    ['no-tap', 'chv-doctor: The guest is not running: `node /opt/chv-doctor/dist/cli.js boot` starts it.'],
    ['off', 'chv-doctor: The guest is not running'],
    ['unreachable', 'chv-doctor: The guest does not answer at 192.168.249.2 (EHOSTUNREACH)'],
    [
      'booting',
      'chv-doctor: The guest runs at 192.168.249.2, but no ssh server listens: it is still booting',
    ],
    ['refused', 'chv-doctor: The guest does not accept the key of the seed for cloud'],
    [
      'no-key',
      'chv-doctor: No login to the guest: the seed has a key for cloud whose private half is not on this host',
    ],
    ['no-network', 'chv-doctor: The guest has no network'],
    ['elsewhere', 'chv-doctor: No login to the guest: this host does not reach 10.9.9.2 by vm-tap0 but'],
    ['dhcp', 'chv-doctor: The address of the guest is not known (`guest_address: dhcp`)'],
    ['other-host-key', 'chv-doctor: The guest has another host key than at the first login.'],
  ])('%s: one sentence, and 255', (name, says) => {
    expect(seen(name)).toMatch(/^exit code 255\n/)
    expect(seen(name)).toContain(says)
  })

  it('waits for a guest that is still booting', () => {
    expect(seen('waits')).toBe('cloud\nexit code 0')
  })

  it('passes on arguments, input and exit codes', () => {
    expect(seen('argv')).toBe("[a b][$(id)][it's][][*]exit code 0")
    expect(seen('code')).toBe('exit code 7')
    expect(seen('input')).toBe('typed')
    expect(seen('shell')).toMatch(/cloud\n.*not a tty[\s\S]*exit code 4$/)
  })

  it('gives a command a terminal on a terminal', () => {
    expect(seen('terminal')).toMatch(/\/dev\/pts\/\d+$/)
  })

  it('keeps the host key beside the guest, and touches nothing in ~/.ssh', () => {
    expect(seen('kept')).toBe('700 /root/data/known_hosts\n1\nconfig\nid_ed25519\nid_ed25519.pub')
  })

  it('believes a new key of a guest with a new seed or a new disk, and says nothing', () => {
    expect([seen('new-seed'), seen('new-disk')]).toEqual(['exit code 0', 'exit code 0'])
  })

  it('ends with its ssh after a signal', () => {
    expect(seen('interrupted')).toBe('exit code 130\nno ssh left')
  })
})

it('ssh takes a command only behind --', async () => {
  const { code, stderr } = await runCli(['ssh', 'ls'])
  expect([code, stderr.replaceAll(/\s+/g, ' ')]).toEqual([
    2,
    expect.stringContaining('does not take "ls"; words of a command for the guest come after --.'),
  ])
})
