import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'

const policies = '/sys/devices/system/cpu/cpufreq'

/** With these drivers "powersave" is the mode in which the processor chooses its frequency by the load. */
const choosing = ['intel_pstate', 'amd-pstate-epp', 'amd_pstate_epp']

const findings = {
  slow: finding<{ governor: string }>({
    found: ({ governor }) => `the CPU governor is ${governor}: the lowest frequency, whatever the load`,
    expected: '`schedutil` or `performance`',
    hint: '`echo performance | sudo tee /sys/devices/system/cpu/cpufreq/policy*/scaling_governor` (https://docs.kernel.org/admin-guide/pm/cpufreq.html).',
  }),
}

export const cpuGovernor = defineCheck({
  id: 'cpu-governor',
  title: 'CPU governor',
  group: 'advice',
  findings,
  probe: async (host) => {
    const names = ((await host.list(policies)) ?? []).filter((name) => /^policy\d+$/.test(name))
    const first = names.sort((a, b) => Number(a.slice(6)) - Number(b.slice(6)))[0]
    if (first === undefined) return null
    const [governor, driver] = await Promise.all([
      host.readText(`${policies}/${first}/scaling_governor`),
      host.readText(`${policies}/${first}/scaling_driver`),
    ])
    return { governor: governor?.trim() ?? '', driver: driver?.trim() ?? '' }
  },
  judge: (facts) => {
    if (facts === null)
      return { status: 'skip', reason: 'this kernel does not set the frequency of the CPUs' }
    const { governor, driver } = facts
    if (governor === 'powersave' && !choosing.includes(driver))
      return { status: 'warn', code: 'slow', values: { governor } }
    return { status: 'ok', found: `${governor} (${driver})` }
  },
})
