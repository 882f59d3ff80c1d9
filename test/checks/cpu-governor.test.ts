import { describe, expect, it } from 'vitest'
import { cpuGovernor } from '../../checks/cpu-governor.ts'
import { conclude } from '../helpers/conclude.ts'

const place = '/sys/devices/system/cpu/cpufreq'

const hostWith = (governor: string, driver: string) => ({
  files: {
    [place]: { names: ['policy10', 'policy2', 'ondemand'] },
    [`${place}/policy2/scaling_governor`]: `${governor}\n`,
    [`${place}/policy2/scaling_driver`]: `${driver}\n`,
  },
})

describe('cpu-governor', () => {
  it.each([
    ['powersave', 'acpi-cpufreq', 'cpu-governor/slow'],
    ['powersave', 'intel_pstate', 'ok'],
    ['powersave', 'amd-pstate-epp', 'ok'],
    ['schedutil', 'acpi-cpufreq', 'ok'],
    ['performance', 'acpi-cpufreq', 'ok'],
  ])('%s of %s', async (governor, driver, expected) => {
    const { code, status } = await conclude(cpuGovernor, hostWith(governor, driver))
    expect(code ?? status).toBe(expected)
  })

  it.each([[null], [{ names: [] }]])('is skipped where the kernel sets none', async (directory) => {
    expect(await conclude(cpuGovernor, { files: { [place]: directory } })).toMatchObject({ status: 'skip' })
  })
})
