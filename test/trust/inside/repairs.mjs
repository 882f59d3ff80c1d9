// What is broken before a repair that is cut off: together they use every fix that a host without a
// processor of its own for virtualisation can use (load-kvm needs one).

const stub = `
[ -e /usr/bin/systemctl.real ] || mv /usr/bin/systemctl /usr/bin/systemctl.real
program /usr/bin/systemctl <<'SYSTEMCTL'
#!/bin/sh
case "$1" in
is-active) printf 'active\\ninactive\\ninactive\\n'; exit 3 ;;
disable) exec /usr/bin/systemctl.real --root=/ disable "$3" ;;
*) exec /usr/bin/systemctl.real --root=/ "$@" ;;
esac
SYSTEMCTL
mkdir -p /run/systemd/system`

const kernel =
  'set_key boot kernel; set_key kernel_url http://127.0.0.1:8123/fw.fd; set_key kernel_sha256 $(sha256sum $ROOT_DATA/CLOUDHV.fd | cut -d" " -f1); set_key cmdline "console=ttyS0 root=/dev/vda1"'

/** The server is slow enough that a download can be met half way. */
const slow = "kill $(pgrep -f '[s]erve.mjs') || true; sleep 0.1; serve 6000000"

export const repairs = {
  files: {
    fixes: ['install-cloud-hypervisor', 'fetch-firmware', 'fetch-image', 'create-cloud-init'],
    plant: `rm -rf $ROOT_DATA; ${slow}`,
    plantAgain: 'rm -rf $ROOT_DATA',
  },
  network: {
    fixes: ['create-tap', 'route-guest', 'route-ipv6', 'persist-network'],
    ready: `${stub}
ip -6 addr add 2001:db8::2/64 dev eth0 nodad; ip -6 route add default via 2001:db8::1 dev eth0; set_key ipv6 masquerade; set_key persist_network true; (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes cloud-init)`,
    // Undo takes all of it back.
    plantAgain: ':',
    plant:
      'ip link del vm-tap0; nft delete table inet chv_doctor; sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0',
  },
  access: {
    user: 'sky',
    plantAgain: ':',
    fixes: ['kvm-access', 'load-tun', 'setcap'],
    ready: 'set_key net_admin_capability always',
    plant:
      'gpasswd --delete sky kvm; chmod 600 /dev/net/tun; setcap -r $SKY_DATA/bin/cloud-hypervisor 2>/dev/null || true',
  },
  kernel: { fixes: ['fetch-kernel'], ready: kernel, plant: 'rm -f $ROOT_DATA/vmlinux' },
  build: {
    fixes: ['build-kernel'],
    ready: `cp -r $REPO/test/e2e/tiny-kernel /srv/tiny.git; git init -q /srv/tiny.git
git -C /srv/tiny.git checkout -q -B ch-tiny; git -C /srv/tiny.git add -A; git -C /srv/tiny.git -c user.name=t -c user.email=t@example.org commit -q -m tiny
set_key boot kernel; set_key kernel_build true; set_key kernel_source "file:///srv/tiny.git#ch-tiny"; set_key cmdline "console=ttyS0 root=/dev/vda1"; set_key ignore "{ disk-space: small }"`,
    plant: 'rm -rf $ROOT_DATA/vmlinux $ROOT_DATA/build',
  },
  packages: {
    fixes: ['install-packages'],
    plant: 'apt-get purge -qq --yes mtools',
  },
}
