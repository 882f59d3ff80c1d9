// npm run bench -- fix [ROUNDS] [MIB]: from a host with nothing to everything that a guest is started from,
// `chv-doctor fix --yes` against the commands of docs/first-boot.md one after another. Both load from a
// server that is 50 ms away, and end before the boot. Root, or user namespaces.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { makeImage } from './artifacts-convert.mjs'
import { connectTo, says } from './artifacts-download.mjs'
import { compare } from './compare.mjs'
import { writePage } from './figures.mjs'

const here = new URL(import.meta.url).pathname
const cli = new URL('../../dist/cli.js', import.meta.url).pathname
const hypervisor = process.env.CHV_DOCTOR_TEST_CH ?? null
const far = '10.99.0.2'
const base = `http://${far}:8080`
const tap = 'vm-tap0'
const mebibyte = 2 ** 20

const digestOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** A site that knows ranges. */
const serve = async (directory) => {
  const server = createServer((request, response) => {
    const path = `${directory}/${basename(request.url)}`
    const { size } = statSync(path)
    const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const from = asked ? Number(asked[1]) : 0
    const to = asked?.[2] ? Math.min(Number(asked[2]) + 1, size) : size
    response.writeHead(asked ? 206 : 200, {
      etag: `"${size}"`,
      'accept-ranges': 'bytes',
      'content-length': to - from,
      ...(asked ? { 'content-range': `bytes ${from}-${to - 1}/${size}` } : {}),
    })
    if (request.method === 'HEAD') response.end()
    else createReadStream(path, { start: from, end: to - 1, highWaterMark: mebibyte }).pipe(response)
  })
  server.listen(8080, '0.0.0.0')
  await once(server, 'listening')
  console.log('listening')
}

/** The files of the server: a firmware of 4 MiB, an image, and Cloud Hypervisor or what answers for it. */
const makeFiles = async (directory, mib) => {
  const { build } = await import('esbuild')
  const helper = `${directory}/pvh-elf.mjs`
  const entryPoints = [new URL('../helpers/pvh-elf.ts', import.meta.url).pathname]
  await build({
    entryPoints,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: helper,
    logLevel: 'error',
  })
  const { pvhElf } = await import(helper)
  writeFileSync(`${directory}/fw.fd`, Buffer.concat([pvhElf, Buffer.alloc(4 * mebibyte, 0x5a)]))
  makeImage(directory, mib)
  if (hypervisor) copyFileSync(hypervisor, `${directory}/cloud-hypervisor`)
  // It answers the one question that the checks ask, and has the size of a release.
  else
    writeFileSync(
      `${directory}/cloud-hypervisor`,
      `#!/bin/sh\necho "cloud-hypervisor v53.0.0"\nexit\n${'#'.repeat(5 * mebibyte)}\n`,
    )
  const digests = Object.fromEntries(
    ['fw.fd', 'image.qcow2', 'cloud-hypervisor'].map((name) => [name, digestOf(`${directory}/${name}`)]),
  )
  const keys = { firmware: 'fw.fd', image: 'image.qcow2', hypervisor: 'cloud-hypervisor' }
  const config = [
    ...Object.entries(keys).flatMap(([key, name]) => [
      `${key}_url: ${base}/${name}`,
      `${key}_sha256: ${digests[name]}`,
    ]),
    `nameservers: [${far}]`,
    'memory: 256M',
    ...(hypervisor ? [] : ['ignore: { boot-probe: "no Cloud Hypervisor for the benchmark" }']),
  ]
  return { digests, config: `${config.join('\n')}\n` }
}

/** The commands of docs/first-boot.md, steps 3 to 8, by a person who is root already. */
const byHand = ({ digests }) => `
set -e
mkdir -p "$0"; cd "$0"
fetch() { curl --silent --fail --output "$1" ${base}/"$2"; echo "$3  $1" | sha256sum --check --quiet; sync "$1"; }
fetch cloud-hypervisor cloud-hypervisor ${digests['cloud-hypervisor']}
chmod +x cloud-hypervisor
./cloud-hypervisor --version >/dev/null
fetch CLOUDHV.fd fw.fd ${digests['fw.fd']}
fetch disk.img image.qcow2 ${digests['image.qcow2']}
qemu-img convert -f qcow2 -O raw disk.img disk.raw
sync disk.raw
printf '#cloud-config\\nusers:\\n  - name: cloud\\n' > user-data
echo 'instance-id: first-boot-1' > meta-data
printf 'version: 2\\nethernets: {}\\n' > network-config
mkfs.fat -n CIDATA -C cloud-init.img 8192 >/dev/null
mcopy -o -i cloud-init.img user-data meta-data network-config ::
ip tuntap add dev ${tap} mode tap user root
ip addr replace 192.168.249.1/24 dev ${tap}
ip link set dev ${tap} up
sysctl -q -w net/ipv4/ip_forward=1
nft 'add table inet chv_doctor;' 'add chain inet chv_doctor nat' '{ type nat hook postrouting priority srcnat; };' \\
  'add rule inet chv_doctor nat' 'ip saddr 192.168.249.0/24 ip daddr != 192.168.249.0/24' masquerade
`

