import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseElf } from '../../src/formats/elf.ts'
import { guestMessage } from '../../src/hypervisor/probe-guest.ts'
import { x86Guest } from '../../src/hypervisor/x86-guest.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const write = () => {
  const path = `${scratch()}/guest.elf`
  writeFileSync(path, x86Guest(guestMessage))
  return path
}

describe('the test guest for x86_64', () => {
  it('is a whole PVH image', () => {
    const guest = x86Guest(guestMessage)
    expect(parseElf(guest)).toEqual({ machine: 'x86_64', pvhEntry: 0x100000, end: guest.length })
    // The very bytes that were run under Cloud Hypervisor 49.0 and 53.0 when this was written.
    expect(createHash('sha256').update(guest).digest('hex')).toBe(
      '522db45c648b971e1f7cf39cc3493dfc9ca612b6e103a7883f5b6f84826dc324',
    )
  })

  it.skipIf(missing('objdump'))(
    `says in a disassembler what its comments say${because(missing('objdump'))}`,
    () => {
      const raw = `${scratch()}/code`
      const guest = x86Guest(guestMessage)
      writeFileSync(raw, guest.subarray(64 + 2 * 56 + 20, guest.length - guestMessage.length - 2))
      const listing = execFileSync(
        'objdump',
        ['-D', '-b', 'binary', '-m', 'i386', '-M', 'intel', '--adjust-vma=0x100000', raw],
        { encoding: 'utf8' },
      )
      const code = listing
        .split('\n')
        .flatMap((line) => /^\s*([0-9a-f]+):\t[0-9a-f ]+\t(.*)$/.exec(line)?.slice(1, 3).join(' ') ?? [])
        .map((line) => line.replaceAll(/\s+/g, ' ').trim())
      expect(code).toEqual([
        '100000 cld',
        '100001 mov esi,0x10001c',
        '100006 mov dx,0x3f8',
        '10000a lods al,BYTE PTR ds:[esi]',
        '10000b test al,al',
        '10000d je 0x100012',
        '10000f out dx,al',
        '100010 jmp 0x10000a',
        '100012 mov dx,0x600',
        '100016 mov al,0x34',
        '100018 out dx,al',
        '100019 hlt',
        '10001a jmp 0x100019',
      ])
    },
  )

  it.skipIf(missing('qemu-system-x86_64', 'timeout'))(
    `runs in QEMU as well${because(missing('qemu-system-x86_64', 'timeout'))}`,
    () => {
      // 0x600 is nothing there: the guest halts, and QEMU is told to end by what it printed.
      const { stdout } = spawnSync(
        'sh',
        [
          '-c',
          'mkfifo "$2/out"; qemu-system-x86_64 -accel tcg -m 64 -nodefaults -display none -no-reboot -serial file:"$2/out" -kernel "$1" & read -r line < "$2/out"; echo "$line"; kill $!; wait',
          'sh',
          write(),
          scratch(),
        ],
        { encoding: 'utf8', timeout: 60_000 },
      )
      expect(stdout.trim()).toBe(guestMessage)
    },
  )
})
