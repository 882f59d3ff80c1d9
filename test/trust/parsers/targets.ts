/** Every parser of the product that reads what others can write. */
import { readFileSync } from 'node:fs'
import { checks } from '../../../checks/registry.ts'
import { openChanges } from '../../../src/apply/journal.ts'
import { qemuImgProgress } from '../../../src/apply/progress.ts'
import { parseOrigin } from '../../../src/catalogue/disk-origin.ts'
import { parseSignedText } from '../../../src/catalogue/signed-text.ts'
import { entriesOf } from '../../../src/config/yaml-file.ts'
import { findSum } from '../../../src/download/sums.ts'
import { parseFacts } from '../../../src/engine/facts-file.ts'
import { diagnose } from '../../../src/explain/diagnose.ts'
import { cleanLines } from '../../../src/explain/reading/clean.ts'
import { findCommands } from '../../../src/explain/reading/command-line.ts'
import { inspectImage } from '../../../src/formats/disk-image.ts'
import { parseElf } from '../../../src/formats/elf.ts'
import { parseFat } from '../../../src/formats/fat.ts'
import { parseIso } from '../../../src/formats/iso9660.ts'
import { inspectKernel } from '../../../src/formats/kernel.ts'
import { kindOf } from '../../../src/formats/magic.ts'
import { parsePartitions } from '../../../src/formats/partitions.ts'
import {
  capabilityText,
  isNosuid,
  netAdminInAttribute,
  netAdminInText,
} from '../../../src/host/capabilities.ts'
import { groupIn } from '../../../src/host/groups.ts'
import { parseInterfaces } from '../../../src/host/interfaces.ts'
import { parseOsRelease } from '../../../src/host/os-release.ts'
import { parseDpkgState } from '../../../src/host/packages.ts'
import { parseSave } from '../../../src/network/iptables-save.ts'
import { parseRuleset } from '../../../src/network/nft-json.ts'
import type { Chain } from '../../../src/network/rules.ts'
import { simulate } from '../../../src/network/simulate.ts'
import { parseSeed } from '../../../src/seed/facts.ts'
import { extentsIn, layoutOf, tablesIn } from '../../../src/unpack/qcow2-layout.ts'
import { UsageError } from '../../../src/util/errors.ts'
import { bzImageWith } from '../../helpers/kernels.ts'
import { pvhElf } from '../../helpers/pvh-elf.ts'
import { qcow2With } from '../../helpers/qcow2.ts'
import { catalogueText } from '../../helpers/signed-catalogue.ts'
import { fatWith, isoWith } from './images.ts'
import { iptablesDiamond, iptablesWide, nftCycle, nftDiamond, nftWide } from './rules.ts'
import type { Target } from './target.ts'

const text = (input: Buffer) => input.toString('utf8')
const isUsage = (error: unknown) => error instanceof UsageError
const isSyntax = (error: unknown) => error instanceof SyntaxError

const way = { tap: 'vm-tap0', guest: '192.168.249.2/24', uplink: 'eth0' }
const judgeRules = (chains: readonly Chain[]) => simulate(chains, way)

const gptDisk = (): Buffer => {
  const disk = Buffer.alloc(34 * 512)
  disk.writeUInt16LE(0xaa55, 510)
  disk[450] = 0xee
  disk.write('EFI PART', 512, 'latin1')
  disk.writeBigUInt64LE(4000n, 512 + 32)
  disk.writeBigUInt64LE(2n, 512 + 72)
  disk.writeUInt32LE(128, 512 + 80)
  disk.writeUInt32LE(128, 512 + 84)
  Buffer.from('28732ac11ff8d211ba4b00a0c93ec93b', 'hex').copy(disk, 1024)
  return disk
}

const qcow2 = (): Buffer => {
  const image = Buffer.alloc(512)
  image.write('QFI\xfb', 0, 'latin1')
  image.writeUInt32BE(3, 4)
  image.writeBigUInt64BE(1n << 30n, 24)
  return image
}

const vmdk = (): Buffer => {
  const image = Buffer.alloc(12 * 1024)
  image.write('KDMV', 0, 'latin1')
  image.writeBigUInt64LE(2048n, 12)
  image.writeBigUInt64LE(1n, 28)
  image.write('# Disk DescriptorFile\nCID=1\nparentCID=ffffffff\n', 512, 'latin1')
  return image
}

// From the root of the checkout: bundled, this module has another address.
const recordedFacts = readFileSync(`${process.cwd()}/test/facts/debian12-ready.json`, 'utf8')

