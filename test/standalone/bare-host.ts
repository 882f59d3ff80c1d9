/** A Debian without Node.js, as a directory that is thrown away. */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { buildCached, mirrors, repository } from '../box/build.ts'

const { version } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8'))

/** What `npm run build:standalone` wrote. */
export const built = `${repository}/standalone`

export const names = {
  version: version as string,
  executable: `chv-doctor-${version}-linux-x86_64`,
  otherExecutable: `chv-doctor-${version}-linux-aarch64`,
  deb: `chv-doctor_${version}-1_amd64.deb`,
  rpm: `chv-doctor-${version}-1.x86_64.rpm`,
  sbom: `chv-doctor-${version}.cdx.json`,
}

export interface BareHost {
  readonly root: string
  /** Copies a file into the home directory of the user. */
  readonly bring: (path: string) => void
  readonly run: (
    user: 'sky' | 'root',
    argv: readonly string[],
    input?: string,
  ) => { status: number | null; stdout: string; stderr: string }
}

/** @param arch as Debian names it */
export const startBareHost = async (arch: 'amd64' | 'arm64'): Promise<BareHost & { remove: () => void }> => {
  const image = await buildCached(`bare-debian-${arch}`, 'bare-debian', [arch, mirrors.main])
  const root = mkdtempSync(join(tmpdir(), 'chv-bare-host-'))
  execFileSync('tar', ['-xf', `${image}/root.tar`, '-C', root, '--exclude=./dev/*'])
  mkdirSync(`${root}/home/sky`, { recursive: true })
  execFileSync('chown', ['1000:1000', `${root}/home/sky`])
  const users = { sky: '1000:1000', root: '0:0' }
  return {
    root,
    bring: (path) => copyFileSync(path, `${root}/home/sky/${basename(path)}`),
    run: (user, argv, input = '') => {
      const inside = new URL('inside.sh', import.meta.url).pathname
      const { status, stdout, stderr } = spawnSync('sh', [inside, root, users[user], ...argv], {
        input,
        encoding: 'utf8',
      })
      return { status, stdout, stderr }
    },
    remove: () => rmSync(root, { recursive: true }),
  }
}
