/** A scenario: its machine, its record, and the steps that several scenarios share. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect } from 'vitest'
import { cacheDirectory } from '../prepare/places.mjs'
import type { Artifacts } from './artifacts.ts'
import { compare, describeDifferences, takeStock } from './inventory.ts'
import { type Architecture, buildMachine, type Machine, password, startMachine } from './machine.ts'
import { startTimeline, type Timeline } from './timeline.ts'

export interface Story {
  readonly machine: Machine
  readonly timeline: Timeline
  /** Keeps a text with the record of the run. */
  note(name: string, text: string): void
}

/** How often a scenario is begun anew because the emulator broke down: QEMU 7.2 aborts now and then. */
const emulatorBreakdowns = 1

interface Setting {
  /** What the machine has besides what every one has. */
  readonly packages?: readonly string[]
  readonly arch?: Architecture
  /** QEMU's words for another machine than the usual one of this architecture. */
  readonly board?: string
  /** More words of the command line of its kernel. */
  readonly kernel?: readonly string[]
  readonly artifacts: (directory: string) => Promise<Artifacts>
}

/** The emulator failed, which says nothing about what runs in it. */
class EmulatorBroke extends Error {}

/**
 * Runs a scenario on a fresh machine. Its console, its screens and its timeline are kept in the cache
 * directory under runs/NAME, whether it succeeds or not; the machine's disk is thrown away.
 */
export const onFreshMachine = async (
  name: string,
  setting: Setting,
  tell: (story: Story) => Promise<void>,
): Promise<void> => {
  for (let left = emulatorBreakdowns; ; left--) {
    try {
      return await once(name, setting, tell)
    } catch (error) {
      if (!(error instanceof EmulatorBroke) || left === 0) throw error
      process.stderr.write(`the emulator broke down: ${error.message}; once more\n`)
    }
  }
}

/** A scenario whose machine panicked failed by that, whatever it was waiting for, and even where it was not. */
const refusePanic = (machine: Machine | undefined, cause?: unknown): void => {
  const panic = machine?.panic()
  if (panic) throw new Error(`the kernel of the machine panicked: ${panic}`, { cause })
}

const once = async (
  name: string,
  { packages = [], arch = 'x86_64', board, kernel, artifacts }: Setting,
  tell: (story: Story) => Promise<void>,
): Promise<void> => {
  const record = mkdtempSync(`${tmpdir()}/chv-doctor-box-`)
  const scratch = `${record}/scratch`
  mkdirSync(`${scratch}/served`, { recursive: true })
  const timeline = startTimeline(`${record}/timeline.txt`)
  let machine: Machine | undefined
  let served: Artifacts | undefined
  try {
    const built = await timeline.step('build or find the machine', () => buildMachine(packages, arch))
    served = await timeline.step('build or find what it downloads', () => artifacts(`${scratch}/served`))
    machine = await startMachine(built, arch, record, scratch, board, kernel)
    const { config } = served
    const story: Story = {
      machine,
      timeline,
      note: (file, text) => writeFileSync(`${record}/${file}`, text),
    }
    await timeline.step('start it, log in on the console', () => story.machine.login())
    await story.machine.must(
      `mkdir -p ~/.config/chv-doctor && cat > ~/.config/chv-doctor/chv-doctor.yaml <<'CONFIG'\n${config}CONFIG`,
    )
    await tell(story)
    await timeline.step('power off', () => story.machine.stop())
    refusePanic(machine)
  } catch (error) {
    refusePanic(machine, error)
    const broke = machine?.broke()
    throw broke ? new EmulatorBroke(broke, { cause: error }) : error
  } finally {
    machine?.kill()
    served?.close()
    rmSync(scratch, { recursive: true })
    const kept = `${cacheDirectory}/runs/${name}`
    mkdirSync(`${cacheDirectory}/runs`, { recursive: true })
    rmSync(kept, { recursive: true, force: true })
    renameSync(record, kept)
    process.stderr.write(`console, screens and timeline: ${kept}\n`)
  }
}

