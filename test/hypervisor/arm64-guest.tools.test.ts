/** What an assembler, a disassembler and a machine make of the test guest for aarch64. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { arm64Guest } from '../../src/hypervisor/arm64-guest.ts'
import { guestMessage, probeGuest } from '../../src/hypervisor/probe-guest.ts'
import { because, missing } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

/** The guest as a person would write it. */
const source = (serial: string) => `
begin:
  b start
  .word 0
  .quad 0, end - begin, 8, 0, 0, 0
  .ascii "ARM\\x64"
  .word 0
start:
  mov x0, #${serial}
  mov w1, #0x301
  str w1, [x0, #0x30]
  adr x2, text
next:
  ldrb w1, [x2], #1
  cbz w1, off
  str w1, [x0]
  b next
off:
  mov w0, #8
  movk w0, #0x8400, lsl #16
  hvc #0
halt:
  wfi
  b halt
text:
  .asciz "${guestMessage}\\n"
end:
`

const noBinutils = missing('aarch64-linux-gnu-as', 'aarch64-linux-gnu-objcopy', 'aarch64-linux-gnu-objdump')

describe.skipIf(noBinutils)(`binutils for aarch64${because(noBinutils)}`, () => {
  const assemble = (text: string): Buffer => {
    const place = scratch()
    writeFileSync(`${place}/guest.s`, text)
    execFileSync('aarch64-linux-gnu-as', ['-o', `${place}/guest.o`, `${place}/guest.s`])
    execFileSync('aarch64-linux-gnu-objcopy', ['-O', 'binary', `${place}/guest.o`, `${place}/guest`])
    return readFileSync(`${place}/guest`)
  }

  it.each([
    ['0x09000000', 0x0900_0000],
    ['0xfe200000', 0xfe20_0000],
  ])('assembles the same bytes, with a serial port at %s', (text, serial) => {
    const guest = Buffer.from(arm64Guest(guestMessage, serial))
    expect(guest.toString('hex')).toBe(assemble(source(text)).toString('hex'))
  })

  it('disassembles what the comments say', () => {
    const place = scratch()
    const guest = arm64Guest(guestMessage, 0x0900_0000)
    writeFileSync(`${place}/code`, guest.subarray(0, guest.length - guestMessage.length - 2))
    const listing = execFileSync(
      'aarch64-linux-gnu-objdump',
      ['-D', '-b', 'binary', '-m', 'aarch64', '--start-address=0x40', `${place}/code`],
      { encoding: 'utf8' },
    )
    const code = listing
      .split('\n')
      .flatMap((line) => /^\s*([0-9a-f]+):\t[0-9a-f]{8} \t([^/]*)/.exec(line)?.slice(1, 3).join(' ') ?? [])
      .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    expect(code).toEqual([
      '40 mov x0, #0x9000000',
      '44 mov w1, #0x301',
      '48 str w1, [x0, #48]',
      '4c adr x2, 0x74',
      '50 ldrb w1, [x2], #1',
      '54 cbz w1, 0x60',
      '58 str w1, [x0]',
      '5c b 0x50',
      '60 mov w0, #0x8',
      '64 movk w0, #0x8400, lsl #16',
      '68 hvc #0x0',
      '6c wfi',
      '70 b 0x6c',
    ])
  })
})

const noEmulator = missing('qemu-system-aarch64')

describe.skipIf(noEmulator)(`QEMU's machine virt${because(noEmulator)}`, () => {
  // Its serial port is where Cloud Hypervisor has it, and its PSCI is called by HVC while it has no EL2.
  it.each(['cortex-a53', 'cortex-a72', 'max'])('runs the guest on %s, and is switched off', (cpu) => {
    const place = scratch()
    writeFileSync(`${place}/guest`, probeGuest('aarch64') ?? '')
    const { status, signal, stdout, stderr } = spawnSync(
      'qemu-system-aarch64',
      [
        ...['-accel', 'tcg', '-M', 'virt', '-cpu', cpu, '-m', '64', '-kernel', `${place}/guest`],
        ...['-nodefaults', '-display', 'none', '-no-reboot', '-serial', 'stdio'],
      ],
      // A guest that is not switched off would wait for ever.
      { encoding: 'utf8', timeout: 50_000, input: '' },
    )
    expect({ status, signal, stderr, stdout: stdout.trim() }).toEqual({
      ...{ status: 0, signal: null, stderr: '' },
      stdout: guestMessage,
    })
  })
})
