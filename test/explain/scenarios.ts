/**
 * Failures that a first-time user can meet, each produced on purpose: the arguments, what is done to
 * the host before, and the cause that must be named. G stands for a small guest that prints and powers off.
 */

/** A cause for all releases, or for those from a version on; null when nothing fails there. */
type Expected = string | null | Readonly<Record<string, string | null>>

export interface Scenario {
  readonly name: string
  readonly args: string
  readonly cause: Expected
  /** Run as the user nobody instead of root. */
  readonly asNobody?: true
  /** Bash, run as root in the scenario's own mount, process and network namespace. */
  readonly setup?: string
  /** It hangs on purpose: the time limit ends it. */
  readonly hangs?: true
  /** Nothing fails on a processor with this flag in /proc/cpuinfo. */
  readonly unlessCpuHas?: string
}

const G = '--kernel guest.elf --console off --serial off'

type Options = Omit<Scenario, 'name' | 'args' | 'cause'>

const scenario = (name: string, args: string, cause: Expected, options: Options = {}): Scenario => ({
  name,
  args: args.replace(/^G\b/, G),
  cause,
  ...options,
})

/** `since('50.1', 'new cause', 'old cause')` */
const since = (version: string, now: string | null, before: string | null): Expected => ({
  '0': before,
  [version]: now,
})

/** Release 47 logs its errors; without a log file it has nowhere to say that there is none. */
const exceptIn47 = (cause: string): Expected => ({ '0': cause, '47.0': null, '48.0': cause })

const nobody = { asNobody: true } as const
const tap = (flags: string) => `ip tuntap add dev chvt0 mode tap ${flags}`
const background = (args: string) =>
  `"$CH" --kernel hang.elf --console off --serial off ${args} 2>/dev/null & wait_for_background`

const hypervisor = [
  scenario('kvm-missing', 'G', 'kvm-missing', { setup: 'rm /dev/kvm' }),
  scenario('kvm-eacces', 'G', since('47.0', 'kvm-denied', 'kvm-open-failed'), {
    asNobody: true,
    setup: 'chmod 600 /dev/kvm',
  }),
  scenario('kvm-notdev', 'G', 'kvm-not-kvm', { setup: 'rm /dev/kvm; touch /dev/kvm' }),
  scenario('kvm-nodriver', 'G', since('47.0', 'kvm-driver-missing', 'kvm-open-failed'), {
    setup: 'rm /dev/kvm; mknod /dev/kvm c 10 250',
  }),
]

const payload = [
  scenario('kernel-missing', '--kernel /nope/vmlinux --console off --serial off', 'kernel-missing'),
  scenario('kernel-tilde', '--kernel ~/vmlinux --console off --serial off', 'kernel-missing'),
  scenario('kernel-eacces', '--kernel secret.raw --console off --serial off', 'kernel-denied', nobody),
  scenario('kernel-dir', '--kernel dir --console off --serial off', 'payload-unreadable'),
  scenario('kernel-empty', '--kernel empty --console off --serial off', 'payload-not-loadable'),
  scenario('kernel-text', '--kernel text --console off --serial off', 'payload-not-loadable'),
  scenario('kernel-nopvh', '--kernel nopvh.elf --console off --serial off', 'kernel-no-pvh'),
  scenario('kernel-low', '--kernel low.elf --console off --serial off', 'payload-not-loadable'),
  scenario('kernel-qcow2', '--kernel disk.qcow2 --console off --serial off', 'payload-not-loadable'),
  scenario('firmware-missing', '--firmware /nope/CLOUDHV.fd --console off --serial off', 'firmware-missing'),
  scenario('firmware-eacces', '--firmware secret.raw --console off --serial off', 'firmware-denied', nobody),
  scenario('firmware-text', '--firmware text --console off --serial off', 'payload-not-loadable'),
  scenario(
    'firmware+kernel',
    '--firmware guest.elf --kernel guest.elf --console off --serial off',
    since('48.0', 'firmware-and-kernel', 'payload-not-bootable'),
  ),
  scenario('no-payload', '--cpus boot=1 --memory size=512M', 'payload-none'),
  scenario('no-args', '', 'arguments-none'),
  scenario('initramfs-missing', 'G --initramfs /nope/initrd', 'initramfs-missing'),
  scenario('initramfs-eacces', 'G --initramfs secret.raw', 'initramfs-denied', nobody),
  scenario('initramfs-toobig', 'G --memory size=64M --initramfs bigfile', 'initramfs-too-large', {
    setup: 'truncate -s 200M bigfile',
  }),
  scenario('cmdline-long', `G --cmdline ${'a'.repeat(70_000)}`, 'cmdline-too-long'),
  scenario('cmdline-non-ascii', 'G --cmdline “console=ttyS0”', 'cmdline-invalid'),
  scenario('cmdline-no-kernel', '--firmware guest.elf --cmdline foo --console off --serial off', {
    '0': 'payload-not-bootable',
    '48.0': 'cmdline-ignored',
  }),
]

