/** Real keys and signatures, made with GnuPG as the vendors of images make them. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'

export interface Signer {
  /** The path of its public key: armored, as vendors publish theirs. */
  readonly publicKey: string
  readonly fingerprint: string
  /** A detached signature. */
  sign(data: Uint8Array, ...options: readonly string[]): Buffer
  close(): void
}

export const createSigner = (name: string): Signer => {
  // Short: the socket of gpg-agent lies in it, and the path of a socket has a limit of 108 bytes.
  const home = mkdtempSync(`${tmpdir()}/g-`)
  const gpg = (...args: readonly string[]) =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--pinentry-mode', 'loopback', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  gpg('--passphrase', '', '--quick-generate-key', `${name} <${name}@example.org>`, 'rsa2048', 'sign', 'never')
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--with-colons', '--list-keys').toString())?.[1] ?? ''
  const publicKey = `${home}/public.asc`
  writeFileSync(publicKey, gpg('--armor', '--export'))
  return {
    publicKey,
    fingerprint,
    sign: (data, ...options) => {
      writeFileSync(`${home}/data`, data)
      gpg(
        '--yes',
        '--digest-algo',
        'SHA512',
        ...options,
        '--output',
        `${home}/signature`,
        '--detach-sign',
        `${home}/data`,
      )
      return readFileSync(`${home}/signature`)
    },
    close: () => {
      execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'])
      rmSync(home, { recursive: true, force: true })
    },
  }
}