export const targets: readonly Target[] = [
  {
    id: 'configuration',
    seeds: [
      'boot: firmware\nmemory: 2G\nmirrors: { "https://": "file:///x/" }\nnameservers: [9.9.9.9]\n',
      '{"cpus": 2}',
    ],
    words: [
      'memory',
      'checks',
      'ignore',
      '&a ',
      '*a',
      '<<: ',
      '!!binary ',
      '? ',
      '- ',
      '|\n',
      '"\\u0000"',
      '%YAML 1.1\n---\n',
      '{',
      '[',
      ': ',
    ],
    run: (input) => entriesOf('/x/chv-doctor.yaml', text(input)),
    allows: isUsage,
  },
  {
    id: 'ip -j',
    json: true,
    seeds: [
      '[{"ifname":"vm-tap0","flags":["UP"],"linkinfo":{"info_kind":"tun","info_data":{"type":"tap","user":"root"}},"addr_info":[{"family":"inet","local":"192.168.249.1","prefixlen":24}]}]',
    ],
    words: ['null', '{}', '[]', '"flags":', '"addr_info":', '"linkinfo":', '1e400', '""'],
    // What is no JSON, and what is JSON of another shape, are one to the caller.
    run: (input) => parseInterfaces(text(input)),
    allows: (error) => isSyntax(error) || error instanceof TypeError,
  },
  {
    id: 'nft -j',
    json: true,
    seeds: [nftDiamond(3, 2), nftCycle(3), nftWide(4)],
    words: [
      '"jump":',
      '"goto":',
      '"match":',
      '"vmap":',
      '"set":',
      '"@s"',
      '"masquerade":null',
      '{"accept":null}',
      'null',
      '"forward"',
      '"postrouting"',
      '"nat"',
    ],
    run: (input) => judgeRules(parseRuleset(text(input))),
    allows: isSyntax,
  },
  {
    id: 'iptables-save',
    seeds: [iptablesDiamond(3, 2), iptablesWide(4)],
    words: [
      '-j ',
      '-g ',
      '-A ',
      '\n:',
      '*nat\n',
      'COMMIT\n',
      '! ',
      '-s 10.0.0.0/8',
      '--ctstate ',
      '-m comment --comment "',
      '\\"',
      'MASQUERADE',
      'POSTROUTING',
    ],
    run: (input) => judgeRules(parseSave(text(input), 'iptables-nft')),
  },
  {
    id: 'getcap',
    seeds: [
      '/x cap_net_admin=ep\n',
      '/x = cap_net_admin,cap_net_raw+ep cap_chown-i\n',
      '0100000200100000000000000000000000000000',
    ],
    words: ['=', '+', '-', 'eip', 'cap_net_admin', 'all', ',', '/x'],
    run: (input) => {
      netAdminInText(capabilityText('/x', text(input)))
      netAdminInAttribute(input.toString('hex'))
      return isNosuid(text(input), '/x/y')
    },
  },
  {
    id: 'qemu-img',
    seeds: [qcow2(), vmdk(), '    (12.34/100%)\r', new Uint8Array(512)],
    words: ['QFI\xfb', 'KDMV', 'conectix', 'vhdxfile', 'parentCID=', 'parentFileNameHint', '(', '/100%)'],
    run: (input) => [inspectImage(input), qemuImgProgress(text(input)), kindOf(input)],
  },
  {
    id: 'qcow2 tables',
    seeds: [qcow2With({ clusters: [new Uint8Array(65_536), null] }), qcow2With({ clusters: [], version: 2 })],
    words: ['QFI\xfb', '\x80\0\0\0', '\x40\0\0\0', '\0\0\0\x10', '\0\0\xff\xff'],
    run: (input) => {
      const layout = layoutOf(input, input.length)
      const bytes = (at: number, length: number) => input.subarray(at, at + length)
      if (!layout || layout.tablesAt + layout.tables * 8 > input.length) return null
      const tables = tablesIn(bytes(layout.tablesAt, layout.tables * 8), layout, input.length)
      return tables?.map((table) =>
        extentsIn(bytes(table.at, layout.clusterSize), table, layout, input.length),
      )
    },
  },
  { id: 'ELF', seeds: [pvhElf], words: ['\x7fELF', 'Xen\0'], run: (input) => parseElf(input) },
  {
    id: 'kernel',
    seeds: [bzImageWith({ body: 1024 }), pvhElf],
    words: ['HdrS', 'ARM\x64', 'MZ', 'PE\0\0', 'zimg', '\x7fELF'],
    run: (input) =>
      inspectKernel(async (offset, length) => input.subarray(offset, offset + length), input.length),
  },
  {
    id: 'FAT',
    seeds: [fatWith(['META-DAT', 'USER-DAT'])],
    words: ['\xe5', '\x0f', 'CIDATA     ', '\xff\x0f', '\xf8\xff'],
    run: (input) => {
      const root = parseFat(input)
      for (const name of root?.files.slice(0, 20) ?? []) root?.read(name)
      return root?.label
    },
  },
  {
    id: 'ISO 9660',
    seeds: [isoWith(['META_DAT.;1', 'USER_DAT.;1'])],
    words: ['CD001', '\x01CD001', '\x02CD001', '%/E', 'NM', ';1'],
    run: (input) => {
      const root = parseIso(input)
      for (const name of root?.files.slice(0, 20) ?? []) root?.read(name)
      return root?.label
    },
  },
  {
    id: 'partitions',
    seeds: [gptDisk()],
    words: ['EFI PART', '\x55\xaa', '\xee'],
    run: (input) => parsePartitions(input),
  },
  {
    id: 'logs',
    seeds: [
      'cloud-hypervisor: 12.3ms: <vmm> ERROR:vmm/src/lib.rs:2 -- VmBoot(DeviceManager(CreateVirtioNet(OpenTap(TapOpen(Os { code: 16, kind: ResourceBusy })))))\n',
      'Error: Cloud Hypervisor exited with the following chain of errors:\n  0: Cannot open disk path\n  1: No such file or directory (os error 2)\n',
      "thread 'main' panicked at vmm/src/lib.rs:3:5:\ncalled `Option::unwrap()` on a `None` value\n",
      '$ cloud-hypervisor --kernel vmlinux --disk path=a.raw --net "tap=,mac="\nerror: unexpected argument\n',
    ],
    words: [
      'Error booting VM: ',
      'VmBoot(',
      '(os error 13)',
      '  1: ',
      "panicked at '",
      '\x1b[31m',
      '\r',
      '{"log":"',
      '--disk path=',
      '\\\n',
      "'",
      '"',
    ],
    run: (input) => diagnose(text(input)),
  },
  {
    id: 'command lines',
    seeds: ['cloud-hypervisor --disk path=a,readonly=on --net tap=x \\\n --memory size=1G\n'],
    words: ['--net ', "'", '"', '\\', '\n', ',', '=', '[', ']', '$('],
    run: (input) => findCommands(cleanLines(text(input))),
  },
  {
    id: 'facts',
    json: true,
    seeds: [recordedFacts],
    words: ['null', '{}', '[]', '"facts":', '"error":', '1e400', '-1', '"__proto__":', '"constructor":'],
    run: (input) => {
      const file = parseFacts('/x', text(input))
      for (const check of checks) {
        const observation = file.observations[check.id]
        // As the engine does it: what a judge makes of facts of another shape is caught there, per check.
        if (observation && 'facts' in observation)
          try {
            check.judge(observation.facts as never, file.config)
          } catch {}
      }
    },
    allows: isUsage,
  },
  {
    id: 'journal',
    json: true,
    seeds: [
      '{"event":"started","id":"a","at":"2026-11-26T00:00:00Z","fix":"setcap","why":"x","undo":{"kind":"run","argvs":[["true"]],"root":false}}\n{"event":"done","id":"a"}\n',
    ],
    words: ['"event":', '"undone"', '"void"', 'null', '[]', '\n', '"undo":', '"restore"'],
    run: (input) => openChanges(text(input), '/x/journal.jsonl'),
    allows: isUsage,
  },
  {
    id: 'checksum files',
    seeds: [`${'a'.repeat(64)}  file.img\n${'b'.repeat(64)} *./other.img\r\n`],
    words: ['  ', ' *', './', '\r\n', 'file.img', '\\'],
    run: (input) => [
      findSum(text(input), { file: 'file.img', algorithm: 'sha256' }),
      findSum(text(input), { file: 'file.img', algorithm: 'sha512' }),
    ],
  },
  {
    id: 'seed texts',
    seeds: [
      '#cloud-config\nusers:\n  - name: cloud\n',
      'version: 2\nethernets:\n  a: { dhcp4: true, match: { macaddress: "12:34:56:78:90:ab" } }\n',
    ],
    words: [
      '&a ',
      '*a',
      '<<: ',
      'users: ',
      '- ',
      'ethernets:',
      'routes: ',
      '#cloud-config\n',
      '\t',
      '!!set ',
    ],
    run: (input) => parseSeed(() => text(input)),
  },
  {
    id: 'small files of the host',
    json: true,
    seeds: [
      'NAME="Debian"\nID=debian\n',
      'kvm:x:104:sky,other\n',
      'Package: mtools\nStatus: install ok installed\n\n',
      '{"image":"noble","inode":1,"mtime":2}',
      catalogueText(),
    ],
    words: ['=', '"', '\\', ':', ',', '\n', 'Status: '],
    run: (input) => [
      parseOsRelease(text(input)),
      groupIn(text(input), 'kvm'),
      parseDpkgState(text(input), 'mtools'),
      parseOrigin(text(input)),
      parseSignedText(text(input)),
    ],
  },
]
