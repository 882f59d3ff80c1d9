/**
 * The real Cloud Hypervisor made to fail on purpose, each time on a host of its own: a private mount and
 * network namespace, an ordinary user without capabilities. What the probe says must name the reason.
 */

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bootProbe } from '../../checks/boot-probe.ts'
import { realHypervisor, whyNoLab as why } from '../e2e/fixtures.ts'
import { repository } from '../helpers/disposable-host.ts'
import { run } from '../helpers/images.ts'
import { because } from '../helpers/needs.ts'

const place = `/tmp/chv-doctor-probe-test-${process.pid}`

/** A program that stands in for Cloud Hypervisor: the version is answered, the rest is up to the script. */
const standIn = (script: string) =>
  `#!/bin/bash\ncase "$*" in *--version*) echo "cloud-hypervisor v53.0"; exit;; esac\n${script}\n`
/** The real one with arguments more. */
const more = (args: string) => standIn(`exec ${place}/ch "$@" ${args}`)
/** The real one under a limit of the shell. */
const limited = (limit: string) => standIn(`${limit}; exec ${place}/ch "$@"`)

interface Case {
  /** Bash, as root in the private namespaces. */
  readonly setup?: string
  /** Configuration keys. */
  readonly set?: readonly string[]
  /** The content of a program used instead of the real one. */
  readonly program?: string
  readonly status?: string
  readonly says: RegExp
}

const tap = (options = 'user nobody') =>
  `ip tuntap add dev vm-tap0 mode tap ${options}; ip link set vm-tap0 up`
const net = ['network=tap']
/** Holds a TAP with one queue while it is down, so that nothing shows it: TUNSETIFF, IFF_TAP | IFF_NO_PI | IFF_VNET_HDR. */
const hold = (flags: string) =>
  `perl -e 'open(my $t, "+<", "/dev/net/tun"); my $r = pack("a16 s x22", "vm-tap0", ${flags}); ioctl($t, 0x400454ca, $r) or die $!; open(F, ">/tmp/held"); close F; sleep 60' & for n in $(seq 200); do [ -e /tmp/held ] && break; sleep 0.05; done; [ -e /tmp/held ]`
const node = (major: number, minor: number, mode = '666') =>
  `mkdir /dev/made; mknod -m ${mode} /dev/made/x c ${major} ${minor}`
const error = (...lines: string[]) => standIn(`cat >&2 <<'X'\n${lines.join('\n')}\nX\nexit 1`)

