/** Texts of programs around Cloud Hypervisor: who wrote them is said, and no more than their words hold. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const first = (text: string) => diagnose(text)[0]

describe('a line that is not known', () => {
  it.each([
    [
      'rpc error: code = Internal desc = cannot find the thing',
      'a container runtime, cluster or scheduler',
      'whether Cloud Hypervisor was reached',
    ],
    ["virError(Code=38, Domain=0, Message='unable to do the thing')", 'libvirt', '/var/log/libvirt/ch/'],
  ])('%s', (text, writer, look) => {
    const found = first(text)
    expect(found).toMatchObject({ cause: 'unknown', severity: 'note', confidence: 'possible' })
    expect(found?.what).toContain(writer)
    expect(`${found?.what} ${found?.hint}`).toContain(look)
  })
})

describe('a build', () => {
  it('is ours by the names of its crates, or by what stands beside it', () => {
    expect(first('error: could not compile `vm-migration` (lib) due to 1 previous error')?.cause).toBe(
      'build-failed',
    )
    expect(
      first(
        'error: could not compile `proc-macro2` (lib) due to 1 previous error\n   Compiling cloud-hypervisor v35.0.0',
      )?.cause,
    ).toBe('build-failed')
  })
  it('of another project is left alone', () => {
    const found = diagnose('error: could not compile `server` (lib) due to 1 previous error')
    expect(found).toMatchObject([{ cause: 'unknown', severity: 'note' }])
    expect(found[0]?.what).toContain('a compiler or build tool')
  })
})

it('a resize to nothing is told from one that waits', () => {
  const pending =
    'cloud-hypervisor: 8.3s: <vmm> ERROR:vmm/src/lib.rs:1808 -- Error when resizing VM: CpuManager(VcpuPendingRemovedVcpu)'
  expect(first(pending)?.cause).toBe('cpu-removal-pending')
  expect(first(`ch-remote --api-socket a resize --cpus 0\n${pending}`)?.cause).toBe('cpu-resize-zero')
  expect(first(`ch-remote --api-socket a resize --cpus 2\n${pending}`)?.cause).toBe('cpu-removal-pending')
})

it('a failing storage is not taken for an operation that is not there', () => {
  const zeroes = '[    0.3] I/O error, dev vda, sector 9680 op 0x9:(WRITE_ZEROES) flags 0x800'
  expect(first(zeroes)?.cause).toBe('guest-write-zeroes')
  expect(first(`${zeroes}\n[    0.4] I/O error, dev vda, sector 8 op 0x1:(WRITE) flags 0x800`)?.cause).toBe(
    'guest-disk-errors',
  )
})
