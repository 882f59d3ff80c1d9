/** `chv-doctor report`: shows what is in the file for a bug report, and writes it. */
import { hostname } from 'node:os'
import { imageName } from '../config/derived.ts'
import type { Config } from '../config/keys.ts'
import type { Report } from '../contract/report.ts'
import { recordFacts, redact } from '../engine/facts-file.ts'
import { observeHost } from '../engine/observe.ts'
import { loadRegistry } from '../engine/registry.ts'
import type { Host } from '../host/host.ts'
import { parseOsRelease } from '../host/os-release.ts'
import { bootCommand, findBoot } from '../hypervisor/boot-command.ts'
import { type BugReport, outlineOf, renderBugReport } from '../report/bug-report.ts'
import { exit, UsageError } from '../util/errors.ts'
import type { Json } from '../util/json.ts'
import { humanBytes } from '../util/units.ts'
import { type Context, withHost } from './context.ts'
import { examine } from './examine.ts'
import { readBootLog } from './last-log.ts'
import { writeTo } from './write-to.ts'

const hostText = async (host: Host): Promise<string> => {
  const text = await host.readText('/etc/os-release').catch(() => null)
  const name = text === null ? undefined : parseOsRelease(text).PRETTY_NAME
  return `${name ?? 'a distribution without /etc/os-release'}, kernel ${host.kernelRelease}, ${host.arch}`
}

const guestText = (config: Config): string =>
  `${imageName(config)}, ${config.boot === 'firmware' ? 'booted by firmware' : 'with a kernel started directly'}`

/** The binary and the command, as they would be used. */
const hypervisorOf = async (host: Host, config: Config) => {
  const boot = await findBoot(host, config).catch(() => null)
  if (boot === null) return { hypervisor: null, command: null }
  const { stdout } = await host.run([boot.binary, '--version'])
  return { hypervisor: stdout.trim() || null, command: bootCommand(boot, config) }
}

const collect = async (context: Context): Promise<BugReport> => {
  const { config, user, version, call } = context
  const registry = await loadRegistry(config, user.uid)
  const log = await readBootLog(context.stateDir, call.text('log'))
  const { run, report, ...host } = await withHost(context, async (one) => ({
    ...(await examine(context, registry.checks, observeHost(one, config), { config, host: one, all: true })),
    host: await hostText(one),
    ...(await hypervisorOf(one, config)),
  }))
  const open = { ...host, guest: guestText(config), log, report: { ...report, host: null } }
  const hidden = redact(open as unknown as Json, user, hostname()) as unknown as typeof open
  return {
    version,
    madeAt: new Date().toISOString(),
    ...hidden,
    report: hidden.report satisfies Report,
    facts: recordFacts(version, config, run, user),
  }
}

/** "chv-doctor-report-2026-11-26T181500Z.md": a later report replaces none before it. */
const defaultName = (madeAt: string): string =>
  `chv-doctor-report-${madeAt.replace(/\..*/, '').replaceAll(':', '')}Z.md`

const isAgreed = async ({ call, terminal, signal }: Context, path: string): Promise<boolean> => {
  if (call.has('yes') || !terminal.interactive) return true
  const { confirm } = await import('../cli/prompt.ts')
  return confirm(`Write ${path}?`, signal)
}

/** @returns the exit code: 0, whatever was found */
export const bugReport = async (context: Context): Promise<number> => {
  const { out, call, terminal } = context
  const [output, second] = call.list('output')
  if (second !== undefined) throw new UsageError('--output is given twice; a bug report is one file.')
  const bug = await collect(context)
  const path = output ?? `${process.cwd()}/${defaultName(bug.madeAt)}`
  // Standard output may be where the report goes.
  out.say(outlineOf(bug, terminal.width))
  if (!(await isAgreed(context, path))) {
    out.say('Nothing was written.')
    return exit.healthy
  }
  const text = renderBugReport(bug)
  await writeTo('--output', path, text)
  out.say(`Wrote ${path} (${humanBytes(Buffer.byteLength(text))}). Look through it before you publish it.`)
  return exit.healthy
}
