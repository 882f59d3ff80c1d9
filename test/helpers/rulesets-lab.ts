/** Directories of rules, each with what the kernel did with the packets of a guest, and the host as recorded. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from './bundled.ts'
import { type KernelVerdict, type Verdicts, verdictsOn } from './kernel-verdicts.ts'
import { type Recording, replayingHost } from './recorded-host.ts'

export const rulesetsDirectory = new URL('../network/rulesets', import.meta.url).pathname

export const rulesetNames = (): readonly string[] =>
  readdirSync(rulesetsDirectory)
    .filter((name) => existsSync(`${rulesetsDirectory}/${name}/kernel.json`))
    .sort()

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

export const kernelVerdictOf = (name: string): KernelVerdict =>
  readJson(`${rulesetsDirectory}/${name}/kernel.json`) as KernelVerdict

const recordingOf = (name: string): Recording =>
  readJson(`${rulesetsDirectory}/${name}/host.json`) as Recording

export const verdictsOf = (name: string): Promise<Verdicts> => verdictsOn(replayingHost(recordingOf(name)))

export const whyNoPackets = ((): string | null => {
  const trial = spawnSync('unshare', [
    '--net',
    '--mount',
    'bash',
    '-c',
    'mount --make-rprivate / && nft list ruleset && iptables-nft -S && command -v ipset',
  ])
  return trial.status === 0 ? null : 'needs root, namespaces, nft, iptables and ipset'
})()

let bundle: { readonly directory: string; readonly path: string } | null = null

/** Removes what `observe` made; a worker of Vitest is ended without an event of its own. */
export const forgetObserver = () => {
  if (bundle !== null) rmSync(bundle.directory, { recursive: true })
  bundle = null
}

/** Asks the checks within the namespace, and records what they ask of the host; shared by all rulesets of a run. */
const observer = (): string => {
  if (bundle !== null) return bundle.path
  const directory = mkdtempSync(join(tmpdir(), 'chv-doctor-rulesets-'))
  const path = bundled(
    `
    import { createHost } from './src/host/host.ts'
    import { recordingHost } from './test/helpers/recorded-host.ts'
    import { verdictsOn } from './test/helpers/kernel-verdicts.ts'
    const user = { uid: 0, gid: 0, name: 'root', home: '/root', groups: [], viaSudo: false }
    const main = async () => {
      const real = createHost(user, process.env, 30_000, new AbortController().signal)
      const { host, recording } = recordingHost(real)
      const verdicts = await verdictsOn(host)
      process.stdout.write(JSON.stringify({ verdicts, recording }) + '\\n')
      process.exit(0)
    }
    main()
  `,
    directory,
  )
  bundle = { directory, path }
  return path
}

/** Loads the rules of a directory into a host of their own, sends packets of a guest, and asks the checks. */
export const observe = (
  directory: string,
): Omit<KernelVerdict, 'about'> & { readonly verdicts: Verdicts; readonly recording: Recording } => {
  const helpers = new URL('.', import.meta.url).pathname
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    [
      '--net',
      '--mount',
      'bash',
      `${helpers}packet-lab.sh`,
      directory,
      `${helpers}packet-peer.mjs`,
      process.execPath,
      observer(),
    ],
    { encoding: 'utf8', env: { ...process.env, NODE: process.execPath }, maxBuffer: 2 ** 26 },
  )
  if (status !== 0) throw new Error(`${directory}: ${stderr}`)
  const [packets = '', sources = '', seen = ''] = stdout.split('\n')
  return {
    ...(JSON.parse(packets) as Pick<KernelVerdict, 'dns' | 'https'>),
    sources: sources.split(' ').filter((source) => source !== ''),
    ...(JSON.parse(seen) as { verdicts: Verdicts; recording: Recording }),
  }
}
