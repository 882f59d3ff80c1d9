/** What every test of downloads starts from. */
import { expect } from 'vitest'
import type { Integrity } from '../../src/catalogue/integrity.ts'
import type { DownloadStep } from '../../src/contract/step.ts'
import type { DownloadHooks } from '../../src/download/download.ts'
import { sha256 } from '../../src/formats/digest.ts'
import { DoctorError } from '../../src/util/errors.ts'

/** More than a socket takes at once, so that "half of it" means something. */
export const content = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff)

export const proofOf = (bytes: Uint8Array): Integrity => ({
  by: 'digest',
  algorithm: 'sha256',
  digest: sha256(bytes),
})

export const hooks = (changes: Partial<DownloadHooks> = {}): DownloadHooks => ({
  signal: new AbortController().signal,
  onProgress: () => {},
  stallMs: 10_000,
  retryMs: 1,
  ...changes,
})

export const stepTo = (path: string, url: string, changes: Partial<DownloadStep> = {}): DownloadStep => ({
  kind: 'download',
  url,
  path,
  proof: proofOf(content),
  bytes: null,
  mode: 0o644,
  why: 'fetch a test',
  ...changes,
})

export const failureOf = async (promise: Promise<unknown>): Promise<DoctorError> => {
  const error = await promise.then(
    (value) => value,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DoctorError)
  return error as DoctorError
}
