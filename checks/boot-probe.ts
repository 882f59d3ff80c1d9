import type { Config } from '../src/config/keys.ts'
import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import type { Diagnosis } from '../src/explain/diagnosis.ts'
import { describeRunFailure, type RunFailure } from '../src/host/run-failure.ts'
import { findBoot, probeCommand } from '../src/hypervisor/boot-command.ts'
import { heldByVm } from '../src/hypervisor/in-use.ts'
import { guestMessage, probeGuest } from '../src/hypervisor/probe-guest.ts'
import { displayVersion } from '../src/hypervisor/version.ts'
import { humanMs } from '../src/util/units.ts'
import { cloudHypervisor } from './cloud-hypervisor.ts'
import { cloudInit } from './cloud-init.ts'
import { diskImage } from './disk-image.ts'
import { kvm } from './kvm.ts'
import { limits } from './limits.ts'
import { memory } from './memory.ts'
import { netAdmin } from './net-admin.ts'
import { tapDevice } from './tap-device.ts'
import { tun } from './tun.ts'

/** Some tens of milliseconds are usual; an emulated host takes a second. Some failures hang for ever. */
const limitMs = (config: Config) => Math.min(8, config.check_timeout * 0.8) * 1000

type Told = Pick<Diagnosis, 'cause' | 'what' | 'why' | 'hint' | 'fix'>

/** What the output means; the table of causes is loaded only here. */
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
  readonly failure: RunFailure | null
  readonly output: string
  readonly told: Told | null
}

const notStarted = (left: string): Facts => ({
  left,
  version: null,
  answered: false,
  ms: 0,
  code: null,
  failure: null,
  output: '',
  told: null,
})

const explainByHand = 'Start the boot command by hand and give what it prints to `chv-doctor explain -`.'

const expected = 'the test guest runs and prints its message'

const findings = {
  'start-failed': finding<{ cause: string; what: string; why: string; advice: string }>({
    found: ({ what }) => what,
    expected,
    hint: ({ why, advice }) => `${why} ${advice}`.trim(),
  }),
  'did-not-end': finding<{ limitMs: number }>({
    found: ({ limitMs }) => `the test guest neither answered nor ended within ${humanMs(limitMs)}`,
    expected,
    hint: explainByHand,
  }),
  'no-answer': finding<{ ended: string; message: string | null }>({
    found: ({ ended, message }) =>
      `the test guest did not answer, ${ended}${message === null ? ', and no message' : `: ${message}`}`,
    expected,
    hint: explainByHand,
  }),
}

const notExplained = ({ code, failure, output }: Facts): Verdict<typeof findings> => {
  if (failure?.kind === 'timed-out')
    return { status: 'fail', code: 'did-not-end', values: { limitMs: failure.limitMs } }
  const ended = failure ? describeRunFailure(failure) : `exit code ${code}`
  const message = output.trim().split('\n').at(-1)?.trim() || null
  return { status: 'fail', code: 'no-answer', values: { ended, message } }
}

export const bootProbe = defineCheck({
  id: 'boot-probe',
  title: 'A small test guest starts on this host',
  group: 'proof',
  findings,
  needs: [kvm, tun, memory, limits, cloudHypervisor, netAdmin, diskImage, cloudInit, tapDevice],
  runsLast: true,
  probe: async (host, config): Promise<Facts> => {
    const guest = probeGuest(host.arch)
    if (!guest) return notStarted(`there is no test guest for ${host.arch}`)
    const boot = await findBoot(host, config)
    if (!boot) return notStarted('there is no Cloud Hypervisor to start it with')
    const held = await heldByVm(host, config)
    if (held !== null) return notStarted(`${held}: stop it to test a start`)
    const { watched, stdout, stderr, code, failure, ms } = await host.tryOut({
      files: { guest },
      argv: (directory) => probeCommand(boot, config, `${directory}/guest`, `${directory}/serial`),
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
      return { status: 'ok', found: `the test guest ran${under}, in ${humanMs(ms)}` }
    }
    if (!told) return notExplained(facts)
    const { cause, what, why, hint: advice, fix } = told
    const values = { cause, what, why, advice }
    return { status: 'fail', code: 'start-failed', values, ...(fix ? { fix } : {}) }
  },
})
