import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { mountOf } from '../src/host/mounts.ts'

/** Their files cannot share blocks (ioctl_ficlonerange(2)). Whether others do may depend on how they were made. */
const without = ['ext2', 'ext3', 'ext4', 'f2fs', 'tmpfs', 'vfat', 'exfat', 'ntfs3']

const findings = {
  none: finding<{ directory: string; type: string }>({
    found: ({ directory, type }) => `${directory} is on ${type}, where a copy of a disk takes its whole size`,
    expected: 'a file system whose files share blocks: btrfs, or xfs with reflink=1',
    hint: 'Set `data_dir` to such a file system where several guests have copies of one image (https://man7.org/linux/man-pages/man2/ioctl_ficlonerange.2.html).',
  }),
}

export const reflink = defineCheck({
  id: 'reflink',
  title: 'Copies of a disk share its blocks',
  group: 'advice',
  findings,
  probe: async (host, { data_dir }) => {
    const { type } = await mountOf(host, data_dir)
    return { type }
  },
  judge: ({ type }, { data_dir }) => {
    if (without.includes(type)) return { status: 'warn', code: 'none', values: { directory: data_dir, type } }
    return { status: 'ok', found: `${type} is not known to lack reflinks` }
  },
})
