/** Texts in which nothing is recognised: what they are about, and no claim. */
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/explain/diagnose.ts'

const only = (text: string) => {
  const found = diagnose(text)
  expect(found).toHaveLength(1)
  return found[0] ?? expect.fail()
}

describe('a text without an error', () => {
  it.each([
    ['GET /api/v1/vm.info\n"state": "Running"\nVM was migrated to host2', 'a live migration'],
    ['guest$ nproc\n2\nvm clone --from snapshot of yesterday', 'a snapshot, or a restore from one'],
    ['firmware: CLOUDHV.fd\nBooting Fedora\n#PF', 'the firmware or boot loader of the guest'],
    ['guest: ip -br link\nenp1s0 DOWN', 'the network of the guest'],
    ['brctl show br0\nbridge name bridge id\nbrctl addif br0 port1\nbr0: port 1', 'a bridge of the host'],
    ['guest of the VM\nconfig says max_vcpus', 'a change of the number of vCPUs of a running VM'],
    ['guest of the VM\nconfig says hotplug_size', 'a change of the memory of a running VM'],
    ['/proc/812/cgroup\n0::/system.slice/containerd.service', 'the cgroup that a process runs in'],
    ['--memory size=512M,shared=on\nAnonHugePages: 0 kB', 'the memory of the VM'],
  ])('%s', (text, is) => {
    expect(only(text)).toMatchObject({ cause: 'unknown', severity: 'note', confidence: 'possible' })
    expect(only(text).what).toContain(`By its words it is about ${is}`)
  })
  it.each([['ping\ntap1\neth0 of it', 'the network of the guest']])('%s', (text, is) => {
    expect(only(text)).toMatchObject({ cause: 'unknown', severity: 'note', confidence: 'possible' })
    expect(only(text).what).toContain(`By its words it is about ${is}`)
  })
  it('is about what most of its lines name', () => {
    const text = 'guest of a snapshot\ntap0 is up\ntcpdump -ni tap0\nDHCP answers'
    expect(only(text).what).toContain('the network of the guest')
  })
})

it.each([
  ['a sentence', 'Cloud Hypervisor boots a guest from a disk image and a TAP device.'],
  ['a text that names no virtual machine', 'snapshot taken\nrestored'],
  ['a long log', Array.from({ length: 100 }, (_, at) => `guest snapshot ${at} is fine`).join('\n')],
])('nothing is said of %s', (_, text) => {
  expect(diagnose(text)).toEqual([])
})

describe('beside a line that is not known', () => {
  it('its subject is told, and no usual reason', () => {
    const found = diagnose('swtpm: the frobnicator failed\ncloud-hypervisor was started then\n')
    expect(found.map(({ cause }) => cause)).toEqual(['unknown', 'unknown'])
    expect(found[1]).toMatchObject({ what: expect.stringMatching(/about a TPM/), severity: 'note' })
    expect(found[1]?.why).not.toContain('usual')
  })
  it('nothing is told of what any program prints, where no virtual machine is named', () => {
    expect(diagnose('worker: step failed, killed by signal 9\n')).toHaveLength(1)
  })
  it('the options of a command are no subject', () => {
    const found = diagnose(
      'cloud-hypervisor --kernel k --disk path=a.raw,image_type=raw --tpm socket=/s\nthe frobnicator failed\n',
    )
    expect(found.some(({ what }) => /TPM/.test(what))).toBe(false)
  })
})
