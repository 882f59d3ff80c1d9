/**
 * Records whole hosts into test/facts/: `npm run record-hosts [NAME…]`, with the names of scripts/hosts/*.sh.
 * Each script makes hosts out of a disposable copy of this one, and the program itself records them. Hosts
 * that cannot be had like that are derived from a recording, and their files say so.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { lab } from '../test/e2e/lab.ts'
import { prelude } from '../test/e2e/scripts.ts'
import { onDisposableHost, repository } from '../test/helpers/disposable-host.ts'
import { derivedHosts } from './hosts/derived.ts'
import { publicHosts } from './hosts/public.ts'

const scripts = `${repository}/scripts/hosts`
const facts = `${repository}/test/facts`
const read = (path: string) => readFileSync(path, 'utf8')
const write = (name: string, recorded: string, { recorded: _, ...file }: Record<string, unknown>) =>
  writeFileSync(`${facts}/${name}.json`, `${JSON.stringify({ recorded, ...file }, null, 2)}\n`)

const named = process.argv.slice(2)
const all = readdirSync(scripts)
  .filter((file) => file.endsWith('.sh') && file !== 'common.sh')
  .map((file) => file.slice(0, -'.sh'.length))

for (const script of named.length > 0 ? named.filter((name) => name !== 'derived') : all) {
  const { code, output } = await onDisposableHost(
    `${prelude()}${lab}${read(`${scripts}/common.sh`)}${read(`${scripts}/${script}.sh`)}`,
  )
  for (const [, title = '', text = ''] of output.matchAll(/^== (.+)\n([\s\S]*?)^== end$/gm)) {
    if (title.startsWith('facts ')) {
      const name = title.slice('facts '.length)
      write(
        name,
        `with the program itself, on a disposable host: scripts/hosts/${script}.sh`,
        JSON.parse(text),
      )
      process.stdout.write(`test/facts/${name}.json\n`)
    } else process.stdout.write(`${script}: ${title}\n${text}`)
  }
  if (code !== 0) {
    process.stdout.write(`${script}: exit code ${code}\n${output.slice(-2000)}\n`)
    process.exitCode = 1
  }
}

for (const { name, from, how, confinement, change } of [...derivedHosts, ...publicHosts]) {
  const { observations, ...file } = JSON.parse(read(`${facts}/${from}.json`))
  change(observations, file.config)
  write(name, `derived from ${from}.json: ${how}`, {
    ...file,
    ...(confinement ? { confinement } : {}),
    observations,
  })
  process.stdout.write(`test/facts/${name}.json\n`)
}

spawnSync(`${repository}/node_modules/.bin/biome`, ['format', '--write', facts], { cwd: repository })