const cases: Readonly<Record<string, Case>> = {
  'nothing wrong': { status: 'ok', says: /the test guest ran under 53\.0/ },
  'nothing wrong, with a TAP of ours': { setup: tap(), set: net, status: 'ok', says: /the test guest ran/ },
  'a TAP for everybody': { setup: tap(''), set: net, status: 'ok', says: /ran/ },
  'two pairs of queues': {
    setup: tap('user nobody multi_queue'),
    set: [...net, 'num_queues=4', 'cpus=2'],
    status: 'ok',
    says: /ran/,
  },

  // Disks
  'no disk': {
    set: [`disk=${place}/none.raw`],
    says: /(disk|image|file).*(not there|not exist|missing|no such)|none\.raw/i,
  },
  'a directory for a disk': { set: [`disk=${place}/dir`], says: /director|directory/i },
  'a disk of somebody else': { set: [`disk=${place}/closed.raw`], says: /permi|not.*(allowed|may)|right/i },
  // The check disk-image says so; here it is attached read-only, so that nothing on it changes.
  'a disk that may not be written': { set: [`disk=${place}/readonly.raw`], status: 'ok', says: /ran/ },
  'a qcow2 disk': { set: [`disk=${place}/disk.qcow2`], says: /qcow2|type|format/i },
  'a disk that is locked': {
    setup: `perl -e 'use Fcntl; open(my $f, "+<", "${place}/disk.raw"); my $l = pack("s s x4 q q l x4", 1, 0, 0, 0, 0); fcntl($f, 37, $l) or die $!; open(F, ">/tmp/held"); close F; sleep 60' & for n in $(seq 200); do [ -e /tmp/held ] && break; sleep 0.05; done; [ -e /tmp/held ]`,
    status: 'skip',
    says: /a VM is using .*disk\.raw: stop it/,
  },
  'no seed': { set: [`seed=${place}/none.img`], says: /not there|not exist|missing|none\.img/i },
  'a directory for a seed': { set: [`seed=${place}/dir`], says: /director|directory/i },
  'a seed that may not be read': { set: [`seed=${place}/closed.raw`], says: /permi|may not|right/i },
  'a qcow2 seed': { set: [`seed=${place}/disk.qcow2`], says: /qcow2|type|format/i },

  // TAPs
  'no TAP, and no right to make one': { set: net, says: /tap|network/i },
  'a TAP that is down': {
    setup: 'ip tuntap add dev vm-tap0 mode tap user nobody',
    set: net,
    says: /down|up|CAP_NET_ADMIN|capabilit|permi/i,
  },
  'a TAP of another user': {
    setup: tap('user root'),
    set: net,
    says: /another user|owner|belong|permi|CAP_NET_ADMIN/i,
  },
  'a TAP of another group': {
    setup: tap('user nobody group root'),
    set: net,
    says: /group|owner|belong|permi|CAP_NET_ADMIN/i,
  },
  'a TAP that a VM holds': {
    setup: `${tap()}; ${hold('0x5002')}`,
    set: net,
    status: 'skip',
    says: /a VM is using vm-tap0: stop it/,
  },
  'a TAP that is held unseen': {
    setup: `ip tuntap add dev vm-tap0 mode tap user nobody; ${hold('0x5002')}`,
    set: net,
    says: /use|busy|other/i,
  },
  'multi_queue where one queue is wanted': {
    setup: tap('user nobody multi_queue'),
    set: net,
    says: /queue/i,
  },
  'one queue where two pairs are wanted': {
    setup: tap(),
    set: [...net, 'num_queues=4', 'cpus=2'],
    says: /queue/i,
  },
  'a TUN for a TAP': {
    setup: 'ip tuntap add dev vm-tap0 mode tun user nobody; ip link set vm-tap0 up',
    set: net,
    says: /tap|TUN/i,
  },
  'a bridge for a TAP': {
    setup: 'ip link add vm-tap0 type bridge; ip link set vm-tap0 up',
    set: net,
    says: /tap|interface/i,
  },
  'the loopback for a TAP': { set: [...net, 'tap=lo'], says: /tap|interface/i },

  // Devices
  'no /dev/net/tun': { setup: `${tap()}; mount -t tmpfs x /dev/net`, set: net, says: /tun/i },
  'a closed /dev/net/tun': {
    setup: `${tap()}; mount -t tmpfs x /dev/net; mknod -m 600 /dev/net/tun c 10 200`,
    set: net,
    says: /tun|permi/i,
  },
  'a /dev/net/tun that is something else': {
    setup: `${tap()}; mount -t tmpfs x /dev/net; mknod -m 666 /dev/net/tun c 1 3`,
    set: net,
    says: /tun|tap|network/i,
  },
  'no /dev/kvm': { setup: 'rm /dev/kvm', says: /kvm|hypervisor interface/i },
  'a closed /dev/kvm': { setup: 'chmod 600 /dev/kvm', says: /kvm.*(permi|open|access)|permi.*kvm/i },
  'a /dev/kvm that is something else': {
    setup: `rm /dev/kvm; ${node(1, 3)}; ln -s made/x /dev/kvm`,
    says: /kvm/i,
  },
  'a /dev/kvm without a driver': {
    setup: `rm /dev/kvm; ${node(10, 254)}; ln -s made/x /dev/kvm`,
    says: /kvm/i,
  },

  // Memory, CPUs and limits
  'more memory than addresses': { set: ['memory=128T'], says: /memory|neither answered nor ended/i },
  'more memory than the limit': {
    program: limited('ulimit -v 2000000'),
    set: ['memory=4G'],
    says: /memory/i,
  },
  'huge pages of a size that the kernel does not have': {
    set: ['hugepages=true', 'hugepage_size=64K'],
    says: /huge/i,
  },
  'huge pages that are not there': { set: ['hugepages=true'], says: /huge|SIGBUS|memory/i },
  'no more open files': { program: limited('ulimit -n 12'), says: /./ },
  'no more threads': { program: limited('ulimit -Su 1'), says: /thread|process|resource|limit/i },
  'no file of any size': { program: limited('ulimit -f 0'), says: /./ },

  // Cloud Hypervisor itself
  'an option that is unknown': { program: more('--bogus'), says: /bogus|option|argument|command line/i },
  'an option of a device that is unknown': { program: more('--rng bogus=1'), says: /bogus|option|rng/i },
  'no source of random numbers': { program: more('--rng src=/nonexistent'), says: /rng|random|nonexistent/i },
  'an API socket in no directory': { program: more('--api-socket path=/nonexistent/x'), says: /socket|api/i },
  'an API socket that is a directory': {
    program: more(`--api-socket path=${place}/dir`),
    says: /socket|api/i,
  },
  'a log file in no directory': { program: more('--log-file /nonexistent/x'), says: /log/i },
  'a socket that nobody serves': {
    program: more('--fs tag=x,socket=/nonexistent'),
    says: /vhost|shared|fs/i,
  },
  'a vsock in no directory': { program: more('--vsock cid=3,socket=/nonexistent/x'), says: /vsock|socket/i },
  'a vsock with a reserved id': { program: more('--vsock cid=2,socket=/tmp/x'), says: /cid|vsock/i },
  'a device that is not there': {
    program: more('--device path=/sys/bus/pci/devices/nope'),
    says: /vfio|device|pci/i,
  },
  'a persistent memory that is not there': {
    program: more(`--pmem file=${place}/none`),
    says: /pmem|persistent|none/i,
  },
  'a CPU feature without hardware': {
    program: more('--platform tdx=on'),
    says: /tdx|platform|option|argument/i,
  },
  'a Landlock rule for nothing': {
    program: more('--landlock --landlock-rules path=/nonexistent,access=r'),
    says: /landlock/i,
  },
  'a seccomp mode that is unknown': { program: more('--seccomp maybe'), says: /seccomp/i },

  // Not Cloud Hypervisor, or a broken one
  'a program that says nothing': {
    program: standIn('exit 0'),
    says: /did not answer, exit code 0, and no message/,
  },
  'a program that fails': { program: standIn('echo nope >&2; exit 7'), says: /exit code 7: nope/ },
  'a program that dies': { program: standIn('kill -SEGV $$'), says: /SIGSEGV|signal|crash|code 139/i },
  'a program that hangs': {
    program: standIn('exec sleep 1000'),
    set: ['check_timeout=5'],
    says: /neither answered nor ended within/,
  },
  'a program that hangs in its child': {
    program: standIn('sleep 1000 & wait'),
    set: ['check_timeout=5'],
    says: /neither answered nor ended/,
  },
  'a program that never stops talking': {
    program: standIn('yes'),
    set: ['check_timeout=5'],
    says: /printed more than|timed out/,
  },
  'a script without its interpreter': { program: '#!/nonexistent\n', says: /No such file/ },
  'a vCPU that fails, with exit code 0': {
    program: standIn(
      `echo 'cloud-hypervisor: 0.1s: <vcpu0> ERROR:vmm/src/cpu.rs:1 -- VCPU generated error: VcpuRun(Failed to run vcpu: InternalError)' >&2`,
    ),
    says: /cpu/i,
  },
  'an error of release 46': {
    program: error(
      'Error booting VM: VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(ConfigureTap(Os { code: 16, kind: ResourceBusy, message: "Resource busy" }))))))',
    ),
    says: /attached|in use|busy/i,
  },
}

