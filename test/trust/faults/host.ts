/** Faults of the machine: KVM, TUN, memory, space. */
import type { Fault } from './fault.ts'

const kvmPeers = ['kvm-ok', 'virt-host-validate'] as const

export const hostFaults: readonly Fault[] = [
  {
    id: 'platform-no-package-manager',
    check: 'platform',
    status: 'warn',
    plant: 'rm /usr/bin/apt-get',
    mends: false,
  },
  {
    id: 'host-kernel-old',
    check: 'host-kernel',
    plant: ':',
    // A personality of the kernel: uname says 2.6.x.
    wrap: ['setarch', '--uname-2.6'],
    mends: false,
  },
  { id: 'kvm-gone', check: 'kvm', plant: 'rm /dev/kvm', mends: false, peers: kvmPeers },
  { id: 'kvm-file', check: 'kvm', plant: 'rm /dev/kvm; touch /dev/kvm', mends: false, peers: kvmPeers },
  { id: 'kvm-directory', check: 'kvm', plant: 'rm /dev/kvm; mkdir /dev/kvm', mends: false, peers: kvmPeers },
  { id: 'kvm-fifo', check: 'kvm', plant: 'rm /dev/kvm; mkfifo /dev/kvm', mends: false, peers: kvmPeers },
  {
    id: 'kvm-dangling-link',
    check: 'kvm',
    plant: 'rm /dev/kvm; ln -s /dev/none /dev/kvm',
    mends: false,
    peers: kvmPeers,
  },
  {
    id: 'kvm-other-device',
    check: 'kvm',
    plant: 'rm /dev/kvm; mknod -m 660 /dev/kvm c 1 3',
    mends: false,
    peers: kvmPeers,
  },
  {
    id: 'kvm-no-driver',
    check: 'kvm',
    plant: 'rm /dev/kvm; mknod -m 660 /dev/kvm c 10 199',
    mends: false,
    peers: kvmPeers,
  },
  {
    id: 'kvm-user-not-in-group',
    check: 'kvm',
    user: 'sky',
    plant: 'gpasswd --delete sky kvm',
    mends: true,
    peers: kvmPeers,
  },
  {
    id: 'kvm-closed-mode',
    check: 'kvm',
    user: 'sky',
    plant: 'chmod 600 /dev/kvm',
    mends: true,
    peers: kvmPeers,
  },
  {
    id: 'kvm-other-group',
    check: 'kvm',
    user: 'sky',
    plant: 'chown :daemon /dev/kvm',
    mends: true,
    peers: kvmPeers,
  },
  {
    id: 'kvm-read-only',
    check: 'kvm',
    user: 'sky',
    plant: 'chmod 640 /dev/kvm',
    mends: true,
    peers: kvmPeers,
  },
  {
    id: 'kvm-old-login',
    check: 'kvm',
    user: 'sky',
    // The group is listed, this login has it not.
    plant: ':',
    wrap: [
      ...['sudo', '-n', 'setpriv', '--reuid', 'sky', '--regid', 'sky', '--clear-groups', 'env', '-i'],
      ...['HOME=/home/sky', 'USER=sky', 'TERM=dumb', 'XDG_STATE_HOME=/home/sky/state-fault'],
      'PATH=/usr/local/bin:/usr/bin:/bin',
    ],
    mends: true,
    peers: kvmPeers,
  },
  {
    id: 'kvm-nodev',
    check: 'kvm',
    plant:
      'mkdir /tmp/d; mount -t tmpfs -o nodev nodev /tmp/d; mknod /tmp/d/kvm c 10 232; mount --bind /tmp/d/kvm /dev/kvm',
    mends: false,
    peers: kvmPeers,
  },
  { id: 'tun-gone', check: 'tun', plant: 'rm /dev/net/tun', mends: false, peers: ['virt-host-validate'] },
  {
    id: 'tun-file',
    check: 'tun',
    plant: 'rm /dev/net/tun; touch /dev/net/tun',
    mends: false,
    peers: ['virt-host-validate'],
  },
  {
    id: 'tun-directory',
    check: 'tun',
    plant: 'rm /dev/net/tun; mkdir /dev/net/tun',
    mends: false,
    peers: ['virt-host-validate'],
  },
  {
    id: 'tun-no-driver',
    check: 'tun',
    plant: 'rm /dev/net/tun; mknod -m 666 /dev/net/tun c 10 199',
    mends: false,
    peers: ['virt-host-validate'],
  },
  {
    id: 'tun-closed-mode',
    check: 'tun',
    user: 'sky',
    plant: 'chmod 600 /dev/net/tun',
    mends: true,
    peers: ['virt-host-validate'],
  },
  {
    id: 'tun-read-only-mode',
    check: 'tun',
    user: 'sky',
    plant: 'chmod 644 /dev/net/tun',
    mends: true,
    peers: ['virt-host-validate'],
  },
  { id: 'memory-too-large', check: 'memory', plant: 'set_key memory 900G', mends: false },
  {
    id: 'memory-no-huge-pages',
    check: 'memory',
    plant: 'set_key hugepages true; sysctl -qw vm.nr_hugepages=0',
    mends: false,
  },
  {
    id: 'disk-space-full',
    check: 'disk-space',
    plant: 'fallocate -l $(( ($(df --output=avail -k $ROOT_DATA | tail -1) - 20000) * 1024 )) /var/ballast',
    mends: false,
    peers: ['goss'],
  },
  {
    id: 'disk-space-small-mount',
    check: 'disk-space',
    ready:
      'cp -a $ROOT_DATA /tmp/data; mkdir -p /srv/small; mount -t tmpfs -o size=400m small /srv/small; cp -a --sparse=always /tmp/data /srv/small/; set_key data_dir /srv/small/data',
    plant:
      'fallocate -l $(( ($(df --output=avail -k /srv/small | tail -1) - 20000) * 1024 )) /srv/small/ballast',
    mends: false,
  },
]
