/** The whole set from a site like the real ones: redirects, ranges, ETags, sums signed with GnuPG. */

import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifacts } from '../helpers/artifacts-place.ts'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { createSigner, type Signer } from '../helpers/gpg.ts'
import { because } from '../helpers/needs.ts'
import { port, prelude } from './scripts.ts'

const base = `http://127.0.0.1:${port}`
const data = '/root/.local/share/chv-doctor'

const digest = (name: string) =>
  createHash('sha256')
    .update(readFileSync(`${artifacts}/${name}`))
    .digest('hex')

let signer: Signer
beforeAll(() => {
  signer = createSigner('vendor')
})
afterAll(() => signer.close())

/** A configuration whose image is vouched for by signed sums. @param way how the site serves it */
const config = (way: string) => `
image_url: ${base}/${way}/image.img
image_checksums_url: ${base}/moved/SHA256SUMS
image_signing_key: /root/vendor.asc
firmware_url: ${base}/${way}/fw.fd
firmware_sha256: ${digest('fw.fd')}
hypervisor_url: ${base}/${way}/cloud-hypervisor
hypervisor_sha256: ${digest('cloud-hypervisor')}
memory: 256M
cpus: 1
`

/** What is served, what its sums say and who signed them. */
const publish = () => {
  const sums = Buffer.from(`${digest('image.img')} *image.img\n`)
  writeFileSync(`${artifacts}/SHA256SUMS`, sums)
  writeFileSync(`${artifacts}/SHA256SUMS.gpg`, signer.sign(sums, '--armor'))
  copyFileSync(signer.publicKey, `${artifacts}/vendor.asc`)
  rmSync(`${artifacts}/served`, { force: true })
}

const title = 'artifacts from a site like the real ones'

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('arrive although every connection is cut and the doctor killed, and nothing is fetched twice', async () => {
    const script = prelude()
    publish()
    const image = statSync(`${artifacts}/image.img`).size
    const { output } = await onDisposableHost(`${script}
prepare() { rm -rf ${data}; cp "$REPO/dist/test-artifacts/vendor.asc" /root/; }
use() { mkdir -p /root/.config/chv-doctor; cat > /root/.config/chv-doctor/chv-doctor.yaml; }
fetch() { $D fix --yes cloud-hypervisor firmware disk-image; }
finals() { find ${data} -type f ! -name ".*" -printf '%f\\n' | sort; }
run() {
  export HOME=/root; cd /root; use <<'CONFIG'
${config('moved')}
CONFIG
  say killed; serve 1000000
  for round in 1 2 3 4 5 6; do
    $D fix --yes cloud-hypervisor firmware disk-image >/dev/null 2>&1 & P=$!
    # Somewhere in the download, at another place each time: the part has grown since the last round.
    before=$(stat -c %s ${data}/downloads/.image.img.part 2>/dev/null || echo 0)
    for _ in $(seq 2000); do
      now=$(stat -c %s ${data}/downloads/.image.img.part 2>/dev/null || echo 0)
      [ "$now" -gt $((before + 100000)) ] && break; sleep 0.02
    done
    [ $((round % 2)) = 0 ] && kill -9 $P || kill -INT $P
    { wait $P || true; } 2>/dev/null
    [ -e ${data}/downloads/image.img ] && { echo "round $round: complete too early"; break; }
    after=$(stat -c %s ${data}/downloads/.image.img.part)
    [ "$after" -gt "$before" ] && echo "round $round: further"
  done
  find ${data} -name "*.raw" -o -name image.img
  kill $SERVER; wait $SERVER || true
  serve; say finished; code fetch; finals; find ${data} -name '.*converting' -printf 'left: %f\\n'
  qemu-img compare -f raw -F qcow2 ${data}/resolute.raw ${data}/downloads/image.img
  sha256sum < ${data}/downloads/image.img
  say again; code fetch
  rm -r ${data}; use <<'CONFIG'
${config('cut')}
CONFIG
  say cut; code fetch; finals; kill $SERVER
}`)
    expect(section(output, 'killed').trim().split('\n')).toEqual(
      [1, 2, 3, 4, 5, 6].map((round) => `round ${round}: further`),
    )
    const finals = ['CLOUDHV.fd', 'cloud-hypervisor', 'image.img', 'resolute.raw'].join('\n')
    expect(section(output, 'finished')).toContain(`exit code 0\n${finals}`)
    expect(section(output, 'finished')).toContain(digest('image.img'))
    // The image was converted while it arrived, by each of the runs anew.
    expect(section(output, 'finished')).toContain('fetch-image: done while it arrived')
    expect(section(output, 'finished')).toContain('Images are identical.')
    expect(section(output, 'finished')).not.toContain('left: ')
    expect(section(output, 'again')).toMatch(/Nothing to repair\.\nexit code 0/)
    expect(section(output, 'cut')).toContain(`exit code 0\n${finals}`)
    expect(image).toBeGreaterThan(4_000_000)
  })

  it.each([
    [
      'a signature by somebody else',
      () => {
        const stranger = createSigner('stranger')
        writeFileSync(`${artifacts}/SHA256SUMS.gpg`, stranger.sign(readFileSync(`${artifacts}/SHA256SUMS`)))
        stranger.close()
      },
      /SHA256SUMS\.gpg does not vouch for .*: it is by the key [0-9A-F]{16}, not by ~\/vendor\.asc/,
    ],
    [
      'an image that is not the one in the sums',
      () => writeFileSync(`${artifacts}/image.img`, 'something else'),
      /image\.img is not the expected file \(SHA-256 /,
    ],
    [
      'a web page',
      () => writeFileSync(`${artifacts}/image.img`, '<!DOCTYPE html><title>Sign in</title>'),
      /image\.img sends a web page instead of a file/,
    ],
    ['no sums', () => rmSync(`${artifacts}/SHA256SUMS`), /SHA256SUMS answers 404/],
  ])(
    '%s: one clear sentence, exit code 5, and nothing under the final name',
    async (_name, spoil, message) => {
      const script = prelude()
      publish()
      const wanted = config('moved')
      spoil()
      const { output } = await onDisposableHost(`${script}
prepare() { rm -rf ${data}; cp "$REPO/dist/test-artifacts/vendor.asc" /root/; }
run() {
  export HOME=/root; cd /root; mkdir -p .config/chv-doctor; cat > .config/chv-doctor/chv-doctor.yaml <<'CONFIG'
${wanted}
CONFIG
  serve; say fix; code $D fix --yes disk-image 2>&1; say left; find ${data} -type f; kill $SERVER
}`)
      const said = section(output, 'fix').replaceAll(/\s+/g, ' ')
      expect(said).toMatch(message)
      expect(said).toContain('exit code 5')
      expect(section(output, 'left').trim()).toBe('')
    },
  )
})