/** Runs the built program in namespaces of its own, as nobody. */
const probe = (name: string, { setup = '', set = [], program }: Case) => {
  const binary =
    program === undefined ? `${place}/ch` : `${place}/program-${Object.keys(cases).indexOf(name)}`
  if (program !== undefined) {
    writeFileSync(binary, program)
    chmodSync(binary, 0o755)
  }
  const skipped = (bootProbe.needs ?? []).flatMap(({ id }) => ['--skip', id])
  const keys = [
    'network=none',
    `hypervisor=${binary}`,
    `disk=${place}/disk.raw`,
    `seed=${place}/seed.img`,
    'memory=128M',
    'cpus=1',
    ...set,
  ]
  const script = `
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=1777 x /tmp; mkdir ${place}; mount --bind /mnt ${place}; umount -l /mnt
mount -t tmpfs -o mode=755 x /run
mkdir -p /run/dev/net; mknod -m 666 /run/dev/kvm c 10 232; mknod -m 666 /run/dev/net/tun c 10 200
for n in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9; do IFS=: read -r f a b <<< "$n"; mknod -m 666 /run/dev/$f c $a $b; done
mount --move /run/dev /dev 2>/dev/null || mount --bind /run/dev /dev
mount -t sysfs x /sys; ip link set lo up
${setup}
cd /; setpriv --reuid 65534 --regid 65534 --clear-groups env -i HOME=/tmp PATH=/usr/bin:/bin:/usr/sbin:/sbin "$@" || true
echo "left: $(find /tmp /run -name 'chv-doctor-trial-*' | wc -l), running: $(pgrep -c -x ch || true)"`
  const args = [
    process.execPath,
    `${place}/dist/cli.js`,
    'check',
    'boot-probe',
    '--format',
    'json',
    ...skipped,
  ]
  return { script, words: [...args, ...keys.flatMap((key) => ['--set', key])] }
}

