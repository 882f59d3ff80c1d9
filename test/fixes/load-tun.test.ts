import { expect, it } from 'vitest'
import { loadTun } from '../../fixes/load-tun.ts'
import { configWith } from '../helpers/config.ts'
import { fakeHost } from '../helpers/fake-host.ts'

const plan = async (mode: string | null, driver: string | null) => {
  const host = fakeHost({ files: { '/sys/class/misc/tun': driver } })
  const survey = await loadTun.survey?.(host, { mode }, configWith())
  return loadTun.plan({ mode }, configWith(), survey ?? { driver: false })
}

it('loads the module when there is no driver', async () => {
  expect(await plan(null, null)).toMatchObject([
    {
      kind: 'run',
      argv: ['modprobe', 'tun'],
      root: true,
      undo: [['modprobe', '--remove', 'tun']],
      undoWhile: '/sys/module/tun',
    },
  ])
})

it('leaves a missing node to a person when the driver is there: modprobe would do nothing', async () => {
  expect(await plan(null, '')).toEqual([{ kind: 'manual', text: expect.stringContaining('mknod -m 666') }])
})

it.each(['0600', '0660', '0664'])(
  'opens the node to everybody, and remembers that it was %s',
  async (mode) => {
    expect(await plan(mode, '')).toMatchObject([
      {
        argv: ['chmod', '0666', '/dev/net/tun'],
        root: true,
        undo: [['chmod', mode, '/dev/net/tun']],
        undoWhile: '/dev/net/tun',
      },
    ])
  },
)
