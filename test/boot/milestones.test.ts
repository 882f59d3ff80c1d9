import { describe, expect, it } from 'vitest'
import { type Milestone, progressReader } from '../../src/boot/milestones.ts'

const expected: readonly Milestone[] = ['vmm', 'firmware', 'kernel', 'login', 'cloud-init']
const reachedBy = (...pieces: string[]) => {
  const reader = progressReader(expected)
  for (const [index, piece] of pieces.entries()) reader.feed(piece, index + 1)
  return reader.now().reached
}
const finished =
  '[   25.5] cloud-init[812]: Cloud-init v. 24.1.3-0ubuntu1~22.04.1 finished at Tue, 01 Oct 2026 10:00:00 +0000. Datasource DataSourceNoCloud [seed=/dev/vdb][dsmode=net].  Up 25.52 seconds\n'

describe('progressReader', () => {
  it.each<[string, Milestone]>([
    ['BdsDxe: loading Boot0001 "UEFI Misc Device"\n', 'firmware'],
    ['[    0.000000] Linux version 6.1.0-40-cloud-amd64 (debian-kernel@lists.debian.org)\n', 'kernel'],
    ['EFI stub: Loaded initrd from LINUX_EFI_INITRD_MEDIA_GUID device path\n', 'kernel'],
    ['[    1.234567] virtio_blk virtio1: [vda] 4194304 512-byte logical blocks\n', 'kernel'],
    ['Debian GNU/Linux 12 cloud ttyS0\n\ncloud login: ', 'login'],
    ['cloud login: cloud (automatic login)\n', 'login'],
    [finished, 'cloud-init'],
    ['Cloud-init v. 26.1 finished at Mon. Datasource DataSourceNone.  Up 9.1 seconds\n', 'cloud-init'],
  ])('%j is a sign of %s', (text, step) => expect(reachedBy(text)[step]).toBe(1))

  it.each<[string, Milestone]>([
    ['Last login: Mon Nov 23 15:00:00 on ttyS0\n', 'login'],
    ['login[500]: pam_unix(login:session): session opened for user cloud\n', 'login'],
    ['[  OK  ] Started User Login Management.\n', 'login'],
    ["Cloud-init v. 24.1 running 'modules:final' at Mon\n", 'cloud-init'],
    ['cloud-init has finished\n', 'cloud-init'],
    ['\n \n', 'firmware'],
  ])('%j is none of %s', (text, step) => expect(reachedBy(text)[step]).toBeUndefined())

  it('sees a sign that is cut in two, and keeps the first time', () => {
    const half = finished.length / 2
    expect(reachedBy('x', finished.slice(0, half), finished.slice(half), finished)['cloud-init']).toBe(3)
    expect(reachedBy('cloud log', 'in: ').login).toBe(2)
  })

  it('does not note what is not expected', () => {
    const reader = progressReader(['vmm', 'login'])
    reader.feed(finished, 1)
    expect(reader.now().reached).toEqual({})
  })

  it('keeps the end of what a talkative guest prints', () => {
    const reader = progressReader(expected)
    for (let index = 0; index < 100; index++) reader.feed(`${'x'.repeat(10_000)}\n`, 1)
    reader.feed('the end', 2)
    const { text } = reader.now()
    expect(text.endsWith('the end')).toBe(true)
    expect(text.length).toBeLessThan(300_000)
  })
})
