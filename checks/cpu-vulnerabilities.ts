import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'

const directory = '/sys/devices/system/cpu/vulnerabilities'
const reference = 'https://docs.kernel.org/admin-guide/hw-vuln/index.html'

const findings = {
  'mitigations-off': finding({
    found: 'mitigations=off on the command line of the kernel',
    expected: 'mitigations where guests run that are not yours',
    hint: `Take mitigations=off out of the command line, and reboot (${reference}).`,
  }),
  unmitigated: finding<{ names: readonly string[] }>({
    found: ({ names }) => `vulnerable: ${names.join(', ')}`,
    expected: 'a mitigation of each, where guests run that are not yours',
    hint: `Install the microcode of the vendor and a newer kernel; the files in ${directory} say what is missing (${reference}).`,
  }),
  smt: finding<{ names: readonly string[] }>({
    found: ({ names }) => `SMT is on, and with it vulnerable: ${names.join(', ')}`,
    expected: 'no two guests on one core: core scheduling, or SMT off',
    hint: `Leave core_scheduling of Cloud Hypervisor on (52.0 and newer, with CONFIG_SCHED_CORE), or boot with nosmt (${reference}).`,
  }),
}

export const cpuVulnerabilities = defineCheck({
  id: 'cpu-vulnerabilities',
  title: 'Vulnerabilities of the CPUs are mitigated',
  group: 'advice',
  security: true,
  findings,
  probe: async (host) => {
    const [names, smt, cmdline] = await Promise.all([
      host.list(directory),
      host.readText('/sys/devices/system/cpu/smt/active'),
      host.readText('/proc/cmdline'),
    ])
    const states = await Promise.all(
      [...(names ?? [])].sort().map(async (name) => ({
        name,
        state: (await host.readText(`${directory}/${name}`))?.trim() ?? '',
      })),
    )
    return {
      // Most are about other processors.
      states: states.filter(({ state }) => state !== 'Not affected'),
      known: names !== null,
      smt: smt?.trim() === '1',
      off: /(?:^|\s)mitigations=off(?:\s|$)/.test(cmdline ?? ''),
    }
  },
  judge: ({ states, known, smt, off }) => {
    const those = (wording: RegExp) =>
      states.filter(({ state }) => wording.test(state)).map(({ name }) => name)
    if (off) return { status: 'warn', code: 'mitigations-off' }
    if (!known) return { status: 'skip', reason: `the kernel has no ${directory}` }
    // Part of a state may be vulnerable: "Mitigation: Retpolines; BHI: Vulnerable". "SMT vulnerable" is another.
    const unmitigated = those(/\bVulnerable\b/)
    if (unmitigated.length > 0) return { status: 'warn', code: 'unmitigated', values: { names: unmitigated } }
    const shared = those(/\bSMT vulnerable\b/)
    if (smt && shared.length > 0) return { status: 'warn', code: 'smt', values: { names: shared } }
    return { status: 'ok', found: 'the kernel names none that is not mitigated' }
  },
})
