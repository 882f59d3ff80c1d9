import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exitCodeOf, type Report, type Result, type Status } from '../../src/contract/report.ts'
import { renderText } from '../../src/report/text.ts'
import { terminalText } from '../../src/util/printable.ts'
import { columnsOf } from '../../src/util/text-width.ts'
import { reportOf } from '../helpers/report.ts'

const result = (id: string, group: string, status: Status, more: Partial<Result> = {}): Result => ({
  ...{ id, title: 't', group, status, durationMs: 12, found: `${id} is ${status}` },
  ...more,
})

const plain = { color: false, width: 80, advice: true } as const
const summary = (report: Report, more = {}) => renderText(report, { ...plain, detail: 'summary', ...more })
const failures = (report: Report) => renderText(report, { ...plain, detail: 'failures' })

const blocked = (id: string, group: string, by: string) =>
  result(id, group, 'skip', { reason: `blocked by ${by}`, blockedBy: by })

const mixed = [
  result('platform', 'host', 'ok'),
  result('kvm', 'host', 'warn', { found: 'works through kvm_pvm, without hardware support' }),
  result('qemu-utils', 'tools', 'ok'),
  result('libcap', 'tools', 'skip', { reason: 'not needed: a TAP of your own needs no capability' }),
  result('cloud-hypervisor', 'hypervisor', 'fail', { fix: { id: 'install-cloud-hypervisor', args: {} } }),
  blocked('net-admin', 'hypervisor', 'cloud-hypervisor'),
  result('disk-image', 'artifacts', 'fail', {
    found: 'missing',
    path: '/home/sky/.local/share/chv-doctor/resolute.raw',
  }),
  result('nat', 'network', 'unknown', { found: 'only root sees it: `sudo chv-doctor check`' }),
  blocked('boot-probe', 'proof', 'cloud-hypervisor'),
]

const hint = (id: string) =>
  result(id, 'advice', 'ok', {
    code: `${id}/x`,
    expected: 'another value',
    hint: 'Set it.',
    ownStatus: 'warn',
    changedBy: 'profile',
  })

describe('advice', () => {
  const report = reportOf([
    result('kvm', 'host', 'ok'),
    hint('thp'),
    result('ksm', 'advice', 'ok'),
    hint('reflink'),
    result('apicv', 'advice', 'skip', { reason: 'no module' }),
  ])

  it('is one line of the summary, and changes neither counts nor exit code', () => {
    const lines = summary(report).split('\n')
    expect(lines).toContain('✓ advice      to consider: thp, reflink')
    expect(lines.filter((line) => line.includes('advice'))).toHaveLength(1)
    expect(report.summary).toMatchObject({ ok: 4, warn: 0 })
    expect(exitCodeOf(report.summary, true)).toBe(0)
  })

  it('stays one line where there is much of it', () => {
    const names = Array.from({ length: 20 }, (_, index) => hint(`advice-number-${index}`))
    const lines = summary(reportOf([result('kvm', 'host', 'ok'), ...names])).split('\n')
    expect(lines.filter((line) => line.includes('advice-number'))).toEqual([
      expect.stringMatching(/^✓ advice {6}to consider: advice-number-0, .* more$/),
    ])
  })

  it('is whole in the list, and not called ok there', () => {
    const list = renderText(report, { ...plain, detail: 'all' })
    expect(list).toMatch(/^ {2}advice {2}thp .*\n +expected {2}another value\n +do {8}Set it\.$/m)
    expect(list).toMatch(/^ {2}ok {6}ksm/m)
  })
})

