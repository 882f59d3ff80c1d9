/** The benchmarks take parts of the product by their names: what is renamed must not be missed until they are run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'

const { bundle } = await import(new URL('compare.mjs', import.meta.url).pathname)

it.each(['artifacts-seed', 'artifacts-convert', 'artifacts-hash'])(
  '%s finds the parts of the product that it measures',
  async (name) => {
    const { source } = await import(new URL(`${name}.mjs`, import.meta.url).pathname)
    const directory = mkdtempSync(`${tmpdir()}/chv-bench-`)
    try {
      expect(bundle(source, `${directory}/product.mjs`).errors).toEqual([])
      expect(() =>
        bundle(
          `${source}\nimport { none } from './src/seed/image.ts'\nexport const some = () => none()`,
          `${directory}/no.mjs`,
        ),
      ).toThrow('No matching export')
    } finally {
      rmSync(directory, { recursive: true })
    }
  },
)
