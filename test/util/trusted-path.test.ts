import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assertTrustedPath, pathFault } from '../../src/util/trusted-path.ts'
import { because, notRoot } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const uid = process.getuid?.() ?? 0

/** A directory with `inner/file` in it, of which nobody else may write anything. */
const tree = () => {
  const root = scratch()
  mkdirSync(`${root}/inner`, { mode: 0o755 })
  writeFileSync(`${root}/inner/file`, '')
  chmodSync(`${root}/inner/file`, 0o644)
  return root
}

describe('pathFault', () => {
  it('trusts what only the user and root may write, below a sticky directory too', async () => {
    const root = tree()
    expect(await pathFault(`${root}/inner/file`, uid)).toBeNull()
    expect(await pathFault('/usr/bin/env', uid)).toBeNull()
    expect(await pathFault(`${root}/inner/not-yet`, uid)).toBeNull()
  })

  it('names the file or directory that every user may write, at any height', async () => {
    const root = tree()
    chmodSync(`${root}/inner/file`, 0o666)
    expect(await pathFault(`${root}/inner/file`, uid)).toContain(`every user may write ${root}/inner/file`)
    chmodSync(`${root}/inner/file`, 0o644)
    chmodSync(root, 0o757)
    expect(await pathFault(`${root}/inner/file`, uid)).toContain(`every user may write ${root}:`)
    chmodSync(root, 0o700)
    // Sticky protects the entries of a directory, not the directory as the place for new ones.
    chmodSync(`${root}/inner`, 0o1777)
    expect(await pathFault(`${root}/inner/file`, uid)).toBeNull()
    expect(await pathFault(`${root}/inner`, uid)).toContain(`every user may write ${root}/inner`)
  })

  it('follows links and ".." as the kernel does', async () => {
    const root = tree()
    mkdirSync(`${root}/open`)
    mkdirSync(`${root}/open/deep`)
    chmodSync(`${root}/open`, 0o777)
    symlinkSync('open/deep', `${root}/link`)
    symlinkSync('../inner/file', `${root}/inner/again`)
    symlinkSync('loop', `${root}/loop`)
    expect(await pathFault(`${root}/link`, uid)).toContain(`every user may write ${root}/open:`)
    // Read as text, this is a path that never enters the open directory.
    expect(await pathFault(`${root}/link/../x/../../inner/file`, uid)).toContain(`${root}/open:`)
    expect(await pathFault(`${root}/inner/again`, uid)).toBeNull()
    expect(await pathFault(`${root}/loop`, uid)).toContain('symbolic links')
  })

  it.skipIf(notRoot)(
    `names an owner who is neither the user nor root, of a link as well${because(notRoot)}`,
    async () => {
      const root = tree()
      chownSync(`${root}/inner`, 12345, 0)
      expect(await pathFault(`${root}/inner/file`, uid)).toContain(`${root}/inner belongs to user 12345`)
      expect(await pathFault(`${root}/inner/file`, 12345)).toBeNull()
      chownSync(`${root}/inner`, 0, 0)
      symlinkSync('inner/file', `${root}/link`)
      lchownSync(`${root}/link`, 12345, 12345)
      expect(await pathFault(`${root}/link`, uid)).toContain(`${root}/link belongs to user 12345`)
    },
  )

  it.skipIf(notRoot)(`allows the group of the user alone, and no other${because(notRoot)}`, async () => {
    const root = tree()
    chmodSync(`${root}/inner/file`, 0o664)
    expect(await pathFault(`${root}/inner/file`, uid)).toBeNull()
    // The group that "mail" works in has a member that is not root.
    chownSync(`${root}/inner/file`, 0, 8)
    expect(await pathFault(`${root}/inner/file`, uid)).toContain('the group 8 may write')
    chownSync(`${root}/inner/file`, 0, 54321)
    expect(await pathFault(`${root}/inner/file`, uid)).toContain('the group 54321 may write')
  })
})

describe('assertTrustedPath', () => {
  it('ends with one sentence and the code of a usage error, or another', async () => {
    const root = tree()
    chmodSync(root, 0o777)
    await expect(assertTrustedPath(root, uid, '--config x')).rejects.toMatchObject({
      exitCode: 2,
      message: `--config x is not trusted: every user may write ${root}: run \`chmod o-w ${root}\`, or use another path.`,
    })
    await expect(assertTrustedPath(root, uid, root, 5)).rejects.toMatchObject({ exitCode: 5 })
    await expect(assertTrustedPath('/usr/bin', uid)).resolves.toBeUndefined()
  })
})
