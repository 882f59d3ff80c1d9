/**
 * A copy of this real host that may be changed at will: the root file system under an overlay in
 * memory, with devices, processes and a network of its own. Packages are really removed and
 * installed, users really added, TAPs really made, and nothing of it is left afterwards.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { cacheDirectory } from '../prepare/places.mjs'
import { artifacts } from './artifacts-place.ts'

export const repository = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')

// Of a script; a test runner ends its processes without this event (test/setup.ts).
process.on('exit', () => rmSync(artifacts, { recursive: true, force: true }))

const isRoot = process.getuid?.() === 0
const sudo: readonly string[] = isRoot ? [] : ['sudo', '-n', '-E']

/** Why there cannot be a disposable host here, or null. */
export const whyNoDisposableHost = ((): string | null => {
  const trial = spawnSync(sudo[0] ?? 'unshare', [
    ...sudo.slice(1),
    ...(isRoot ? [] : ['unshare']),
    '--mount',
    '--net',
    '--pid',
    '--fork',
    'true',
  ])
  return trial.status === 0 ? null : 'needs root (or sudo without a password) and namespaces'
})()

// /dev is made anew, so that a fix that changes a mode or an ACL cannot reach the host's own devices.
const build = `
set -eu
W=$1; repo=$2; node=$3
mount --make-rprivate /
mount -t tmpfs -o size=8g,mode=755 disposable "$W"
mkdir "$W/upper" "$W/work" "$W/root"
mount -t overlay -o "lowerdir=/,upperdir=$W/upper,workdir=$W/work" disposable "$W/root"
R=$W/root
# The program is put where every user may read it; a checkout often is not. Copies, not mounts: nothing
# that happens here may reach the real host.
mkdir -p "$R/opt/chv-doctor/test" "$R/opt/chv-doctor/dist"
# Not what other tests make there meanwhile.
for file in "$repo"/dist/*; do case $file in *-artifacts) ;; *) cp -r "$file" "$R/opt/chv-doctor/dist/" ;; esac; done
[ ! -e "$5" ] || cp -r "$5" "$R/opt/chv-doctor/dist/test-artifacts"
cp -r "$repo/docs" "$repo/deploy" "$repo/package.json" "$R/opt/chv-doctor/"
cp -r "$repo/test/e2e" "$R/opt/chv-doctor/test/"
cp "$node" "$R/opt/node"
chmod -R a+rX "$R/opt"
mount -t tmpfs -o mode=1777 tmp "$R/tmp"
mount -t proc proc "$R/proc"
mount -t tmpfs -o mode=755 dev "$R/dev"
cd "$R/dev"
mknod -m 666 null c 1 3; mknod -m 666 zero c 1 5; mknod -m 666 full c 1 7
mknod -m 666 random c 1 8; mknod -m 666 urandom c 1 9; mknod -m 666 tty c 5 0
mkdir pts shm net
mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts pts
ln -s pts/ptmx ptmx; ln -s /proc/self/fd fd; mount -t tmpfs shm shm
[ ! -e /dev/kvm ] || mknod -m 660 kvm c 10 232
mknod -m 666 net/tun c 10 200
cd /
bash "$repo/test/helpers/quick-packages.sh" "$R" "$6"
# sudo looks its own host up; a name server would not be reached from in here.
echo "127.0.1.1 $(hostname)" >> "$R/etc/hosts"
cp "$4" "$R/tmp/script"
# Package downloads need the outer network; everything after them runs in a network of its own.
chroot "$R" bash /tmp/script prepare
mkdir -p "$R/run/user"
exec unshare --net bash -c 'mount -t sysfs sys "$1/sys"; ip link set lo up; exec chroot "$1" bash /tmp/script run' _ "$R"
`

export interface Outcome {
  readonly code: number | null
  readonly output: string
}

/**
 * Runs bash functions on a disposable host: \`prepare\` with the outer network, then \`run\` in a
 * network that has nothing but a loopback interface.
 * @param script defines both functions
 */
export const onDisposableHost = async (
  script: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> => {
  const work = mkdtempSync(`${tmpdir()}/chv-doctor-e2e-`)
  const files = mkdtempSync(`${tmpdir()}/chv-doctor-e2e-`)
  writeFileSync(`${files}/build`, build)
  mkdirSync(cacheDirectory, { recursive: true })
  writeFileSync(`${files}/script`, `set -eu\n${script}\n"$1"\n`)
  const inner = ['unshare', '--mount', '--uts', '--pid', '--fork', '--kill-child', 'bash', `${files}/build`]
  const [program = 'unshare', ...args] = [
    ...sudo,
    ...inner,
    work,
    repository,
    process.execPath,
    `${files}/script`,
    artifacts,
    cacheDirectory,
  ]
  // What a test runner sets must not reach the program under test.
  const { CI: _ci, NODE_OPTIONS: _options, VITEST: _vitest, ...outer } = process.env
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...outer, HOME: '/root', REPO: '/opt/chv-doctor', NODE: '/opt/node', ...env },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  rmSync(files, { recursive: true })
  rmSync(work, { recursive: true })
  return { code, output }
}

/** What stands between two marks that the script printed with \`echo\`: "== NAME" to the next "== ". */
export const section = (output: string, name: string): string => {
  const start = output.indexOf(`== ${name}\n`)
  if (start < 0) throw new Error(`the script printed no "== ${name}":\n${output}`)
  const text = output.slice(start + name.length + 4)
  const end = text.indexOf('\n== ')
  return end < 0 ? text : text.slice(0, end)
}
