/** Causes of a guest that does not come up, as data, the most likely first. */
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
    matches: ({ text, otherConsoleText }) => text.trim() === '' && otherConsoleText.trim() !== '',
    describe: (seen) => {
      const other = seen.shown === 'serial' ? 'console' : 'serial'
      return {
        what: `The guest prints on ${linuxName(seen, other)}, but \`boot\` shows ${portName(seen)}.`,
        why: `Its kernel command line has console=${linuxName(seen, other)}, or no console= that the machine has.`,
        hint:
          seen.config.boot === 'kernel'
            ? `Set console=${linuxName(seen, seen.shown)} in \`cmdline\`.`
            : `Add console=${linuxName(seen, seen.shown)} to the kernel command line in the guest's boot loader.`,
      }
    },
  },
  {
    id: 'no-console',
    matches: ({ text, reached, config }) =>
      text.trim() === '' ||
      (config.boot === 'firmware' &&
        reached.login === undefined &&
        reached.kernel === undefined &&
        reached['cloud-init'] === undefined &&
        reached.ping !== undefined),
    describe: (seen) => {
      const name = linuxName(seen, seen.shown)
      if (firmware(seen) && seen.text.trim() === '')
        return {
          what: `Nothing was printed on ${portName(seen)}, not even by the firmware.`,
          why: 'CLOUDHV.fd and hypervisor-fw print there as soon as they run: this file is not firmware for this machine, or the virtual CPU makes no progress.',
          hint: 'Check `firmware`; `chv-doctor check boot-probe` shows whether any guest runs here.',
          check: 'firmware',
        }
      return {
        what: `${seen.reached.ping === undefined ? 'Nothing was' : 'The guest answers on the network, but nothing was'} printed on ${portName(seen)}.`,
        why:
          /console=/.test(seen.config.cmdline) || firmware(seen)
            ? `The kernel does not start, has no built-in driver for ${name}, or uses another console.`
            : 'The kernel command line has no console=.',
        hint: firmware(seen)
          ? `Add console=${name} to the kernel command line in the guest's boot loader.`
          : `Set console=${name} in \`cmdline\`; the kernel needs ${name === 'hvc0' ? 'CONFIG_VIRTIO_CONSOLE=y' : 'CONFIG_SERIAL_8250_CONSOLE=y'}.`,
        check: firmware(seen) ? 'firmware' : 'kernel-image',
      }
    },
  },
]

const lifecycleRules: readonly CauseRule[] = [
  {
    id: 'reset-loop',
    final: true,
    matches: ({ resets }) => resets >= 3,
    describe: ({ resets }) => ({
      what: `The guest was reset ${resets} times and never came up.`,
      why: 'A triple fault resets a machine, and so does a panic of a kernel with panic= on its command line.',
      hint: 'Read the last lines before a reset. The usual reason is a kernel or firmware for another machine.',
      check: 'firmware',
    }),
  },
  {
    id: 'switched-off',
    matches: ({ ended }) => ended,
    describe: () => ({
      what: 'The guest powered itself off before it was up.',
      why: 'Its own software, cloud-init (`power_state`) or a user at the console powered it off.',
      hint: 'The last lines of the console show what it was doing.',
    }),
  },
]

const fallbackRules: readonly CauseRule[] = [
  {
    id: 'no-login-prompt',
    matches: ({ reached }) =>
      reached.login === undefined && (reached.ssh !== undefined || reached['cloud-init'] !== undefined),
    describe: (seen) => ({
      what: `The guest is up, but shows no login prompt on ${portName(seen)}.`,
      why: `No getty runs on ${linuxName(seen, seen.shown)}.`,
      hint: `In the guest: \`systemctl enable --now serial-getty@${linuxName(seen, seen.shown)}\`.`,
    }),
  },
  {
    id: 'waits-for-network',
    matches: ({ reached, text }) =>
      reached.login === undefined && /A start job is running for [^\n]*[Nn]etwork[^\n]*[Oo]nline/.test(text),
    describe: ({ config }) => ({
      what: 'The guest waits for a network that does not come up.',
      why: `None of its interfaces has an address: the seed has another MAC than ${config.guest_mac}, or no network-config.`,
      hint: '`chv-doctor check cloud-init` compares the seed with the configuration.',
      check: 'cloud-init',
    }),
  },
  {
    id: 'slow',
    matches: ({ reached, quietMs, waitedMs, config }) =>
      reached.login === undefined && quietMs < 20_000 && waitedMs >= config.boot_timeout * 1000,
    describe: ({ config }) => ({
      what: `The guest was still booting after ${config.boot_timeout} s.`,
      why: 'It printed until the end: it is slow, not stuck. The first boot takes longest, and many times longer on a host without hardware virtualisation.',
      hint: 'Allow more time: `--boot-timeout SECONDS`, or the key `boot_timeout`.',
    }),
  },
  {
    id: 'stuck',
    matches: ({ reached }) => reached.login === undefined,
    describe: ({ quietMs, reached }) => ({
      what: `The guest ${reached.kernel === undefined ? 'has not started a kernel' : 'has shown no login prompt'} and has been silent for ${Math.round(quietMs / 1000)} s.`,
      why: 'Its output matches no cause that chv-doctor knows. A guest without a getty on this console looks the same.',
      hint: 'Read the last lines of the console, and run `chv-doctor boot` to see all of it.',
    }),
  },
]

const rules: readonly CauseRule[] = [
  ...bootLoaderCauses,
  ...kernelCauses,
  ...lifecycleRules,
  ...consoleRules,
  ...networkCauses,
  ...insideCauses,
  ...fallbackRules,
]

const toCause = (rule: CauseRule, seen: Evidence): BootCause => ({ id: rule.id, ...rule.describe(seen) })

/** @returns whether the guest cannot get any further, so that waiting is useless */
export const isFinal = (seen: Evidence): boolean => rules.some((rule) => rule.final && rule.matches(seen))

/** @returns the most likely cause; null when every expected milestone was reached */
export const causeOf = (seen: Evidence): BootCause | null => {
  if (seen.expected.every((milestone) => seen.reached[milestone] !== undefined)) return null
  const rule = rules.find((candidate) => candidate.matches(seen))
  return rule ? toCause(rule, seen) : null
}

/** The ids of all causes; docs/boot.md lists them. */
export const causeIds = [...new Set(rules.map(({ id }) => id))]