const disks = [
  scenario('disk-missing', 'G --disk path=/nope/d.raw', 'disk-missing'),
  scenario('disk-tilde', 'G --disk path=~/d.raw', since('52.0', 'disk-tilde', 'disk-missing')),
  scenario('disk-eacces', 'G --disk path=secret.raw', 'disk-denied', nobody),
  scenario('disk-ro-eacces', 'G --disk path=ro.raw', 'disk-denied', nobody),
  scenario('disk-dir', 'G --disk path=dir', 'disk-is-directory'),
  scenario('disk-rofs', 'G --disk path=rofs/disk.raw', 'disk-read-only-fs', {
    setup: 'mkdir rofs; mount -t tmpfs t rofs; cp disk.raw rofs/; mount -o remount,ro rofs',
  }),
  scenario('disk-empty', 'G --disk path=empty', 'disk-empty'),
  scenario('disk-odd', 'G --disk path=odd.raw', 'disk-odd-size'),
  scenario('disk-raw-auto', 'G --disk path=disk.raw', { '0': null, '50.1': 'disk-type-guessed' }),
  scenario(
    'disk-raw-typed',
    'G --disk path=disk.raw,image_type=raw',
    since('50.1', null, 'option-too-new-image-type'),
  ),
  scenario(
    'disk-type-mismatch',
    'G --disk path=disk.qcow2,image_type=raw',
    since('50.1', 'disk-type-declared-raw', 'option-too-new-image-type'),
  ),
  scenario(
    'disk-type-mismatch2',
    'G --disk path=disk.raw,image_type=qcow2',
    since('50.1', 'disk-type-declared-wrong', 'option-too-new-image-type'),
  ),
  scenario(
    'disk-type-bad',
    'G --disk path=disk.raw,image_type=qcow',
    since('50.1', 'option-image-type', 'option-too-new-image-type'),
  ),
  scenario('disk-sparse', 'G --disk path=disk.raw,sparse=on', {
    '0': 'option-too-new-sparse',
    '51.0': 'disk-type-guessed',
  }),
  scenario('disk-lock-granularity', 'G --disk path=disk.raw,lock_granularity=full', {
    '0': 'option-too-new-lock-granularity',
    '52.0': 'disk-type-guessed',
  }),
  scenario('disk-qcow2-backing', 'G --disk path=over.qcow2', {
    '0': 'qcow2-backing-format',
    '50.1': 'qcow2-backing-refused',
  }),
  scenario('disk-qcow2-backing-gone', 'G --disk path=goneover.qcow2', {
    '0': 'qcow2-backing-missing',
    '50.1': 'qcow2-backing-refused',
  }),
  scenario('disk-qcow2-extdata', 'G --disk path=ext.qcow2', { '0': null, '51.0': 'qcow2-feature' }),
  scenario('disk-qcow1', 'G --disk path=disk.qcow1', 'qcow-version'),
  scenario('disk-qcow2-cut', 'G --disk path=cut.qcow2', 'qcow2-corrupt'),
  scenario('disk-same-twice', 'G --disk path=disk.raw path=disk.raw', 'disk-locked'),
  scenario('disk-locked', 'G --disk path=disk.raw', 'disk-locked', {
    setup: background('--disk path=disk.raw'),
  }),
  scenario('disk-locked-ro', 'G --disk path=disk.raw,readonly=on', 'disk-locked', {
    setup: background('--disk path=disk.raw'),
  }),
  scenario('disk-two-flags', 'G --disk path=disk.raw --disk path=ro.raw,readonly=on', {
    '0': 'flag-repeated',
    '52.0': 'disk-type-guessed',
  }),
  scenario('disk-unknown-opt', 'G --disk path=disk.raw,format=raw', 'option-unknown'),
  scenario('disk-no-path', 'G --disk disk.raw', 'option-bare-value'),
  scenario('disk-no-path-plain', 'G --disk rawdisk', 'option-unknown'),
  scenario('disk-bare-eq', 'G --disk readonly=on', 'disk-no-path'),
  scenario('disk-space-after-comma', 'G --disk path=disk.raw, readonly=on', 'option-empty'),
  scenario('disk-bool', 'G --disk path=disk.raw,readonly=yes', 'option-value'),
  scenario('disk-no-equals', 'G --disk path=disk.raw,readonly', {
    '0': 'option-unknown',
    '52.0': 'option-syntax',
  }),
  scenario('disk-serial-long', 'G --disk path=disk.raw,serial=aaaaaaaaaaaaaaaaaaaaaaaaaaaa', {
    '0': null,
    '47.0': 'disk-serial-too-long',
  }),
  scenario('disk-queue-size', 'G --disk path=disk.raw,queue_size=3', 'queue-size-invalid'),
  scenario('disk-queues', 'G --disk path=disk.raw,num_queues=4', 'queues-exceed-cpus'),
  scenario(
    'disk-path-and-socket',
    'G --memory size=64M,shared=on --disk path=disk.raw,vhost_user=on,socket=/tmp/x',
    'disk-path-and-socket',
  ),
  scenario(
    'disk-vhostuser-nosock',
    'G --memory size=64M,shared=on --disk vhost_user=true',
    'vhost-user-socket-missing',
  ),
  scenario(
    'disk-vhostuser-noshared',
    'G --disk vhost_user=true,socket=/tmp/nope.sock',
    'vhost-user-needs-shared-memory',
  ),
  scenario('ratelimit-group', 'G --disk path=disk.raw,rate_limit_group=foo', 'rate-limit-group'),
  scenario('id-dup', 'G --disk path=disk.raw,id=a path=ro.raw,readonly=on,id=a', 'id-not-unique'),
  scenario('id-underscore', 'G --disk path=disk.raw,id=__a', 'id-invalid'),
]

