import { describe, expect, it } from 'vitest'
import { diskSpace } from '../../checks/disk-space.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30
const config = configWith({ data_dir: '/srv/vm', disk: '/srv/vm/disk.raw' })
const host = (disk: string | null, free: number) => ({
  files: { '/srv/vm/disk.raw': disk },
  free: { '/srv/vm': free },
})

describe('disk-space', () => {
  it.each([
    ['the image and its raw disk fit', null, 10 * GiB, 'ok'],
    ['only the download fits', null, 1 * GiB, 'fail'],
    ['nothing is free', null, 0, 'fail'],
    // The disk is what takes room: once it is there, little more is needed.
    ['the disk is there already', 'raw', 100 * MiB, 'ok'],
    ['the disk is there and the rest does not fit', 'raw', 10 * MiB, 'fail'],
  ])('%s', async (_, disk, free, status) => {
    expect(await conclude(diskSpace, host(disk, free), config)).toMatchObject({ status })
  })

  it('says what the room is for', async () => {
    expect(await conclude(diskSpace, host(null, 0), config)).toMatchObject({
      code: 'disk-space/not-enough',
      values: { free: 0, directory: '/srv/vm', image: true, kernel: false },
      expected: expect.stringMatching(/^3\.\d GiB for the image and its raw disk$/),
    })
    expect(await conclude(diskSpace, host('raw', 0), config)).toMatchObject({
      code: 'disk-space/not-enough',
      values: { needed: 64 * MiB, image: false },
      expected: '64.0 MiB for small files',
    })
  })

  it.each([
    ['is built', null, true, 5 * GiB, 'fail'],
    ['is built, and there is room', null, true, 7 * GiB, 'ok'],
    ['is there', '', true, 5 * GiB, 'ok'],
    ['is fetched', null, false, 5 * GiB, 'ok'],
  ])('counts a kernel that %s', async (_, kernel, kernel_build, free, status) => {
    const so = configWith({ ...config, boot: 'kernel', kernel_build, kernel: '/srv/vm/vmlinux' })
    const world = host(null, free)
    const files = { ...world.files, '/srv/vm/vmlinux': kernel }
    const verdict = await conclude(diskSpace, { ...world, files }, so)
    expect(verdict).toMatchObject({ status })
    if (status === 'fail')
      expect(verdict).toMatchObject({
        expected: expect.stringMatching(/^6\.\d GiB for the image and its raw disk and building a kernel$/),
      })
  })
})