const inNamespaces = (script: string, words: readonly string[]) =>
  new Promise<string>((resolve) => {
    const child = spawn(
      'timeout',
      [
        '-s',
        'KILL',
        '60',
        'unshare',
        '--mount',
        '--net',
        '--pid',
        '--fork',
        '--kill-child',
        '--mount-proc',
        'bash',
        '-c',
        `mount --make-rprivate /; mount --bind ${place} /mnt; ${script}`,
        'probe',
        ...words,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let out = ''
    child.stdout.on('data', (data) => {
      out += data
    })
    let err = ''
    child.stderr.on('data', (data) => {
      err += data
    })
    child.on('close', () => resolve(out || err))
  })

describe.skipIf(why)(`the probe on failures made on purpose${because(why)}`, () => {
  beforeAll(() => {
    spawnSync('rm', ['-rf', place])
    mkdirSync(`${place}/dir`, { recursive: true })
    chmodSync(place, 0o755)
    copyFileSync(realHypervisor ?? '', `${place}/ch`)
    chmodSync(`${place}/ch`, 0o755)
    run('cp', ['-r', `${repository}/dist`, `${repository}/docs`, `${repository}/package.json`, place])
    for (const name of ['disk.raw', 'closed.raw', 'readonly.raw'])
      run('truncate', ['-s', '8M', `${place}/${name}`])
    run('chmod', ['-R', 'a+rX', place])
    run('chmod', ['666', `${place}/disk.raw`])
    run('chmod', ['600', `${place}/closed.raw`])
    run('mkdosfs', ['-n', 'CIDATA', '-C', `${place}/seed.img`, '1024'])
    chmodSync(`${place}/seed.img`, 0o644)
    run('qemu-img', ['create', '-q', '-f', 'qcow2', `${place}/disk.qcow2`, '8M'])
    chmodSync(`${place}/disk.qcow2`, 0o666)
  })
  afterAll(() => void spawnSync('rm', ['-rf', place]))

  it.each(Object.entries(cases))('%s', async (name, one) => {
    const { script, words } = probe(name, one)
    const output = await inNamespaces(script, words)
    const end = output.lastIndexOf('\nleft: ')
    const report = JSON.parse(output.startsWith('{') ? output.slice(0, end) : '{"results":[]}') as {
      results: { id: string; status: string; found?: string; hint?: string; reason?: string }[]
    }
    const result = report.results.find(({ id }) => id === 'boot-probe')
    expect(result, output).toBeDefined()
    expect(result?.status, JSON.stringify(result)).toBe(one.status ?? 'fail')
    expect(`${result?.found ?? result?.reason}`, JSON.stringify(result)).toMatch(one.says)
    if (result?.status === 'fail') expect(result.hint).toBeTruthy()
    expect(output.slice(end + 1).trim()).toBe('left: 0, running: 0')
  })

  it('covers at least forty failures', () => {
    expect(Object.values(cases).filter(({ status }) => status === undefined).length).toBeGreaterThanOrEqual(
      40,
    )
  })
})
