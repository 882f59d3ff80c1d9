/** The words of doubts: with the values of a command, and as they are looked up. */
import { describe, expect, it } from 'vitest'
import { listCauses } from '../../src/explain/catalogue.ts'
import { diagnose } from '../../src/explain/diagnose.ts'

const start = 'cloud-hypervisor --kernel vmlinux --cmdline "console=ttyS0 root=/dev/vda1"'
const doubts = listCauses().filter(({ severity }) => severity === 'advice')

describe('a doubt', () => {
  it.each(doubts.map((doubt) => [doubt.id, doubt] as const))(
    '%s is a sentence without values',
    (_, doubt) => {
      for (const text of [doubt.what, doubt.why, doubt.hint]) {
        expect(text).toMatch(/^[\p{Lu}`=\w].*[.)`]$/u)
        expect(text).not.toMatch(/ {2}|[{}]| [.,;](?: |$)|\(\)/)
      }
    },
  )
  it('has an id that no cause has', () => {
    const ids = listCauses().map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })
})

it.each([
  [`${start} --memory size=1G,hugepages=on`, 'The guest needs 512 free huge pages of 2 MiB.'],
  [
    `${start} --memory size=1G,hugepages=on\nvm.nr_hugepages = 4`,
    'The guest needs 512 free huge pages of 2 MiB, and 4 are reserved.',
  ],
  [`${start} --serial off --console tty`, 'The guest writes to ttyS0, and nothing of that is shown.'],
  [
    `${start} --device path=/sys/bus/pci/devices/0000:01:00.0 path=/sys/bus/pci/devices/0000:01:00.0/`,
    'A device, /sys/bus/pci/devices/0000:01:00.0, stands twice in --device.',
  ],
  [`${start} --net tap=t0,mac=2e:1b:37:84:98:b3`, 't0 gets no address from Cloud Hypervisor.'],
  [`${start} --net tap=,mac=2e:1b:37:84:98:b3`, 'The TAP gets no address from Cloud Hypervisor.'],
  [
    `${start} --balloon size=1G --memory size=4G,hotplug_size=2G`,
    'The memory of the guest is changed in two ways at once: up to 2G can be added (hotplug_size), and the balloon takes 1G away.',
  ],
])('%s', (text, what) => {
  expect(diagnose(text).map((one) => one.what)).toContain(what)
})
