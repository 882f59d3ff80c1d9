import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { readKvmSwitch } from '../src/host/kvm-module.ts'

const findings = {
  on: finding<{ module: string }>({
    found: ({ module }) => `guests may run guests of their own (nested of ${module})`,
    expected: 'no nested guests where guests run that are not yours: less of KVM is open to them',
    hint: ({ module }) =>
      `\`options ${module} nested=0\` in /etc/modprobe.d/kvm.conf, from the next start of the host; or nested=off in --cpus, from release 50 on (https://docs.kernel.org/virt/kvm/x86/running-nested-guests.html).`,
  }),
}

export const nested = defineCheck({
  id: 'nested',
  title: 'Guests run no guests of their own',
  group: 'advice',
  security: true,
  findings,
  probe: (host) => readKvmSwitch(host, () => 'nested'),
  judge: (facts) => {
    if (facts === null) return { status: 'skip', reason: 'neither kvm_intel nor kvm_amd is loaded' }
    if (facts.on) return { status: 'warn', code: 'on', values: { module: facts.module } }
    return { status: 'ok', found: `nested of ${facts.module} is off` }
  },
})