/** The ids of the checks that failed, in a report as text. */
export const failedIn = (report: string): readonly string[] =>
  [...report.matchAll(/^ {2}FAIL +(\S+)/gm)].map(([, id = '']) => id)

/** Exactly what a fresh machine lacks, and nothing else. */
export const expectMissing = (
  { output, code }: { readonly output: string; readonly code: number },
  boot: 'firmware' | 'kernel' = 'firmware',
): void => {
  expect(failedIn(output)).toEqual([
    'kvm',
    'qemu-utils',
    'dosfstools',
    'mtools',
    'cloud-hypervisor',
    // A kernel is what its user has brought along.
    ...(boot === 'firmware' ? ['firmware'] : []),
    'disk-image',
    'cloud-init',
    'tap-device',
    'ip-forward',
  ])
  expect(code).toBe(1)
}

/** A login that is younger than the repair: the group counts, no check fails. */
export const expectHealthy = async ({ machine }: Story): Promise<void> => {
  expect(await machine.must('id -nG')).toMatch(/\bkvm\b/)
  const { code, output } = await machine.ssh('chv-doctor check -v')
  expect(failedIn(output)).toEqual([])
  // Where no resolver answers this machine, nothing shows what the rules of the firewall let through.
  expect([0, 3]).toContain(code)
}

/** The same, with a resolver that answers: nothing is left open for an ordinary user. */
export const expectReady = async ({ machine }: Story): Promise<void> => {
  expect(await machine.must('id -nG')).toMatch(/\bkvm\b/)
  const { code, output } = await machine.ssh('chv-doctor check -v --strict')
  expect(failedIn(output)).toEqual([])
  // The rules of the firewall are root's to read: the guest's packets, answered, show what they let through.
  expect(output).toMatch(/^ {2}ok +guest-reach/m)
  expect(output).not.toMatch(/^ {2}(unknown|warn)\b/m)
  expect(code).toBe(0)
}

/** What the doctor asks, and what a person types who agrees. */
const answers = [
  ['Which fixes should be applied?', ['Enter']],
  ['Undo these', ['y', 'Enter']],
  ['password for sky', [password, 'Enter']],
] as const

/** Runs a command in a new login's terminal of 80 columns and agrees to all that it asks. @returns the screen */
const inTerminal = async ({ machine }: Story, name: string, command: string): Promise<string> => {
  const screen = await machine.terminal(name)
  screen.keys(`clear; ${command}; echo "exit code $?"`, 'Enter')
  const answered = new Map<string, number>()
  for (;;) {
    const open = (shown: string) =>
      answers.find(([question]) => shown.split(question).length - 1 > (answered.get(question) ?? 0))
    const ended = (shown: string) => /exit code \d/.test(shown)
    const shown = await screen.until(
      (text) => ended(text) || open(text) !== undefined,
      'a question, or the end',
      900,
    )
    const asked = open(shown)
    if (asked) {
      const [question, keys] = asked
      answered.set(question, (answered.get(question) ?? 0) + 1)
      screen.keys(...keys)
    } else {
      screen.close()
      return shown
    }
  }
}

/** The bare command: it looks, offers its repairs, does them and looks again. */
export const repairInTerminal = (story: Story, flags = ''): Promise<string> =>
  inTerminal(story, 'repair', `chv-doctor ${flags}`)

/** The repair as a step of a scenario, which must succeed. @returns what the terminal showed */
export const repairAsStep = async (story: Story): Promise<string> => {
  const repair = await story.timeline.step('repair in a terminal', () => repairInTerminal(story))
  expect(repair).toContain('exit code 0')
  return repair
}

export const undoInTerminal = (story: Story): Promise<string> => inTerminal(story, 'undo', 'chv-doctor undo')

/** Everything that is different now must have a reason; the list is kept as differences.txt. */
export const expectAsBefore = async (
  { machine, note }: Story,
  before: Awaited<ReturnType<typeof takeStock>>,
): Promise<void> => {
  const differences = compare(before, await takeStock(machine))
  note('differences.txt', describeDifferences(differences))
  expect(differences.filter(({ because }) => because === null).map(({ line }) => line)).toEqual([])
}
