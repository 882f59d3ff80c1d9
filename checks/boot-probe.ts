import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import type { Diagnosis } from '../src/explain/diagnosis.ts'
import { findBoot, probeCommand } from '../src/hypervisor/boot-command.ts'
import { heldByVm } from '../src/hypervisor/in-use.ts'
import { guestMessage, probeGuest } from '../src/hypervisor/probe-guest.ts'
import { displayVersion } from '../src/hypervisor/version.ts'
import { humanMs } from '../src/util/units.ts'
import { cloudHypervisor } from './cloud-hypervisor.ts'
import { cloudInit } from './cloud-init.ts'
import { diskImage } from './disk-image.ts'
import { kvm } from './kvm.ts'
import { memory } from './memory.ts'
import { netAdmin } from './net-admin.ts'
import { tapDevice } from './tap-device.ts'
import { tun } from './tun.ts'

/** Some tens of milliseconds are usual; an emulated host takes a second. Some failures hang for ever. */
const limitMs = (config: Config) => Math.min(8, config.check_timeout * 0.8) * 1000

type Told = Pick<Diagnosis, 'cause' | 'what' | 'why' | 'hint' | 'fix'>

/** What the output means, read by the knowledge that is loaded only now. */
const explained = async (output: string): Promise<Told | null> => {
  const { diagnose } = await import('../src/explain/diagnose.ts')
  const first = diagnose(output).find(({ severity }) => severity === 'error')
  if (!first) return null
  const { cause, what, why, hint, fix } = first
  return { cause, what, why, hint, fix }
}

/** The end of what it printed: enough to be explained again, not enough to fill a report. */
const maxOutput = 4000

interface Facts {
  /** Why nothing was started. */
  readonly left: string | null
  readonly version: string | null
  /** The guest's own message arrived: nothing else proves that it ran. */
  readonly answered: boolean
  readonly ms: number
  readonly code: number | null
  readonly failure: string | null
  readonly output: string
  readonly told: Told | null
}

const notStarted = (left: string): Facts => ({
  ...{ left, version: null, answered: false, ms: 0, code: null, failure: null, output: '', told: null },
})

const expected = 'our own guest runs and prints its message'

const unexplained = ({ code, failure, output }: Facts): Verdict => {
  const said = output.trim().split('\n').at(-1)?.trim()
  return {
    status: 'fail',
    found: failure?.startsWith('timed out')
      ? `our own guest neither answered nor ended: ${failure}`
      : `our own guest did not answer, ${failure ?? `exit code ${code}`}${said ? `: ${said}` : ', and no message'}`,
    expected,
    hint: 'Start the boot command by hand and give what it prints to `chv-doctor explain -`.',
  }
}

export const bootProbe = defineCheck({
  id: 'boot-probe',
  title: 'A guest of our own starts here',
  group: 'proof',
  needs: [kvm, tun, memory, cloudHypervisor, netAdmin, diskImage, cloudInit, tapDevice],
  runsLast: true,
  probe: async (host, config): Promise<Facts> => {
    if (host.arch !== 'x86_64') return notStarted(`there is no guest of our own for ${host.arch}`)
    const boot = await findBoot(host, config)
    if (!boot) return notStarted('there is no Cloud Hypervisor to start it with')
    const held = await heldByVm(host, config)
    if (held !== null) return notStarted(`${held}: stop it to have a start proved`)
    const { watched, stdout, stderr, code, failure, ms } = await host.tryOut({
      files: { 'guest.elf': probeGuest() },
      argv: (directory) => probeCommand(boot, config, `${directory}/guest.elf`, `${directory}/serial`),
      watch: 'serial',
      limitMs: limitMs(config),
    })
    const answered = watched.includes(guestMessage)
    const output = answered ? '' : `${stdout}${stderr}`.slice(-maxOutput)
    const told = answered ? null : await explained(output)
    return { left: null, version: boot.version, answered, ms: Math.round(ms), code, failure, output, told }
  },
  judge: (facts) => {
    const { left, answered, version, ms, told } = facts
    if (left !== null) return { status: 'skip', reason: left }
    if (answered) {
      const under = version === null ? '' : ` under ${displayVersion(version)}`
      return { status: 'ok', found: `our own guest ran${under}, in ${humanMs(ms)}` }
    }
    if (!told) return unexplained(facts)
    return {
      status: 'fail',
      found: told.what,
      expected,
      hint: `${told.why} ${told.hint}`.trim(),
      ...(told.fix ? { fix: told.fix } : {}),
    }
  },
})
