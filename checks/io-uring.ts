import { defineCheck } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'

/** Docker, Podman and Kubernetes run containers under one; /proc/PID/status says only that there is one. */
const filtered = '2'

/** Of the first process: a filter that is not in force for that is one of a service, such as the one that checks. */
const firstStatus = '/proc/1/status'

const findings = {
  disabled: finding<{ value: number }>({
    found: ({ value }) => `kernel.io_uring_disabled is ${value}`,
    expected: 'io_uring for the disks of the guest; without it Cloud Hypervisor uses AIO, which is slower',
    hint: '`sudo sysctl kernel.io_uring_disabled=0` allows it to everybody (https://docs.kernel.org/admin-guide/sysctl/kernel.html#io-uring-disabled).',
  }),
  'maybe-filtered': finding({
    found: 'a seccomp filter is in force, as in a container; such filters often refuse io_uring',
    expected: 'io_uring for the disks of the guest; without it Cloud Hypervisor uses AIO, which is slower',
    hint: 'Allow io_uring_setup, io_uring_enter and io_uring_register in the seccomp profile of the container (https://docs.docker.com/engine/security/seccomp/).',
  }),
}

export const ioUring = defineCheck({
  id: 'io-uring',
  title: 'io_uring is allowed',
  group: 'advice',
  findings,
  probe: async (host) => {
    const [disabled, group, status] = await Promise.all([
      host.readText('/proc/sys/kernel/io_uring_disabled'),
      host.readText('/proc/sys/kernel/io_uring_group'),
      host.readText(firstStatus),
    ])
    const { uid, groups } = host.user
    return {
      disabled: disabled === null ? null : Number(disabled),
      exempt: uid === 0 || groups.includes(Number(group ?? -1)),
      seccomp: /^Seccomp:\t(\d)$/m.exec(status ?? '')?.[1] ?? null,
    }
  },
  judge: ({ disabled, exempt, seccomp }) => {
    if (disabled === 2 || (disabled === 1 && !exempt))
      return { status: 'warn', code: 'disabled', values: { value: disabled } }
    if (seccomp === filtered) return { status: 'warn', code: 'maybe-filtered' }
    return { status: 'ok', found: 'nothing forbids io_uring' }
  },
})