const network = [
  scenario('net-nobody-create', 'G --net tap=chvt0', 'tap-create-denied', nobody),
  scenario('net-nobody-auto', 'G --net tap=', 'tap-create-denied', nobody),
  scenario('net-owner-other', 'G --net tap=chvt0', 'tap-create-denied', {
    asNobody: true,
    setup: `${tap('user daemon')}; ip link set chvt0 up`,
  }),
  scenario('net-owner-down', 'G --net tap=chvt0', 'tap-down', { asNobody: true, setup: tap('user nobody') }),
  scenario('net-owner-up', 'G --net tap=chvt0', 'tap-exists-ip-ignored', {
    asNobody: true,
    setup: `${tap('user nobody')}; ip link set chvt0 up`,
  }),
  scenario('net-owner-mtu', 'G --net tap=chvt0,mtu=1400', 'tap-mtu-denied', {
    asNobody: true,
    setup: `${tap('user nobody')}; ip link set chvt0 up`,
  }),
  scenario('net-owner-mac', 'G --net tap=chvt0,host_mac=12:34:56:78:90:ac', 'tap-mac-denied', {
    asNobody: true,
    setup: `${tap('user nobody')}; ip link set chvt0 up`,
  }),
  scenario('net-exist-ip', 'G --net tap=chvt0,ip=192.168.249.1,mask=255.255.255.0', 'tap-exists-ip-ignored', {
    setup: tap(''),
  }),
  scenario('net-busy', 'G --net tap=chvt0', 'tap-busy', {
    setup: `${tap('')}; ${background('--net tap=chvt0')}`,
  }),
  scenario('net-bridge-name', 'G --net tap=br0', 'tap-is-no-tap', { setup: 'ip link add br0 type bridge' }),
  scenario('net-name-long', 'G --net tap=abcdefghijklmnop', 'tap-name-too-long'),
  scenario('net-mq-notap', 'G --net tap=chvt0,num_queues=4 --cpus boot=2', 'tap-needs-multi-queue', {
    setup: tap(''),
  }),
  scenario('net-mq-nodev', 'G --net tap=chvt0', 'tap-is-multi-queue', { setup: tap('multi_queue') }),
  scenario('net-tun-missing', 'G --net tap=', 'tun-missing', { setup: 'rm /dev/net/tun' }),
  scenario('net-tun-enodev', 'G --net tap=', 'tun-driver-missing', {
    setup: 'rm /dev/net/tun; mknod /dev/net/tun c 10 250',
  }),
  scenario('net-tun-eacces', 'G --net tap=', 'tun-denied', {
    asNobody: true,
    setup: 'chmod 600 /dev/net/tun',
  }),
  scenario('net-ip-nomask', 'G --net tap=,ip=192.168.249.1', {
    '0': null,
    '48.0': 'net-default-address',
    '49.0': 'net-ip-without-mask',
  }),
  scenario('net-mask-noip', 'G --net tap=,mask=255.255.255.0', {
    '0': null,
    '48.0': 'net-default-address',
    '49.0': 'net-mask-without-ip',
  }),
  scenario('net-ip-cidr', 'G --net tap=,ip=192.168.249.1/24,mask=255.255.255.0', 'net-ip-with-prefix'),
  scenario('net-mask-prefix', 'G --net tap=,ip=192.168.249.1,mask=24', 'net-mask-invalid'),
  scenario('net-bad-ip', 'G --net tap=,ip=192.168.249.300,mask=255.255.255.0', 'net-ip-invalid'),
  scenario('net-bad-mac', 'G --net tap=,mac=12:34:56:78:90', 'net-mac-invalid'),
  scenario('net-bad-mac2', 'G --net tap=,mac=12-34-56-78-90-ab', 'net-mac-invalid'),
  scenario('net-bad-mac-zz', 'G --net tap=,mac=12:34:56:78:90:zz', 'net-mac-invalid'),
  scenario('net-ipv6-v4mask', 'G --net tap=,ip=fd00::1,mask=255.255.255.0', {
    '0': 'net-ip-invalid',
    '46.0': 'tap-netmask-family',
  }),
  scenario('net-queues1', 'G --net tap=,num_queues=1', 'net-queues-too-few'),
  scenario('net-queues-cpus', 'G --net tap=,num_queues=4', 'queues-exceed-cpus'),
  scenario('net-queuesize', 'G --net tap=,queue_size=100', 'queue-size-invalid'),
  scenario('net-mtu-low', 'G --net tap=,mtu=1000', 'net-mtu-too-low'),
  scenario('net-offload', 'G --net tap=,offload_csum=off', 'net-offload'),
  scenario('net-fd-bad', 'G --net fd=77', 'net-fd-not-open'),
  scenario('net-fd-reserved', 'G --net fd=1', 'net-fd-reserved'),
  scenario('net-fd-mismatch', 'G --net fd=[5,6],num_queues=2', 'net-queues-fds'),
  scenario('net-unknown', 'G --net tap=,bridge=br0', 'option-unknown'),
  scenario(
    'net-vhostuser-nosock',
    'G --memory size=64M,shared=on --net vhost_user=true',
    since('53.0', 'vhost-user-socket-missing', 'device-option-missing'),
  ),
  scenario('net-two-flags', 'G --net tap=a0 --net tap=a1', since('52.0', null, 'flag-repeated')),
]

