/** Everything that can be missing while the doctor looks or repairs. */
import type { Want } from './want.ts'

const fix = ['fix', '--yes'] as const
const check = ['check', '--verbose'] as const
const bare = 'rm -rf $ROOT_DATA; ip link del vm-tap0'

/** A data directory on a file system of its own. */
const small = (options: string, more = ':') =>
  `rm -rf $ROOT_DATA; mkdir -p $ROOT_DATA; mount -t tmpfs -o ${options},mode=700 small $ROOT_DATA; set_key ignore "{ disk-space: what follows is meant }"; ${more}`

/** Leaves so many KiB free on it. */
const fill = (kib: number) =>
  `head -c $(( ($(df --output=avail -k $ROOT_DATA | tail -1) - ${kib}) * 1024 )) /dev/zero > $ROOT_DATA/ballast`

const hung = (path: string) =>
  `printf '#!/bin/sh\\nexec sleep 1000\\n' | program ${path}; set_key check_timeout 2`

const full = /is full|no space|ENOSPC|free some space|make room|has .* free|unable to create/i

export const wants: readonly Want[] = [
  // The disk is full at each step that writes.
  ...[0, 40, 1000, 4600, 5200, 9000, 13_000].map(
    (kib): Want => ({
      id: `disk-full-${kib}-kib-free`,
      plant: small('size=30m', fill(kib)),
      args: fix,
      codes: [5],
      says: full,
    }),
  ),
  {
    id: 'disk-full-state',
    plant: `${bare}; mkdir -p /root/state-fault; mount -t tmpfs -o size=4k,mode=700 s /root/state-fault; head -c 4096 /dev/zero > /root/state-fault/b || true`,
    args: fix,
    codes: [5],
    says: full,
  },
  {
    id: 'disk-full-output-file',
    plant: 'mkdir /srv/o; mount -t tmpfs -o size=4k o /srv/o; head -c 4096 /dev/zero > /srv/o/b || true',
    args: ['check', '--format', 'json', '--output', '/srv/o/report'],
    codes: [2],
    says: /\/srv\/o\/report/,
  },
  {
    id: 'disk-full-facts-file',
    plant: 'mkdir /srv/o; mount -t tmpfs -o size=4k o /srv/o; head -c 4096 /dev/zero > /srv/o/b || true',
    args: ['check', '--facts-out', '/srv/o/facts'],
    codes: [2],
    says: /\/srv\/o\/facts/,
  },
  { id: 'no-inodes', plant: small('size=100m,nr_inodes=4'), args: fix, codes: [5], says: full },
  { id: 'no-inodes-seed', plant: small('size=100m,nr_inodes=12'), args: fix, codes: [5], says: full },
  {
    id: 'read-only-data',
    plant: `${small('size=100m')}; mount -o remount,ro $ROOT_DATA`,
    args: fix,
    codes: [5],
    says: /read-only|EROFS|may not be written|cannot be written/i,
  },
  {
    id: 'read-only-state',
    plant: `${bare}; mkdir -p /root/state-fault; mount -t tmpfs -o ro s /root/state-fault`,
    args: fix,
    codes: [5],
    says: /state-fault/,
  },
  {
    id: 'read-only-check',
    plant: 'mount --bind /root /root; mount -o remount,bind,ro /root',
    args: check,
    // The disk may not be written by a guest, and that is all.
    codes: [1],
    says: /1 failed/,
  },
  // Descriptors, memory, processes.
  ...[20, 24, 28, 32, 40].map(
    (files): Want => ({
      id: `descriptors-${files}-check`,
      plant: ':',
      wrap: ['bash', '-c', `ulimit -n ${files}; exec "$@"`, 'bash'],
      args: check,
      codes: [0, 1, 3],
      says: /ok|descriptor|EMFILE|open files/i,
    }),
  ),
  ...[20, 32].map(
    (files): Want => ({
      id: `descriptors-${files}-fix`,
      plant: bare,
      wrap: ['bash', '-c', `ulimit -n ${files}; exec "$@"`, 'bash'],
      args: fix,
      codes: [0, 5, 2],
      says: /Nothing to repair|ok|descriptor|EMFILE|open files/i,
    }),
  ),
  {
    // Node itself takes eleven.
    id: 'processes-few-check',
    plant: ':',
    user: 'sky',
    wrap: ['bash', '-c', 'ulimit -u 16; exec "$@"', 'bash'],
    args: check,
    codes: [0, 1, 3],
    says: /EAGAIN|process|unknown|cannot be started|ok/i,
  },
  {
    id: 'memory-small-check',
    plant: ':',
    env: { NODE_OPTIONS: '--max-old-space-size=32' },
    args: check,
    codes: [0],
    says: /ok/,
  },
  // Whole parts of a system.
  { id: 'no-tmp-check', plant: 'umount -l /tmp; rm -rf /tmp', args: check, codes: [0, 3], says: /tmp|ok/ },
  {
    id: 'no-tmp-fix',
    plant: `${bare}; umount -l /tmp; rm -rf /tmp`,
    args: fix,
    codes: [0, 1, 3, 5],
    says: /tmp|ok/,
  },
  { id: 'no-proc-check', plant: 'umount -R -l /proc', args: check, codes: [1, 3], says: /\/proc/ },
  { id: 'no-proc-fix', plant: `${bare}; umount -R -l /proc`, args: fix, codes: [1, 3, 5], says: /\/proc/ },
  { id: 'no-sys-check', plant: 'umount -R -l /sys', args: check, codes: [0, 1, 3], says: /ok/ },
  {
    id: 'no-perl-python',
    plant:
      'for p in perl python3 python; do while f=$(command -v $p); do rm -f "$f"; hash -r; done; done; rm -rf /root/.pyenv',
    args: check,
    codes: [0, 3],
    says: /perl|not tried|not probed/i,
  },
  {
    id: 'no-perl-python-fix',
    plant: `${bare}; rm -f /usr/bin/perl /usr/bin/python3 /usr/bin/python3.*; rm -rf /root/.pyenv`,
    args: fix,
    codes: [0, 3],
    says: /Start the guest|ok/,
  },
  { id: 'no-ip', plant: 'rm /bin/ip /sbin/ip', args: check, codes: [1], says: /iproute2/ },
  { id: 'no-nft', plant: 'rm /usr/sbin/nft', args: check, codes: [0, 3], says: /nat / },
  { id: 'no-bash-fix', plant: `${bare}; mv /bin/bash /bin/was-bash`, args: fix, codes: [5], says: /bash/ },
  {
    id: 'no-sudo-fix',
    plant: `rm -rf $SKY_DATA; ip link del vm-tap0; rm /usr/bin/sudo`,
    user: 'sky',
    args: fix,
    codes: [5],
    says: /sudo/,
  },
  {
    id: 'busybox-check',
    plant:
      'B=/opt/busybox; mkdir $B; cp $(command -v busybox) $B/busybox; for a in $($B/busybox --list); do ln -sf busybox $B/$a; done; rm /bin/ip /sbin/ip; ln -s $B/ip /sbin/ip',
    args: check,
    codes: [1, 3],
    says: /iproute2|ip /,
  },
  {
    id: 'no-passwd',
    plant: 'mv /etc/passwd /etc/passwd.gone',
    args: check,
    codes: [0, 2, 3],
    says: /ok|passwd/,
  },
  {
    id: 'no-os-release',
    plant: 'rm -f /etc/os-release /usr/lib/os-release',
    args: check,
    codes: [0, 3],
    says: /unknown distribution|ok/,
  },
  { id: 'no-resolv', plant: 'rm -f /etc/resolv.conf', args: check, codes: [0, 3], says: /ok/ },
  // Streams.
  {
    id: 'stdout-full',
    plant: ':',
    args: check,
    through: '"$@" > /dev/full',
    codes: [2, 5],
    says: /standard output|ENOSPC|cannot be written/i,
  },
  {
    id: 'stdout-full-json',
    plant: ':',
    args: ['check', '--format', 'json'],
    through: '"$@" > /dev/full',
    codes: [2, 5],
    says: /standard output|ENOSPC|cannot be written/i,
  },
  {
    id: 'stdout-closed',
    plant: ':',
    args: check,
    through: '"$@" >&-',
    codes: [0, 2, 5],
    says: /|standard output/,
  },
  { id: 'stderr-closed', plant: ':', args: check, through: '"$@" 2>&-', codes: [0], says: /ok/ },
  { id: 'both-closed', plant: ':', args: check, through: '"$@" >&- 2>&-', codes: [0, 2, 5], says: /|/ },
  { id: 'stdin-closed', plant: ':', args: check, through: '"$@" <&-', codes: [0], says: /ok/ },
  {
    id: 'stdout-head',
    plant: bare,
    args: fix,
    through:
      'set -o pipefail; "$@" 2>&1 | head -n 1; rc=$PIPESTATUS; /opt/node /opt/chv-doctor/dist/cli.js check; exit $rc',
    codes: [0, 5],
    says: /\n1 warning|, \d+ ok/,
  },
  {
    id: 'script-full',
    plant: bare,
    args: ['fix', '--script'],
    through: '"$@" > /dev/full',
    codes: [2, 5],
    says: /standard output|ENOSPC|cannot be written/i,
  },
  // Homes.
  {
    id: 'no-home-variable',
    plant: ':',
    env: { HOME: null, XDG_STATE_HOME: null },
    args: check,
    codes: [0],
    says: /ok/,
  },
  {
    id: 'home-dev-null',
    plant: ':',
    env: { HOME: '/dev/null', XDG_STATE_HOME: null },
    args: check,
    codes: [0, 1, 2, 3],
    says: /\/dev\/null|ok/,
  },
  {
    id: 'home-dev-null-fix',
    plant: bare,
    env: { HOME: '/dev/null', XDG_STATE_HOME: null },
    args: fix,
    codes: [2, 5],
    says: /\/dev\/null/,
  },
  {
    id: 'home-is-file',
    plant: 'touch /srv/file',
    env: { HOME: '/srv/file', XDG_STATE_HOME: null },
    args: fix,
    codes: [2, 5],
    says: /\/srv\/file/,
  },
  {
    id: 'home-missing',
    plant: bare,
    env: { HOME: '/srv/none/at/all', XDG_STATE_HOME: null },
    args: ['check'],
    codes: [1],
    says: /\d failed/,
  },
  {
    id: 'home-below-proc',
    plant: ':',
    env: { HOME: '/proc/1/nothing', XDG_STATE_HOME: null },
    args: fix,
    codes: [2, 5],
    says: /\/proc/,
  },
  {
    id: 'home-of-another',
    plant: ':',
    user: 'sky',
    env: { HOME: '/root', XDG_STATE_HOME: '/root/state' },
    args: fix,
    codes: [0, 1, 2, 3, 5],
    // That home is not used: the one of the account is.
    says: /\/root|Nothing to repair/,
  },
  { id: 'data-below-proc', plant: 'set_key data_dir /proc/x/y', args: fix, codes: [2, 5], says: /\/proc/ },
  // Programs that do not come back, and locks that others hold.
  { id: 'hung-ip', plant: hung('/bin/ip'), args: check, codes: [1, 3], says: /timed out|no answer/ },
  { id: 'hung-nft', plant: hung('/usr/sbin/nft'), args: check, codes: [0, 3], says: /nat / },
  {
    id: 'hung-qemu-img',
    plant: hung('/usr/bin/qemu-img'),
    args: check,
    codes: [3],
    says: /timed out|no answer/,
  },
  {
    id: 'hung-hypervisor',
    plant: hung('$ROOT_DATA/bin/cloud-hypervisor'),
    args: check,
    codes: [3],
    says: /timed out|no answer/,
  },
  {
    id: 'hung-perl',
    plant: hung('/usr/bin/perl'),
    args: check,
    codes: [0, 3],
    says: /timed out|no answer|not tried|not probed|ok/,
  },
  {
    id: 'dpkg-lock-held',
    plant: `apt-get purge -qq --yes mtools; sed -i 's/DPkg::Lock::Timeout=300/DPkg::Lock::Timeout=2/' /opt/chv-doctor/dist/*.mjs; flock -x /var/lib/dpkg/lock-frontend sleep 1000 & perl -e 'open(F, ">>", "/var/lib/dpkg/lock-frontend"); my $l = pack("s s l! l! i", 1, 0, 0, 0, 0); fcntl(F, 6, $l) or die; sleep 1000' & sleep 0.5`,
    args: fix,
    codes: [5],
    says: /lock/i,
  },
  {
    id: 'doctor-lock-held',
    plant: `${bare}; (cd /root; XDG_STATE_HOME=/root/state-fault $D fix --yes >/dev/null 2>&1 & echo $! > /tmp/p; for i in $(seq 200); do compgen -G "/root/state-fault/chv-doctor/*lock*" >/dev/null && break; sleep 0.02; done; kill -STOP $(cat /tmp/p))`,
    args: fix,
    codes: [5],
    says: /another chv-doctor|is changing/i,
  },
  // Clocks.
  {
    id: 'clock-1970',
    plant: `${bare}; cp /opt/trust/clock.so /tmp/clock.so`,
    env: { LD_PRELOAD: '/tmp/clock.so', CLOCK_TO: '86400' },
    args: fix,
    codes: [0],
    says: /Start the guest/,
  },
  {
    id: 'clock-2100',
    plant: `${bare}; cp /opt/trust/clock.so /tmp/clock.so`,
    env: { LD_PRELOAD: '/tmp/clock.so', CLOCK_TO: '4102444800' },
    args: fix,
    codes: [0],
    says: /Start the guest/,
  },
  {
    id: 'clock-jumps',
    plant: `${bare}; cp /opt/trust/clock.so /tmp/clock.so`,
    env: { LD_PRELOAD: '/tmp/clock.so', CLOCK_TO: 'jump' },
    args: fix,
    codes: [0],
    says: /Start the guest/,
  },
]
