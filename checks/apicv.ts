import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type KvmModule, readKvmSwitch } from '../src/host/kvm-module.ts'

/** By module: the parameter, and what the vendor calls it. */
const parameters: Readonly<Record<KvmModule, readonly [string, string]>> = {
  kvm_intel: ['enable_apicv', 'APICv'],
  kvm_amd: ['avic', 'AVIC'],
}

const findings = {
  off: finding<{ module: KvmModule }>({
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
  probe: (host) => readKvmSwitch(host, (module) => parameters[module][0]),
  judge: (facts) => {
    if (facts === null) return { status: 'skip', reason: 'neither kvm_intel nor kvm_amd has the parameter' }
    const { module, on } = facts
    if (!on) return { status: 'warn', code: 'off', values: { module } }
    return { status: 'ok', found: `${parameters[module][1]} is on` }
  },
})