const memory = [
  scenario('mem-unaligned', 'G --memory size=512000', 'memory-below-minimum'),
  scenario('mem-0', 'G --memory size=0', 'memory-no-zones'),
  scenario('mem-ulimit', 'G --memory size=2G', 'memory-not-available', { setup: 'ulimit -v 1500000' }),
  scenario(
    'mem-reserve',
    'G --memory size=64G,reserve=on',
    since('53.0', 'memory-not-available', 'option-too-new-reserve'),
  ),
  scenario('mem-T', 'G --memory size=1T', 'option-memory-unit'),
  scenario('mem-lower', 'G --memory size=512m', 'option-memory-unit'),
  scenario('mem-MB', 'G --memory size=512MB', 'option-memory-unit'),
  scenario('mem-word', 'G --memory size=lots', 'option-value'),
  scenario('mem-positional', 'G --memory 512M', 'option-bare-value'),
  scenario('mem-tiny-1M', 'G --memory size=1M', 'payload-not-loadable'),
  scenario('mem-hugepages-unmounted', 'G --memory size=64M,hugepages=on', 'hugetlbfs-not-mounted'),
  scenario(
    'mem-hpsize-unsupported',
    'G --memory size=64M,hugepages=on,hugepage_size=64M',
    'hugepage-size-unsupported',
  ),
  scenario('mem-hugepages-1G', 'G --memory size=1G,hugepages=on,hugepage_size=1G', 'hugepages-exhausted'),
  scenario('mem-hpsize-nohp', 'G --memory size=64M,hugepage_size=2M', 'hugepage-size-alone'),
  scenario('mem-hpsize-3M', 'G --memory size=64M,hugepages=on,hugepage_size=3M', 'hugepage-size-invalid'),
  scenario('mem-hpsize-misaligned', 'G --memory size=63M,hugepages=on,hugepage_size=2M', 'memory-misaligned'),
  scenario(
    'mem-zone-missingfile',
    'G --memory size=0 --memory-zone id=a,size=64M,file=/nope/f',
    'hugetlbfs-not-mounted',
  ),
  scenario('mem-zone-nosize0', 'G --memory size=64M --memory-zone id=a,size=64M', 'memory-zones-invalid'),
  scenario('mem-zone-noid', 'G --memory size=0 --memory-zone size=64M', 'option-missing'),
  scenario(
    'mem-shared-merge',
    'G --memory size=64M,shared=on,mergeable=on',
    since('52.0', 'memory-shared-mergeable', null),
  ),
  scenario('mem-hotplug-0', 'G --memory size=64M,hotplug_size=0', 'memory-hotplug-zero'),
  scenario('mem-unknown', 'G --memory size=64M,foo=1', 'option-unknown'),
]