/** The host as it was: files, TAP, rules, forwarding, and what the doctor remembers until a reboot. */
const startAnew = (home) => {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home)
  for (const argv of [
    ['ip', 'link', 'delete', tap],
    ['nft', 'delete table inet chv_doctor'],
    ['sysctl', '-q', '-w', 'net/ipv4/ip_forward=0'],
    ['rm', '-rf', '/run/chv-doctor'],
  ])
    spawnSync(argv[0], argv.slice(1), { stdio: 'ignore' })
}

/** @throws Error where a way has left out a part of it */
const requireAll = (files, said) => {
  const text = (...argv) => spawnSync(argv[0], argv.slice(1), { encoding: 'utf8' }).stdout
  const missing = [
    ...files.filter((path) => !existsSync(path)),
    ...(text('ip', '-brief', 'address', 'show', tap).includes('192.168.249.1/24') ? [] : [tap]),
    ...(text('nft', 'list', 'ruleset').includes('masquerade') ? [] : ['masquerade']),
    ...(readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8').trim() === '1' ? [] : ['forwarding']),
  ]
  if (missing.length > 0) throw new Error(`not in place: ${missing.join(', ')}\n${said}`)
}

/** The measurement itself, in namespaces of its own. */
const measure = async (directory, rounds, mib) => {
  // What a check reads of interfaces is that of this namespace, and marks of the doctor stay in it.
  execFileSync('mount', ['-t', 'sysfs', 'sysfs', '/sys'])
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run'])
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  const files = `${directory}/served`
  mkdirSync(files)
  const made = await makeFiles(files, mib)
  const children = []
  try {
    const server = spawn('unshare', ['--net', process.execPath, here, 'serve', files], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(server)
    await says(server)
    children.push(...(await connectTo(server.pid, directory)))
    execFileSync('ip', ['route', 'add', 'default', 'via', far])
    const lab = new URL('../e2e/lab-server.mjs', import.meta.url).pathname
    const inside = ['--target', String(server.pid), '--net']
    children.push(spawn('nsenter', [...inside, process.execPath, lab, far], { stdio: 'ignore' }))
    const config = `${directory}/chv-doctor.yaml`
    writeFileSync(config, made.config)
    chmodSync(config, 0o600)
    const home = `${directory}/home`
    const env = { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, HOME: home, LANG: 'C.UTF-8' }
    const doctor = () => {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [cli, 'fix', '--yes', '--config', config],
        {
          env,
          cwd: home,
          encoding: 'utf8',
        },
      )
      const data = `${home}/.local/share/chv-doctor`
      const names = ['bin/cloud-hypervisor', 'CLOUDHV.fd', 'resolute.raw', 'cloud-init.img']
      requireAll(
        names.map((name) => `${data}/${name}`),
        `${status}: ${stdout}${stderr}`,
      )
    }
    const hand = () => {
      const vm = `${home}/vm`
      execFileSync('bash', ['-c', byHand(made), vm], {
        env,
        cwd: home,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const names = ['cloud-hypervisor', 'CLOUDHV.fd', 'disk.raw', 'cloud-init.img']
      requireAll(
        names.map((name) => `${vm}/${name}`),
        '',
      )
    }
    const size = Math.round(statSync(`${files}/image.qcow2`).size / mebibyte)
    const what = hypervisor ? 'the real Cloud Hypervisor' : 'no Cloud Hypervisor, so no boot-probe'
    await compare(
      `bare host to everything in place, without the boot: an image of ${size} MiB (${mib} MiB raw), ${what}`,
      rounds,
      { 'by hand, one after another': hand, 'chv-doctor fix --yes': doctor },
      () => startAnew(home),
    )
  } finally {
    for (const child of children) child.kill()
  }
}

const [mode, ...rest] = process.argv.slice(2)
if (process.argv[1] === here) {
  if (mode === 'serve') await serve(rest[0])
  if (mode === 'measure') {
    await measure(rest[0], Number(rest[1]), Number(rest[2]))
    // This process in a namespace of its own is the one that measured.
    writePage()
    process.exit()
  }
} else {
  const [rounds = '5', mib = '1024'] = rest
  // In the checkout: /tmp may be a file system in memory, and a guest's disk is not on one.
  const directory = mkdtempSync(new URL('../../dist/bench-', import.meta.url).pathname)
  try {
    const user = process.getuid() === 0 ? [] : ['--user', '--map-root-user']
    const argv = [...user, '--net', '--mount', process.execPath, here, 'measure', directory, rounds, mib]
    const child = spawn('unshare', argv, { stdio: 'inherit' })
    const [code] = await once(child, 'close')
    if (code !== 0) console.log('fix: not measured, see above')
  } finally {
    rmSync(directory, { recursive: true })
  }
}
