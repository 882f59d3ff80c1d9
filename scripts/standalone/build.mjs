/**
 * Makes what runs without Node.js on its host: an executable for each architecture, with a .deb and a .rpm of it;
 * beside them the licences of what is inside, an SBOM, and the checksums of all.
 *
 *   npm run build:standalone [-- [--out DIRECTORY] ARCHITECTURE...]
 *
 * The same sources give the same bytes on hosts of one architecture. Needs llvm-strip, dpkg-deb and rpmbuild, and
 * the npm registry the first time.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { licencesOf, noticesFor } from '../notices.mjs'
import { bundle } from './bundle.mjs'
import { debName, makeDeb } from './deb.mjs'
import { makeExecutable } from './executable.mjs'
import { makeRpm } from './rpm.mjs'
import { archs, nodeVersion, runtimeFor } from './runtime.mjs'
import { sbomFor } from './sbom.mjs'

const { version, description } = JSON.parse(readFileSync('package.json', 'utf8'))
const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: 'standalone' } },
  allowPositionals: true,
})
const out = resolve(values.out)
const wanted = positionals.length > 0 ? positionals : archs
const unknown = wanted.filter((arch) => !archs.includes(arch))
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}; give ${archs.join(' or ')}.`)

/** What every date in the files is, in seconds since 1970: https://reproducible-builds.org/specs/source-date-epoch/ */
const epoch = Number(
  process.env.SOURCE_DATE_EPOCH || execFileSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' }),
)

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const main = join(out, 'main.cjs')
const { inputs, pages } = await bundle(main, version)
const licence = readFileSync(runtimeFor(wanted[0]).licence, 'utf8')
const notices = `Node.js ${nodeVersion}\n\n${licence}\n${'-'.repeat(78)}\n\n${noticesFor(inputs)}`
const licences = ['Apache-2.0', ...licencesOf(inputs)]

for (const arch of wanted) {
  const executable = join(out, `chv-doctor-${version}-linux-${arch}`)
  await makeExecutable(executable, arch, 'main.cjs', pages)
  const place = mkdtempSync(join(tmpdir(), 'chv-standalone-'))
  try {
    const content = { version, arch, description, licences, epoch, executable, notices }
    makeDeb(join(out, debName(version, arch)), place, content)
    makeRpm(join(out, `chv-doctor-${version}-1.${arch}.rpm`), place, content)
  } finally {
    rmSync(place, { recursive: true })
  }
}
rmSync(main)
writeFileSync(join(out, 'THIRD-PARTY-NOTICES.txt'), notices)
const sbom = sbomFor(inputs, wanted, epoch)
writeFileSync(join(out, `chv-doctor-${version}.cdx.json`), `${JSON.stringify(sbom, null, 2)}\n`)
const sums = readdirSync(out)
  .sort()
  .map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(out, name)))
        .digest('hex')}  ${name}\n`,
  )
writeFileSync(join(out, 'SHA256SUMS'), sums.join(''))
