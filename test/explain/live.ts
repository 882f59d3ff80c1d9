/** Runs the real Cloud Hypervisor into failures, each in a directory, /dev, process and network namespace of its own. */
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { pvhElf } from '../helpers/pvh-elf.ts'
import type { Scenario } from './scenarios.ts'

export interface Outcome {
  /** Of a shell: 128 and the number of the signal that killed it. */
  readonly code: number
  readonly stderr: string
}

/** The self-test guest with its code replaced: a `jmp` to itself, which never ends. */
const hang = (): Uint8Array => {
  const elf = Buffer.from(pvhElf)
  elf.set([0xf4, 0xeb, 0xfd], 0xc4)
  return elf
}

/** Its entry point below 1 MiB, which the loader refuses. */
const low = (): Uint8Array => {
  const elf = Buffer.from(pvhElf)
  elf.writeBigUInt64LE(0x1000n, 24)
  return elf
}

/** Its PVH note made a note of somebody else's. */
const withoutPvh = (): Uint8Array => {
  const elf = Buffer.from(pvhElf)
  elf.write('Xxx', elf.indexOf('Xen'))
  return elf
}

const qemuImg = (directory: string, ...args: string[]) =>
  execFileSync('qemu-img', args, { cwd: directory, stdio: 'ignore' })

/** @returns a directory with every file that the scenarios name */
export const makeFiles = (binary: string): string => {
  const directory = mkdtempSync(`${tmpdir()}/chv-explain-`)
  chmodSync(directory, 0o755)
  const write = (name: string, content: Uint8Array | string, mode = 0o644) => {
    writeFileSync(`${directory}/${name}`, content)
    chmodSync(`${directory}/${name}`, mode)
  }
  copyFileSync(binary, `${directory}/ch`)
  chmodSync(`${directory}/ch`, 0o755)
  mkdirSync(`${directory}/dir`)
  write('guest.elf', pvhElf)
  write('hang.elf', hang())
  write('low.elf', low())
  write('nopvh.elf', withoutPvh())
  write('text', '<html>404 Not Found</html>\n'.repeat(200))
  write('empty', '')
  for (const [name, mode] of [
    ['disk.raw', 0o666],
    ['ro.raw', 0o444],
    ['secret.raw', 0o600],
    ['odd.raw', 0o666],
  ] as const) {
    write(name, '', mode)
    truncateSync(`${directory}/${name}`, name === 'odd.raw' ? 8_388_708 : 8 * 2 ** 20)
  }
  qemuImg(directory, 'create', '-f', 'qcow2', 'disk.qcow2', '8M')
  qemuImg(directory, 'create', '-f', 'qcow2', '-b', 'disk.raw', '-F', 'raw', 'over.qcow2')
  qemuImg(directory, 'create', '-f', 'qcow2', '-b', 'disk.qcow2', '-F', 'qcow2', 'goneover.qcow2')
  qemuImg(directory, 'rebase', '-u', '-b', 'gone.qcow2', '-F', 'qcow2', 'goneover.qcow2')
  qemuImg(directory, 'create', '-f', 'qcow2', '-o', 'data_file=data.raw', 'ext.qcow2', '8M')
  qemuImg(directory, 'create', '-f', 'qcow', 'disk.qcow1', '8M')
  write('cut.qcow2', readFileSync(`${directory}/disk.qcow2`).subarray(0, 600), 0o666)
  return directory
}

export const removeFiles = (directory: string): void => rmSync(directory, { recursive: true })

/** Seconds that one run may take; those that hang on purpose get less. */
const limit = ({ hangs }: Scenario) => (hangs ? 2 : 20)

// /dev is made anew: scenarios remove and close device files. The files are an overlay of the common ones.
const prelude = `
set -u
mount --make-rprivate /
mount -t tmpfs -o mode=755 scratch /mnt
mkdir /mnt/upper /mnt/work /mnt/here
mount -t overlay -o "lowerdir=$FILES,upperdir=/mnt/upper,workdir=/mnt/work" o /mnt/here
mount -t tmpfs -o mode=755 dev /dev
mkdir /dev/net /dev/pts /dev/shm
mknod -m 666 /dev/null c 1 3; mknod -m 666 /dev/zero c 1 5; mknod -m 666 /dev/urandom c 1 9
mknod -m 666 /dev/random c 1 8; mknod -m 666 /dev/kvm c 10 232; mknod -m 666 /dev/net/tun c 10 200
mount -t devpts -o newinstance,ptmxmode=666 devpts /dev/pts
ln -s pts/ptmx /dev/ptmx; ln -s /proc/self/fd /dev/fd
mount -t tmpfs -o mode=1777 tmp /tmp
mount -t sysfs sys /sys
chmod 777 /mnt/here
cd /mnt/here
export CH=/mnt/here/ch
stale() { perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => $ARGV[0]) or die' "$1"; chmod 777 "$1"; }
# The other VM is there once it holds its disk, TAP or socket; each shows in /proc.
wait_for_background() {
  for _ in $(seq 200); do
    if [ -S live.sock ] || ls -l /proc/$!/fd 2>/dev/null | grep -q 'kvm-vcpu'; then return; fi
    perl -e 'select(undef, undef, undef, 0.02)'
  done
}
`

/** @returns how the run ended; its output is what a person would have seen on the terminal */
export const produce = async (scenario: Scenario, files: string): Promise<Outcome> => {
  const script = `${prelude}
${scenario.setup ?? ''}
run=()
${scenario.asNobody ? 'run=(setpriv --reuid=65534 --regid=65534 --clear-groups)' : ''}
# The shell's own remark about a death is no output of the program.
exec 3>&2 2>/dev/null
timeout -s KILL ${limit(scenario)} "\${run[@]}" "$CH" "$@" </dev/null 2>/mnt/stderr >/mnt/stdout
code=$?
cat /mnt/stderr >&3
exit $code
`
  const args = scenario.args === '' ? [] : scenario.args.split(' ')
  const child = spawn(
    'unshare',
    [
      '--mount',
      '--net',
      '--pid',
      '--fork',
      '--mount-proc',
      '--kill-child',
      'bash',
      '-c',
      script,
      'scenario',
      ...args,
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, FILES: files },
    },
  )
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code: code ?? -1, stderr }
}
