// npm run bench -- explain [ROUNDS]: logs of 1, 50 and 500 MiB, from a file and from a pipe, against grep and against a
// Node.js that only reads them.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { record } from './figures.mjs'
import { interleave, median } from './process.mjs'

const rounds = Number(process.argv[3] ?? 5)
const cli = new URL('../../dist/cli.js', import.meta.url).pathname
const read = `let lines = 0
process.stdin.on('data', (bytes) => { for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++ })`

/** What a guest and a VMM print, with a word of the patterns in each tenth line. */
const lineOf = (number) => {
  const at = (number * 0.0137).toFixed(6)
  const word = ['error', 'Failed', 'denied', 'tap', 'vfio'][Math.floor(number / 10) % 5]
  if (number % 10 === 0)
    return `cloud-hypervisor: ${at}ms: <vmm> WARN:vmm/src/lib.rs:${number} -- ${word} ${number}`
  if (number % 3 === 0) return `[  OK  ] Started unit-${number}.service - Service ${number}.`
  return `[${at}] pci 0000:00:${(number % 32).toString(16)}.0: BAR 0 [mem 0x${number.toString(16)}-0xffffffff 64bit]`
}
const last = `Error booting VM: VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(ConfigureTap(Os { code: 16, kind: ResourceBusy, message: "Device or resource busy" }))))))\n`

const writeLog = (path, bytes) => {
  const file = openSync(path, 'w')
  let written = 0
  for (let number = 0; written < bytes - last.length; ) {
    const lines = Array.from({ length: 5000 }, () => lineOf(number++)).join('\n')
    written += writeSync(file, `${lines}\n`.slice(-(bytes - last.length - written)))
  }
  writeSync(file, last)
  closeSync(file)
}

const place = mkdtempSync(`${tmpdir()}/chv-bench-explain-`)
try {
  const rows = []
  for (const mib of [1, 50, 500]) {
    const log = `${place}/log`
    writeLog(log, mib * 2 ** 20)
    const node = process.execPath
    const pipe = (...argv) => ['bash', '-o', 'pipefail', '-c', 'cat "$0" | "$@"', log, ...argv]
    const commands = {
      // Not straight to /dev/null: grep would stop at the first match.
      'grep -c': ['bash', '-c', 'grep -c error "$0" | cat', log],
      'Node.js reads a pipe': pipe(node, '-e', read),
      'explain FILE': [node, cli, 'explain', '--no-host-checks', log],
      'explain -': pipe(node, cli, 'explain', '--no-host-checks', '-'),
      'explain FILE, with a look at this host': [node, cli, 'explain', log],
    }
    const runs = interleave(commands, mib > 100 ? Math.min(rounds, 3) : rounds, {
      env: { PATH: process.env.PATH, HOME: place },
      cwd: place,
    })
    for (const [name, own] of Object.entries(runs)) {
      const failed = own.find(({ code }) => code !== 0)
      if (failed) throw new Error(`${name} ended with ${failed.code}`)
      const of = (quantity) => median(own.map((run) => run[quantity]))
      rows.push([
        `${name}, ${mib} MiB`,
        of('wall').toFixed(0),
        of('cpu').toFixed(0),
        (of('peak') / 1024).toFixed(0),
      ])
    }
  }
  record(
    'Explaining long logs',
    ['whole process', 'ms', 'processor, ms', 'peak memory, MiB'],
    rows,
    `Medians of ${rounds} rounds; the last line of each log is the error.`,
  )
  for (const row of rows) console.log(row.join('  '))
} finally {
  rmSync(place, { recursive: true })
}