const cpus = [
  scenario('cpu-bare', 'G --cpus 4', 'option-bare-value'),
  scenario('cpu-9000', 'G --cpus boot=9000', { '0': 'option-value', '48.0': 'cpu-too-many' }),
  scenario('cpu-5000', 'G --cpus boot=5000', { '0': 'option-value', '48.0': 'cpu-above-host-limit' }),
  scenario('cpu-max', 'G --cpus boot=4,max=2', 'cpu-max-below-boot'),
  scenario('cpu-topo-mismatch', 'G --cpus boot=4,topology=1:1:1:1', 'cpu-topology-product'),
  scenario('cpu-topo-3', 'G --cpus boot=4,topology=1:2:2', 'cpu-topology-form'),
  scenario('cpu-topo-0', 'G --cpus boot=4,topology=0:2:2:1', 'cpu-topology-zero'),
  scenario(
    'cpu-topo-threads',
    'G --cpus boot=4,topology=4:1:1:1',
    since('52.0', 'cpu-topology-threads', null),
  ),
  scenario('cpu-features', 'G --cpus boot=1,features=avx', 'cpu-feature-unknown'),
  scenario(
    'cpu-amx',
    'G --cpus boot=1,features=amx',
    { '0': 'seccomp-violation', '50.0': 'cpu-amx-unsupported' },
    { unlessCpuHas: 'amx_tile' },
  ),
  scenario('cpu-nested', 'G --cpus boot=1,nested=off', since('50.0', null, 'option-too-new-nested')),
  scenario(
    'cpu-core-sched',
    'G --cpus boot=1,core_scheduling=vm',
    since('52.0', null, 'option-too-new-core-scheduling'),
  ),
  scenario('cpu-affinity-bad', 'G --cpus boot=1,affinity=[0@[999]]', 'cpu-affinity-invalid', { hangs: true }),
  scenario('cpu-hyperv', 'G --cpus boot=1,kvm_hyperv=on', 'cpu-hyperv-unsupported'),
  scenario('cpu-physbits', 'G --cpus boot=1,max_phys_bits=20', 'address-space-too-small'),
]

