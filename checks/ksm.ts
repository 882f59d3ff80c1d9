import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'

const findings = {
  on: finding({
    found: 'KSM merges equal pages of memory (/sys/kernel/mm/ksm/run is 1)',
    expected: '0 where guests of several owners run: how long a write takes tells what others have in memory',
    hint: '`echo 2 | sudo tee /sys/kernel/mm/ksm/run` separates what is merged (https://docs.kernel.org/admin-guide/mm/ksm.html).',
  }),
}

export const ksm = defineCheck({
  id: 'ksm',
  title: 'Guests share no pages of memory',
  group: 'advice',
  security: true,
  findings,
  probe: async (host) => ({ run: (await host.readText('/sys/kernel/mm/ksm/run'))?.trim() ?? null }),
  judge: ({ run }) => {
    if (run === '1') return { status: 'warn', code: 'on' }
    return { status: 'ok', found: run === null ? 'the kernel has no KSM' : 'KSM is off' }
  },
})
