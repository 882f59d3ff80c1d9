/** A machine with an IOMMU and two NUMA nodes: a device that is handed to the guest, and huge pages of one node. */
import { describe, expect, it } from 'vitest'
import { whyNoHypervisor } from '../e2e/fixtures.ts'
import { because } from '../helpers/needs.ts'
import { smallArtifacts } from './artifacts.ts'
import { causeOf, resultOf } from './ask.ts'
import { whyNoBox } from './build.ts'
import { expectReady, onFreshMachine, repairAsStep, type Story } from './story.ts'

/** A network card that the machine's kernel has no driver for, alone in its group. */
const card = '0000:00:09.0'
/** A part of the chip set, and the controller of its disks, which is in the same group and has a driver. */
const shared = '0000:00:1f.3'
const besides = '0000:00:1f.2'

const board = [
  '-machine q35 -cpu max -device intel-iommu,intremap=on,caching-mode=on',
  '-device e1000e,addr=9.0,romfile=',
  ...[0, 1].map(
    (node) =>
      `-object memory-backend-ram,id=memory${node},size=1536M -numa node,nodeid=${node},cpus=${node},memdev=memory${node}`,
  ),
].join(' ')

/** The user in a unit of systemd; the property follows. */
const unitOfSky = 'systemd-run --quiet --wait --pipe --collect --uid=sky --setenv=HOME=/home/sky --property='

/** The command of a hint, run as it is printed. */
const follow = async ({ machine }: Story, { hint = '' }: { readonly hint?: string }) => {
  const command = /`([^`]+)`/.exec(hint)?.[1] ?? expect.fail(`no command in ${hint}`)
  await machine.must(command.replaceAll('sudo ', ''), 'root')
}

const data = '/home/sky/.local/share/chv-doctor'
/** The guest says a line and powers off. */
const start = `${data}/bin/cloud-hypervisor --firmware ${data}/CLOUDHV.fd --memory size=256M --serial tty --console off --device path=/sys/bus/pci/devices/${card}/`

/**
 * What `explain` finds first in what the start of the guest prints.
 * @param limit a command of the shell before it
 */
const causeOfStart = async (story: Story, limit = 'true'): Promise<string | undefined> => {
  const { output, code } = await story.machine.ssh(`${limit} && ${start}`)
  expect(code, output).not.toBe(0)
  return causeOf(story, output)
}

const passThrough = async (story: Story) => {
  const { machine } = story
  const devices = `--set devices=${card}`
  const unbound = {
    finding: await resultOf(story, 'vfio', { settings: devices }),
    cause: await causeOfStart(story),
  }
  await follow(story, unbound.finding)
  const closed = {
    finding: await resultOf(story, 'vfio', { settings: devices }),
    cause: await causeOfStart(story),
  }
  await follow(story, closed.finding)
  const open = await resultOf(story, 'vfio', { settings: devices })
  // The memory of the guest is pinned. How much a user may lock differs by release of systemd.
  const pinned = {
    finding: await resultOf(story, 'limits', {
      settings: devices,
      before: `${unitOfSky}LimitMEMLOCK=8M`,
    }),
    cause: await causeOfStart(story, 'ulimit -l 8192'),
  }
  const unlimited = await machine.ssh(`ulimit -l unlimited; ${start}`, 'root')
  const other = await resultOf(story, 'vfio', { settings: `--set devices=${shared}` })
  await follow(story, other)
  expect([unbound, closed, pinned].map(({ finding: { code }, cause }) => [code, cause])).toEqual([
    ['vfio/other-driver', 'vfio-not-bound'],
    ['vfio/no-access', 'vfio-denied'],
    ['limits/too-little-locked-memory', 'memory-limit-locked'],
  ])
  expect(open.status).toBe('ok')
  expect(unlimited).toMatchObject({ code: 0 })
  expect(other.code).toBe('vfio/other-driver')
  // The kernel of Debian 12's machine has no driver for the disks of that group: then nothing is in the way of it.
  const isUsed = (await machine.ssh(`test -e /sys/bus/pci/devices/${besides}/driver`)).code === 0
  expect(await resultOf(story, 'vfio', { settings: `--set devices=${shared}` })).toMatchObject(
    isUsed
      ? {
          status: 'fail',
          code: 'vfio/group-not-whole',
          found: expect.stringContaining(`${besides}, which is in IOMMU group`),
        }
      : { status: 'fail', code: 'vfio/no-access' },
  )
}

const hugePagesOfOneNode = async (story: Story) => {
  const { machine } = story
  const pool = '/sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages'
  await machine.must(`echo 160 > ${pool}`, 'root')
  const settings = '--set hugepages=true'
  expect(await resultOf(story, 'memory', { settings })).toMatchObject({
    status: 'ok',
    found: '320 MiB in free huge pages (node 0: 0 bytes, node 1: 320 MiB)',
  })
  expect(
    await resultOf(story, 'memory', { settings, before: `${unitOfSky}AllowedMemoryNodes=0` }),
  ).toMatchObject({
    status: 'fail',
    code: 'memory/huge-pages-on-other-nodes',
  })
  expect(
    await resultOf(story, 'memory', { settings, before: `${unitOfSky}AllowedMemoryNodes=1` }),
  ).toMatchObject({ status: 'ok' })
}

describe.skipIf(whyNoBox !== null)(`a machine with an IOMMU and two nodes${because(whyNoBox)}`, () => {
  it.skipIf(whyNoHypervisor)(
    `hands a device to the guest, and tells what is in the way${because(whyNoHypervisor)}`,
    () =>
      onFreshMachine(
        'devices',
        { artifacts: smallArtifacts, board, kernel: ['intel_iommu=on'] },
        async (story) => {
          const { timeline } = story
          await repairAsStep(story)
          await timeline.step('check', () => expectReady(story))
          await timeline.step('huge pages of one node', () => hugePagesOfOneNode(story))
          await timeline.step('pass a device through', () => passThrough(story))
        },
      ),
  )
})
