import { describe, expect, it } from 'vitest'
import { reflink } from '../../checks/reflink.ts'
import { Undetermined } from '../../src/util/errors.ts'
import { conclude } from '../helpers/conclude.ts'
import { configWith } from '../helpers/config.ts'

const config = configWith({ data_dir: '/srv/vm data/chv' })

const mounts = (...lines: string[]) => `${lines.join('\n')}\n`
const root = '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw'
const srv = (type: string, id = 30) =>
  `${id} 27 0:9 /sub /srv/vm\\040data rw,noatime shared:5 - ${type} /dev/vdb rw`

const hostWith = (text: string, known: string | null) => ({
  files: {
    '/proc/self/mountinfo': text,
    '/srv/vm data/chv': known === '/srv/vm data/chv' ? { real: known } : null,
    '/srv/vm data': known === '/srv/vm data' ? { real: known } : null,
    '/srv': { real: '/srv' },
  },
})

describe('reflink', () => {
  it.each([
    ['the file system of the directory', mounts(root, srv('ext4')), '/srv/vm data/chv', 'reflink/none'],
    ['one that may share blocks', mounts(root, srv('xfs')), '/srv/vm data/chv', 'ok'],
    ['the last that is mounted there', mounts(root, srv('tmpfs'), srv('btrfs', 31)), '/srv/vm data', 'ok'],
    ['that of the nearest directory there is', mounts(root, srv('btrfs')), null, 'reflink/none'],
    [
      'no other with the same beginning',
      mounts(root.replace('ext4', 'xfs'), srv('ext4').replace('data', 'dat')),
      '/srv/vm data',
      'ok',
    ],
  ])('looks at %s', async (_, text, known, expected) => {
    const { code, status } = await conclude(reflink, hostWith(text, known), config)
    expect(code ?? status).toBe(expected)
  })

  it('guesses nothing', async () => {
    const host = hostWith('nonsense\n', '/srv/vm data')
    await expect(conclude(reflink, host, config)).rejects.toThrow(Undetermined)
  })
})
