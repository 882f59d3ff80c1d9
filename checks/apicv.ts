import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'

/** By module: the parameter, and what the vendor calls it. */
const parameters = { kvm_intel: ['enable_apicv', 'APICv'], kvm_amd: ['avic', 'AVIC'] } as const

type Module = keyof typeof parameters

const modules = Object.keys(parameters) as readonly Module[]

const findings = {
  off: finding<{ module: Module }>({
    found: ({ module }) => `${parameters[module][1]} is off (${parameters[module][0]} of ${module})`,
    expected: 'interrupts that reach the guest without leaving it, where the processor can',
    hint: ({ module }) =>
      `\`options ${module} ${parameters[module][0]}=1\` in /etc/modprobe.d/kvm.conf, from the next start of the host; a processor without it leaves it off (https://docs.kernel.org/admin-guide/kernel-parameters.html).`,
  }),
}

export const apicv = defineCheck({
  id: 'apicv',
  title: 'The processor delivers interrupts to guests itself',
  group: 'advice',
  findings,
  probe: async (host) => {
    const values = await Promise.all(
      modules.map(async (module) => ({
        module,
        value: (await host.readText(`/sys/module/${module}/parameters/${parameters[module][0]}`))?.trim(),
      })),
    )
    const loaded = values.find(({ value }) => value !== undefined)
    return loaded ? { module: loaded.module, on: loaded.value === 'Y' || loaded.value === '1' } : null
  },
  judge: (facts) => {
    if (facts === null) return { status: 'skip', reason: 'neither kvm_intel nor kvm_amd has the parameter' }
    const { module, on } = facts
    if (!on) return { status: 'warn', code: 'off', values: { module } }
    return { status: 'ok', found: `${parameters[module][1]} is on` }
  },
})
