/** Why a guest does not come up, read from what it printed. Data: the first that fits is the most likely. */

import type { CauseRule } from './cause-rule.ts'
import type { Evidence } from './evidence.ts'
import { insideCauses } from './inside-causes.ts'
import { networkCauses } from './network-causes.ts'
import type { BootCause } from './outcome.ts'
import { bootLoaderCauses, kernelCauses } from './system-causes.ts'

const firmware = ({ config }: Evidence) => config.boot === 'firmware'
const portName = ({ shown }: Evidence) => (shown === 'serial' ? 'the serial port' : 'the virtio console')
const linuxName = (seen: Evidence, shown: Evidence['shown']) =>
  shown === 'console' ? 'hvc0' : seen.arch === 'aarch64' ? 'ttyAMA0' : 'ttyS0'

const consoleRules: readonly CauseRule[] = [
  {
    id: 'wrong-console',
    fits: ({ text, otherConsoleText }) => text.trim() === '' && otherConsoleText.trim() !== '',
    say: (seen) => {
      const other = seen.shown === 'serial' ? 'console' : 'serial'
      return {
        what: `The guest speaks on ${linuxName(seen, other)}, and ${portName(seen)} is the one that is shown.`,
        why: `Its kernel has console=${linuxName(seen, other)}, or none that fits the consoles of the machine.`,
        hint:
          seen.config.boot === 'kernel'
            ? `Set console=${linuxName(seen, seen.shown)} in \`cmdline\`.`
            : `Add console=${linuxName(seen, seen.shown)} to the kernel command line in the guest's boot loader.`,
      }
    },
  },
  {
    id: 'no-console',
    fits: ({ text, reached, config }) =>
      text.trim() === '' ||
      (config.boot === 'firmware' &&
        reached.login === undefined &&
        reached.kernel === undefined &&
        reached['cloud-init'] === undefined &&
        reached.ping !== undefined),
    say: (seen) => {
      const name = linuxName(seen, seen.shown)
      if (firmware(seen) && seen.text.trim() === '')
        return {
          what: `Nothing was printed on ${portName(seen)}, not even by the firmware.`,
          why: 'CLOUDHV.fd and hypervisor-fw both print there as soon as they run: this file is no firmware for this machine, or the virtual CPU does not get anywhere.',
          hint: 'Check `firmware`; `chv-doctor check boot-probe` tells whether any guest runs here.',
          check: 'firmware',
        }
      return {
        what: `${seen.reached.ping === undefined ? 'Nothing was' : 'The guest answers on the network, but nothing was'} printed on ${portName(seen)}.`,
        why:
          /console=/.test(seen.config.cmdline) || firmware(seen)
            ? `The kernel has no driver for ${name} built in, does not start, or is told to use another console.`
            : 'The kernel command line names no console=.',
        hint: firmware(seen)
          ? `Add console=${name} to the kernel command line in the guest's boot loader.`
          : `Set console=${name} in \`cmdline\`; the kernel needs ${name === 'hvc0' ? 'CONFIG_VIRTIO_CONSOLE=y' : 'CONFIG_SERIAL_8250_CONSOLE=y'}.`,
        check: firmware(seen) ? 'firmware' : 'kernel-image',
      }
    },
  },
]

const courseRules: readonly CauseRule[] = [
  {
    id: 'reset-loop',
    final: true,
    fits: ({ resets }) => resets >= 3,
    say: ({ resets }) => ({
      what: `The guest was reset ${resets} times and never came up.`,
      why: 'A fault that it cannot handle (a triple fault) resets a machine; a kernel with panic= on its command line resets it after a panic.',
      hint: 'The last lines before a reset tell the most. A kernel or firmware for another machine is the usual reason.',
      check: 'firmware',
    }),
  },
  {
    id: 'switched-off',
    fits: ({ ended }) => ended,
    say: () => ({
      what: 'The guest switched itself off before it was up.',
      why: 'It was told to: by its own software, by cloud-init (`power_state`), or by somebody at the console.',
      hint: 'The last lines say what it was doing.',
    }),
  },
]

const lateRules: readonly CauseRule[] = [
  {
    id: 'no-login-prompt',
    fits: ({ reached }) =>
      reached.login === undefined && (reached.ssh !== undefined || reached['cloud-init'] !== undefined),
    say: (seen) => ({
      what: `The guest is up, but shows no login prompt on ${portName(seen)}.`,
      why: `No getty runs on ${linuxName(seen, seen.shown)}.`,
      hint: `In the guest: \`systemctl enable --now serial-getty@${linuxName(seen, seen.shown)}\`.`,
    }),
  },
  {
    id: 'waits-for-network',
    fits: ({ reached, text }) =>
      reached.login === undefined && /A start job is running for [^\n]*[Nn]etwork[^\n]*[Oo]nline/.test(text),
    say: ({ config }) => ({
      what: 'The guest waits for a network that does not come.',
      why: `No interface of it got an address: the seed matches another MAC than ${config.guest_mac}, or has no network-config.`,
      hint: '`chv-doctor check cloud-init` compares the seed with the configuration.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'slow',
    fits: ({ reached, quietMs, waitedMs, config }) =>
      reached.login === undefined && quietMs < 20_000 && waitedMs >= config.boot_timeout * 1000,
    say: ({ config }) => ({
      what: `The guest was still booting after ${config.boot_timeout} s.`,
      why: 'It kept printing to the end: it is slow, not stuck. The first boot takes longest, and a host without hardware virtualisation many times that.',
      hint: 'Give it more time: `--boot-timeout SECONDS`, or the key `boot_timeout`.',
    }),
  },
  {
    id: 'stuck',
    fits: ({ reached }) => reached.login === undefined,
    say: ({ quietMs, reached }) => ({
      what: `The guest ${reached.kernel === undefined ? 'has not started a kernel' : 'has shown no login prompt'} and has been silent for ${Math.round(quietMs / 1000)} s.`,
      why: 'Nothing in what it printed is a sign that chv-doctor knows. A guest without a getty on this console looks the same.',
      hint: 'Read the last lines below, and try `chv-doctor boot` to see it for yourself.',
    }),
  },
]

const rules: readonly CauseRule[] = [
  ...bootLoaderCauses,
  ...kernelCauses,
  ...courseRules,
  ...consoleRules,
  ...networkCauses,
  ...insideCauses,
  ...lateRules,
]

const found = (rule: CauseRule, seen: Evidence): BootCause => ({ id: rule.id, ...rule.say(seen) })

/** Whether it cannot get any further. */
export const isFinal = (seen: Evidence): boolean => rules.some((rule) => rule.final && rule.fits(seen))

/** The most likely cause; null when every expected step was reached. */
export const causeOf = (seen: Evidence): BootCause | null => {
  if (seen.expected.every((step) => seen.reached[step] !== undefined)) return null
  const rule = rules.find((candidate) => candidate.fits(seen))
  return rule ? found(rule, seen) : null
}

/** For the documentation. */
export const causeIds = [...new Set(rules.map(({ id }) => id))]
