/**
 * `tsx scripts/record-rulesets.ts [NAME…]`: loads each directory of rules into a host of its own (root, namespaces),
 * sends packets of a guest, writes what the kernel did and what the checks asked, and prints the score.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type KernelVerdict, scoreOf, truthOf } from '../test/helpers/kernel-verdicts.ts'
import { observe, rulesetsDirectory } from '../test/helpers/rulesets-lab.ts'

const wanted = process.argv.slice(2)
const names = readdirSync(rulesetsDirectory)
  .filter((name) => wanted.length === 0 || wanted.some((pattern) => name.startsWith(pattern)))
  .sort()

/** What was written by hand: the origin, and a verdict that is accepted beside the kernel's. */
const notesOf = (directory: string): Partial<KernelVerdict> => {
  const path = `${directory}/kernel.json`
  const notes = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as KernelVerdict) : null
  const about =
    notes?.about ??
    (existsSync(`${directory}/about`) ? readFileSync(`${directory}/about`, 'utf8').trim() : '')
  return { about, ...(notes?.accepted ? { accepted: notes.accepted } : {}) }
}

const tally = new Map<string, number>()
const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1)

for (const name of names) {
  const directory = `${rulesetsDirectory}/${name}`
  try {
    const { verdicts, recording, ...kernel } = observe(directory)
    const { about = '', accepted } = notesOf(directory)
    const verdict: KernelVerdict = { about, ...kernel, ...(accepted ? { accepted } : {}) }
    writeFileSync(`${directory}/kernel.json`, `${JSON.stringify(verdict, null, 1)}\n`)
    writeFileSync(`${directory}/host.json`, `${JSON.stringify(recording)}\n`)
    const truth = { ...truthOf(verdict), ...accepted }
    const forward = scoreOf(verdicts.forward, truth.forward)
    const nat = scoreOf(verdicts.nat, truth.nat)
    count(`forward ${forward}`)
    count(`nat ${nat}`)
    if (forward === 'right' && nat === 'right') continue
    console.log(`${name}: ${JSON.stringify(kernel)}`)
    console.log(`  forward ${forward}: ${verdicts.forward} ${verdicts.found.forward}`)
    console.log(`  nat ${nat}: ${verdicts.nat} ${verdicts.found.nat}`)
  } catch (error) {
    count('error')
    console.log(`${name}: ${String(error)}`)
  }
}
console.log(Object.fromEntries([...tally].sort()))