describe('the summary', () => {
  it('has a line for each finding and each group that is well, and what to do next', () => {
    const program = { name: 'npx chv-doctor', asRoot: '/opt/chv-doctor' }
    expect(summary(reportOf(mixed), { home: '/home/sky', program })).toMatchInlineSnapshot(`
      "chv-doctor 1.2.3: firmware boot, network tap, image resolute

      ! host        kvm: works through kvm_pvm, without hardware support
      ✓ tools       qemu-utils
      ✗ hypervisor  cloud-hypervisor: cloud-hypervisor is fail; 2 wait for it
      ✗ artifacts   disk-image: missing: ~/.local/share/chv-doctor/resolute.raw
      ? network     nat: only root sees it: \`sudo /opt/chv-doctor check\`
      – proof       boot-probe waits for cloud-hypervisor

      2 failed, 1 unknown, 1 warning, 2 ok, 2 blocked
        npx chv-doctor fix       shows the repairs, asks before it does them
        npx chv-doctor check -v  every check, with what was expected
      "
    `)
  })

  it('names what a healthy host has, in ten lines with the command that starts the guest', () => {
    const groups = ['host', 'tools', 'hypervisor', 'artifacts', 'network', 'proof', 'own']
    const results = groups.flatMap((group) =>
      Array.from({ length: 9 }, (_, index) => result(`${group}-check-${index}`, group, 'ok')),
    )
    const text = summary(reportOf(results, { bootCommand: ['x'], configFile: '/etc/chv-doctor.yaml' }))
    expect(text.trimEnd().split('\n')).toHaveLength(10)
    expect(text).toContain('63 ok. Next: `chv-doctor boot`; all checks: `chv-doctor check -v`.')
    expect(text).toMatch(/^✓ network +network-check-0, network-check-1, .* and \d more$/m)
  })

  it('gives nothing a tick that is not ok', () => {
    const statuses: readonly Status[] = ['warn', 'fail', 'skip', 'unknown']
    for (const status of statuses)
      expect(summary(reportOf([result('kvm', 'host', status, { reason: 'so' })]))).not.toContain('✓')
    const ignored = result('kvm', 'host', 'skip', { code: 'kvm/slow', reason: 'ignored: known' })
    expect(summary(reportOf([ignored]))).toMatch(/^– host +kvm: ignored: known\n\n1 ignored/m)
  })

  it('cuts between words, and no command in two', () => {
    const long = `${'word '.repeat(8)}\`sudo chv-doctor check nat forward-policy\` shows it`
    const text = summary(reportOf([result('nat', 'network', 'unknown', { found: long })]))
    expect(text).toMatch(/^\? network +nat: (word )+…$/m)
  })

  it('fits its screen, whatever was found', () => {
    const ids = fc.constantFrom('kvm', 'network-persistence', 'kernel-build-tools', 'x')
    const groups = fc.constantFrom('host', 'tools', 'hypervisor', 'artifacts', 'network', 'proof', 'own')
    const status = fc.constantFrom<Status>('ok', 'warn', 'fail', 'skip', 'unknown')
    const found = fc.oneof(fc.lorem({ maxCount: 30 }), fc.constant('内存不足，无法启动虚拟机。'.repeat(9)))
    const one = fc.record({ id: ids, group: groups, status, found })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), fc.integer({ min: 60, max: 100 }), (all, width) => {
        const results = all.map(({ id, group, status, found }, index) =>
          result(`${id}-${index}`, group, status, { found }),
        )
        const lines = summary(reportOf(results), { width }).trimEnd().split('\n')
        expect(lines.length).toBeLessThanOrEqual(24)
        for (const line of lines) expect(columnsOf(line), line).toBeLessThanOrEqual(width)
      }),
      { numRuns: 100 },
    )
  })

  it('says the same with colour; a warning is yellow', () => {
    const coloured = terminalText(summary(reportOf(mixed), { color: true }))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    expect(coloured.replaceAll(/\x1b\[\d+m/g, '')).toBe(summary(reportOf(mixed)))
    expect(coloured).toContain('\x1b[33m!')
  })
})

describe('with --quiet', () => {
  const unknown = result('nat', 'network', 'unknown', { found: 'not readable' })
  const failed = result('kvm', 'host', 'fail', { found: 'no', path: '/dev/kvm' })
  const warned = result('memory', 'host', 'warn')
  it('there is what decides the exit code, and nothing on a healthy host', () => {
    expect(failures(reportOf([failed, unknown, warned]))).toBe('✗ kvm: no: /dev/kvm\n')
    expect(failures(reportOf([unknown, warned]))).toBe('? nat: not readable\n')
    expect(failures(reportOf([warned]))).toBe('')
    expect(failures(reportOf([warned], { exitCode: 4 }))).toBe('! memory: memory is warn\n')
  })
})