const K = '--kernel guest.elf'
const consoles = [
  scenario('con-socket', `${K} --serial off --console socket=/tmp/x.sock`, 'console-socket-unsupported'),
  scenario('ser-file-nodir', `${K} --console off --serial file=/nope/ser.log`, 'console-place-missing'),
  scenario('ser-file-eacces', `${K} --console off --serial file=secret.raw`, 'console-place-denied', nobody),
  scenario('ser-bad', `${K} --console off --serial foo`, 'console-mode-unknown'),
  scenario('con-bad', `${K} --serial off --console foo`, 'console-mode-unknown'),
  scenario('ser-file-empty', `${K} --console off --serial file=`, 'console-file-missing'),
  scenario('ser-socket-empty', `${K} --console off --serial socket=`, 'console-socket-missing'),
  scenario('ser-socket-inuse', `${K} --console off --serial socket=s.sock`, 'console-socket-stale', {
    setup: 'stale s.sock',
  }),
  scenario('ser-noptmx', `${K} --console off --serial pty`, 'console-place-missing', {
    setup: 'umount /dev/pts; rm /dev/ptmx',
  }),
  scenario('ser-tty+con-tty', `${K} --console tty --serial tty`, 'console-both-on-tty'),
  scenario('dbg-badport', 'G --debug-console file=d.log,iobase=e9', 'debug-console-port'),
]

const sockets = [
  scenario('api-stale', 'G --api-socket stale.sock', since('53.0', null, 'api-socket-exists'), {
    setup: 'stale stale.sock',
  }),
  scenario('api-inuse', 'G --api-socket live.sock', 'api-socket-exists', {
    setup: background('--api-socket live.sock'),
  }),
  scenario('api-eacces', 'G --api-socket /root/api.sock', 'api-socket-denied', nobody),
  scenario('api-nodir', 'G --api-socket /nope/api.sock', 'api-socket-place'),
  scenario('api-long', `G --api-socket /tmp/${'a'.repeat(115)}`, 'socket-path-too-long'),
  scenario('api-fd-bad', 'G --api-socket fd=foo', 'api-socket-value'),
  scenario('evmon-bare', 'G --event-monitor foo=1', 'event-monitor-value'),
  scenario('vsock-cid2', 'G --vsock cid=2,socket=vs.sock', 'vsock-cid-reserved'),
  scenario('vsock-nosock', 'G --vsock cid=3', 'option-missing'),
  scenario('vsock-nocid', 'G --vsock socket=x', 'option-missing'),
  scenario('vsock-nodir', 'G --vsock cid=3,socket=/nope/v.sock', 'vsock-socket-place'),
  scenario('vsock-stale', 'G --vsock cid=3,socket=v.sock', 'vsock-socket-exists', { setup: 'stale v.sock' }),
  scenario('vsock-eacces', 'G --vsock cid=3,socket=/root/v.sock', 'vsock-socket-denied', nobody),
  scenario('fs-noshared', 'G --fs tag=a,socket=/tmp/nope.sock', 'vhost-user-needs-shared-memory'),
  scenario('fs-notag', 'G --fs socket=/tmp/nope.sock', 'option-missing'),
  scenario('fs-nosock', 'G --fs tag=a', 'option-missing'),
  scenario('fs-longtag', `G --fs tag=${'a'.repeat(40)},socket=/tmp/nope.sock`, 'fs-tag-too-long'),
]

