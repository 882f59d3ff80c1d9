// From a compressed qcow2, as cloud images are, to a raw disk that is safely on its disk: the product
// against plain `qemu-img convert` and against the options one would try by hand.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { carryOutSource, compare, productCode } from './compare.mjs'

/** What people try, beside nothing at all. Each is followed by a sync, as the product does one. */
const handTuned = {
  '-W': ['-W'],
  '-m 16 -W': ['-m', '16', '-W'],
  '-m 16 -S 1M -W': ['-m', '16', '-S', '1M', '-W'],
  '-m 16 -S 64k -W': ['-m', '16', '-S', '64k', '-W'],
  '-t none -W': ['-t', 'none', '-W'],
  'falloc -W': ['-o', 'preallocation=falloc', '-W'],
}

export const source = `
import { configWith } from './test/helpers/config.ts'
import { convertSteps } from './fixes/shared/convert.ts'
export const stepsFor = (image, disk) =>
  convertSteps(configWith({ disk }), { source: image, format: { image: 'qcow2', packed: false }, stands: null, origin: null, ours: false })
${carryOutSource}`

/** A GPT disk full of real files, as a compressed qcow2. */
export const makeImage = (directory, mib) => {
  const raw = `${directory}/original`
  execFileSync('truncate', ['-s', `${mib}M`, raw])
  // Three quarters are data; the rest are the holes that every cloud image has.
  const fill = `tar -C / -cf - usr/lib usr/share usr/bin 2>/dev/null | head -c ${Math.floor(mib * 0.75)}M |
    dd of="$0" bs=1M seek=16 conv=notrunc,sparse iflag=fullblock status=none`
  spawnSync('bash', ['-c', fill, raw])
  execFileSync('/usr/sbin/sfdisk', ['--quiet', raw], {
    input: 'label: gpt\nsize=8M, type=uefi\ntype=linux\n',
  })
  const image = `${directory}/image.qcow2`
  execFileSync('qemu-img', ['convert', '-c', '-W', '-f', 'raw', '-O', 'qcow2', raw, image])
  rmSync(raw)
  return image
}

/** @param mib of the disk in the image */
export const benchConversion = async (rounds, mib) => {
  // In the checkout: /tmp may be a file system in memory, and a guest's disk is not on one.
  const directory = mkdtempSync(new URL('../../dist/bench-', import.meta.url).pathname)
  try {
    const image = makeImage(directory, mib)
    const disk = `${directory}/disk.raw`
    const { stepsFor, carryOut } = await productCode(directory, source)
    const byHand = (options) => () => {
      const part = `${directory}/part`
      execFileSync('qemu-img', ['convert', ...options, '-f', 'qcow2', '-O', 'raw', image, part], {
        stdio: 'ignore',
      })
      execFileSync('sync', [part])
      renameSync(part, disk)
    }
    const ways = {
      'qemu-img convert': byHand([]),
      'chv-doctor': () => carryOut('fetch-image', stepsFor(image, disk), directory),
      ...Object.fromEntries(Object.entries(handTuned).map(([name, options]) => [name, byHand(options)])),
    }
    const size = `${mib} MiB from ${Math.round(statSync(image).size / 2 ** 20)} MiB of qcow2`
    const ratios = await compare(`conversion of ${size}`, rounds, ways, () => rmSync(disk, { force: true }))
    const best = Object.keys(handTuned).reduce((a, b) => (ratios[a] <= ratios[b] ? a : b))
    const ratio = (ratios['chv-doctor'] / ratios[best]).toFixed(2)
    console.log(`chv-doctor ${ratio} x the best by hand (${best})`)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
