// A NoCloud seed: the product, from looking for the key and hashing the password to the published
// image, against the commands of upstream's scripts/create-cloud-init.sh.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { carryOutSource, compare, productCode } from './compare.mjs'

export const source = `
import { configWith } from './test/helpers/config.ts'
import { sky } from './test/helpers/fake-host.ts'
import { createCloudInit } from './fixes/create-cloud-init.ts'
import { cloudInit } from './checks/cloud-init.ts'
import { readSeedImage } from './src/seed/image.ts'
import { createHost } from './src/host/host.ts'
${carryOutSource}
const hostAt = (home) => createHost({ ...sky, home }, process.env, 10_000, new AbortController().signal)
const configAt = (directory) => configWith({ data_dir: directory, seed: directory + '/seed.img' })
export const make = async (directory) => {
  const [host, config] = [hostAt(directory), configAt(directory)]
  const steps = createCloudInit.plan({}, config, await createCloudInit.survey(host, {}, config))
  host.close()
  await carryOut('create-cloud-init', steps, directory)
}
export const read = async (path) => {
  const host = createHost(sky, process.env, 10_000, new AbortController().signal)
  const image = await readSeedImage(host, path)
  const text = (name) => new TextDecoder().decode(image.read(name))
  host.close()
  return ['user-data', 'meta-data', 'network-config'].map(text)
}
export const check = async (directory) => {
  const [host, config] = [hostAt(directory), configAt(directory)]
  const verdict = cloudInit.judge(await cloudInit.probe(host, config), config)
  host.close()
  return verdict
}
`

const files = {
  'user-data': '#cloud-config\nusers:\n  - name: cloud\n',
  'meta-data': 'instance-id: cloud\nlocal-hostname: cloud\n',
  'network-config': 'version: 2\nethernets: {}\n',
}

const upstream = `
set -e
cd "$0"; rm -f up.img
mkdosfs -n CIDATA -C up.img 8192 >/dev/null
mcopy -oi up.img -s user-data ::
mcopy -oi up.img -s meta-data ::
mcopy -oi up.img -s network-config ::
`

/** What the issue would have the check do: the label and each file by a program. */
const byMtools = `
cd "$0"; export MTOOLSRC=/dev/null
mlabel -i seed.img -s :: >/dev/null
for f in user-data meta-data network-config; do mtype -i seed.img "::$f" >/dev/null; done
`

export const benchSeed = async (rounds) => {
  const directory = mkdtempSync(`${tmpdir()}/chv-bench-`)
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(`${directory}/${name}`, text)
    mkdirSync(`${directory}/state`)
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }
    const sh = (script) => () => execFileSync('bash', ['-c', script, directory], { env, stdio: 'ignore' })
    const { make, read, check } = await productCode(directory, source)
    const clean = () => {
      rmSync(`${directory}/seed.img`, { force: true })
      rmSync(`${directory}/seed`, { recursive: true, force: true })
    }
    await compare(
      'seed creation',
      rounds,
      { "upstream's commands": sh(upstream), 'chv-doctor': () => make(directory) },
      clean,
    )
    clean()
    await make(directory)
    await compare('reading a seed', rounds, {
      mtools: sh(byMtools),
      'in the process': () => read(`${directory}/seed.img`),
      'the whole check': () => check(directory),
    })
  } finally {
    rmSync(directory, { recursive: true })
  }
}