const devices = [
  scenario('vfio-nopath', 'G --device path=/sys/bus/pci/devices/0000:99:00.0/', 'vfio-not-loaded', {
    setup: 'rm -rf /dev/vfio',
  }),
  scenario('vdpa-missing', 'G --vdpa path=/dev/vhost-vdpa-0', 'vdpa-unavailable'),
  scenario('tpm-nosock', 'G --tpm socket=/nope/tpm', 'tpm-unavailable'),
  scenario('pmem-missing', 'G --pmem file=/nope/p', 'pmem-missing'),
  scenario('pmem-unaligned', 'G --pmem file=odd.raw', 'pmem-unaligned'),
  scenario('pmem-dir', 'G --pmem file=dir', 'pmem-directory'),
  scenario('userdev-nosock', 'G --user-device socket=/nope/vfio.sock', 'vhost-user-needs-shared-memory'),
  scenario('balloon-big', 'G --balloon size=10G', 'balloon-too-large'),
  scenario('platform-seg', 'G --platform num_pci_segments=200', 'pci-segments'),
  scenario('platform-uuid', 'G --platform uuid=zzz', 'platform-uuid-invalid'),
  scenario(
    'platform-serial',
    'G --platform serial_number=abc',
    since('53.0', 'platform-name-deprecated', null),
  ),
  scenario('restore-missing', '--restore source_url=file:///nope/snap', 'restore-place'),
]

const rest = [
  scenario('ll-path', 'G --landlock --landlock-rules path=/nope,access=rw', 'landlock-path-missing'),
  scenario('ll-access', 'G --landlock --landlock-rules path=/tmp,access=x', 'landlock-access-invalid'),
  scenario('ll-rules-nofield', 'G --landlock --landlock-rules path=/tmp', 'option-missing'),
  scenario('seccomp-bad', 'G --seccomp off', 'flag-value-invalid'),
  scenario('log-nodir', 'G --log-file /nope/ch.log', exceptIn47('log-file-place')),
  scenario('log-eacces', 'G --log-file secret.raw', exceptIn47('log-file-denied'), nobody),
  scenario('log-format', 'G --log-format {nope}', since('52.0', 'log-format', 'flag-unknown')),
  scenario('unknown-flag', 'G --foo', 'flag-unknown'),
  scenario('sgx-flag', 'G --sgx-epc id=e,size=1M', { '0': 'sgx-unavailable', '48.0': 'flag-unknown' }),
  scenario('stray-word', 'G --cmdline console=hvc0 root=/dev/vda1', 'argument-stray'),
  scenario('flag-no-value', 'G --firmware', 'flag-value-missing'),
  scenario('nofile', 'G --disk path=disk.raw', 'too-many-files', { setup: 'ulimit -n 18' }),
  scenario('ok', 'G', null),
]

export const scenarios: readonly Scenario[] = [
  ...hypervisor,
  ...payload,
  ...disks,
  ...network,
  ...memory,
  ...cpus,
  ...consoles,
  ...sockets,
  ...devices,
  ...rest,
]

const parts = (version: string): readonly number[] => version.split('.').map(Number)

const atLeast = (version: string, bound: string): boolean => {
  const [a, b] = [parts(version), parts(bound)]
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** The cause that a scenario must lead to in that release, or null when nothing fails there. */
export const expectedIn = ({ cause }: Scenario, version: string): string | null => {
  if (cause === null || typeof cause === 'string') return cause
  let expected: string | null = null
  for (const [bound, one] of Object.entries(cause).sort(([a], [b]) => (atLeast(a, b) ? 1 : -1))) {
    if (atLeast(version, bound)) expected = one
  }
  return expected
}
