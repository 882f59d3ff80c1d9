import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'

const path = '/sys/kernel/mm/transparent_hugepage/enabled'

const findings = {
  never: finding({
    found: 'transparent huge pages are off (never)',
    expected: '`madvise` or `always`: Cloud Hypervisor asks for them for the memory of the guest (thp=on)',
    hint: `\`echo madvise | sudo tee ${path}\` (https://docs.kernel.org/admin-guide/mm/transhuge.html).`,
  }),
}

export const thp = defineCheck({
  id: 'thp',
  title: 'Transparent huge pages for the memory of the guest',
  group: 'advice',
  findings,
  skipReason: ({ hugepages }) => (hugepages ? 'not needed: the memory of the guest is in huge pages' : null),
  probe: async (host) => ({
    mode: /\[(\w+)\]/.exec((await host.readText(path)) ?? '')?.[1] ?? null,
  }),
  judge: ({ mode }) => {
    if (mode === 'never') return { status: 'warn', code: 'never' }
    return {
      status: 'ok',
      found: mode === null ? 'the kernel has none to switch off' : `the mode is ${mode}`,
    }
  },
})
