/** A mirror cannot verify its own file, and no program that nothing verified is installed. */
import { describe, expect, it } from 'vitest'
import { fetchImage } from '../../../fixes/fetch-image.ts'
import { installCloudHypervisor } from '../../../fixes/install-cloud-hypervisor.ts'
import type { Config } from '../../../src/config/keys.ts'
import { configWith } from '../../helpers/config.ts'

const mirrors = { 'https://': 'https://mirror.example/' }
const survey = { arch: 'x86_64', disk: null, download: null, used: null, locked: false }
const imageStep = (changes: Partial<Config>) =>
  fetchImage.plan({}, configWith({ mirrors, ...changes }), survey)[0]

describe('a mirror', () => {
  it('serves a Debian image, and not the unsigned checksums of it', () => {
    expect(imageStep({ image: 'bookworm' })).toMatchObject({
      kind: 'download',
      url: expect.stringMatching(/^https:\/\/mirror\.example\/cloud\.debian\.org\/.*\.qcow2$/),
      proof: {
        by: 'sums',
        signature: null,
        url: expect.stringMatching(/^https:\/\/cloud\.debian\.org\/.*\/SHA512SUMS$/),
      },
    })
  })

  it('serves checksums that are signed, with their signature', () => {
    expect(imageStep({ image: 'noble', image_channel: 'current' })).toMatchObject({
      proof: {
        url: expect.stringMatching(/^https:\/\/mirror\.example\//),
        signature: { url: expect.stringMatching(/^https:\/\/mirror\.example\//) },
      },
    })
  })

  it('serves them where the user accepts what nothing verifies', () => {
    expect(imageStep({ image: 'bookworm', allow_unverified: true })).toMatchObject({
      proof: { url: expect.stringMatching(/^https:\/\/mirror\.example\//) },
    })
  })
})

it.each([false, true])(
  'a program of the host that nothing verifies is not fetched (allow_unverified: %s)',
  (allow) => {
    const config = configWith({ hypervisor_url: 'https://example.org/ch', allow_unverified: allow })
    expect(installCloudHypervisor.plan({}, config, { arch: 'x86_64', isHere: false })).toEqual([
      {
        kind: 'manual',
        text: 'Nothing can verify https://example.org/ch: set hypervisor_sha256 to its digest.',
      },
    ])
  },
)
