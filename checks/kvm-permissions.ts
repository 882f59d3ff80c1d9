import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'

const forOthers = 0o006

const findings = {
  'for-everybody': finding<{ mode: string }>({
    found: ({ mode }) => `/dev/kvm has mode ${mode}: every account and service may use it`,
    expected: 'mode 660 and group kvm where accounts are not all yours',
    hint: 'Put `KERNEL=="kvm", GROUP="kvm", MODE="0660"` into /etc/udev/rules.d/65-kvm.rules, and reboot (https://man7.org/linux/man-pages/man7/udev.7.html).',
  }),
}

export const kvmPermissions = defineCheck({
  id: 'kvm-permissions',
  title: '/dev/kvm is not for everybody',
  group: 'advice',
  security: true,
  findings,
  probe: async (host) => ({ mode: (await host.stat('/dev/kvm'))?.mode ?? null }),
  judge: ({ mode }) => {
    if (mode === null) return { status: 'skip', reason: 'there is no /dev/kvm' }
    const text = mode.toString(8)
    if ((mode & forOthers) !== 0) return { status: 'warn', code: 'for-everybody', values: { mode: text } }
    return { status: 'ok', found: `mode ${text}` }
  },
})
