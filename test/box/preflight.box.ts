import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { smallArtifacts } from './artifacts.ts'
import { whyNoBox } from './build.ts'
import { password } from './machine.ts'
import { expectReady, onFreshMachine, repairAsStep, type Story } from './story.ts'

interface Result {
  readonly id: string
  readonly status: string
  readonly code?: string
}

/** What is wrong, as "CHECK/CODE status", in a report as JSON. What a user may not read is unknown, and not wrong. */
const wrongIn = (report: string): readonly string[] =>
  (JSON.parse(report) as { readonly results: readonly Result[] }).results
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ id, status, code }) => `${code ?? id} ${status}`)

/**
 * One port is dropped: root's rule reading, which asks for forwarded packets in general, does not see it, and
 * the packets do. The other faults of a firewall are planted in network namespaces (test/trust/faults).
 */
const drop =
  'nft "table ip planted { chain c { type filter hook forward priority 0; iifname vm-tap0 udp dport 53 drop; }; }"'
const undrop = 'nft delete table ip planted'

/**
 * The report of the user, then that of root with the same configuration, by their findings. The PATH of sudo does not
 * have /usr/local/bin everywhere (Debian unstable), so that the paths are named, as the program itself prints them.
 */
const bothReports = async ({ machine }: Story) => {
  const check = 'check --strict --format json'
  const user = await machine.ssh(`chv-doctor ${check} 2>/dev/null`)
  const root = await machine.ssh(
    `echo ${password} | sudo -S -p '' "$(command -v node)" "$(command -v chv-doctor)" ${check} 2>/dev/null`,
  )
  return { user: wrongIn(user.output), root: wrongIn(root.output) }
}

const state = '/var/lib/chv-doctor'

/** The service of docs/fleet.md, for the machine's user, as its page installs it. */
const runAsService = async ({ machine }: Story) => {
  const packaged = '"$(dirname "$(readlink -f "$(command -v chv-doctor)")")"/../deploy/systemd'
  await machine.must(`cp ${packaged}/chv-doctor@.* /etc/systemd/system/ && systemctl daemon-reload`, 'root')
  await machine.must('mkdir -p /var/lib/prometheus/node-exporter', 'root')
  await machine.must('systemctl enable --now chv-doctor@sky.timer', 'root')
  await machine.must('systemctl start chv-doctor@sky.service', 'root')
  expect(await machine.must('systemctl show -P Result chv-doctor@sky.service', 'root')).toBe('success\n')
  expect(await machine.must('systemctl show -P ExecMainStatus chv-doctor@sky.service', 'root')).toBe('0\n')
  expect(await machine.must('systemctl list-timers --no-legend', 'root')).toContain('chv-doctor@sky.timer')
  expect(wrongIn(await machine.must(`cat ${state}/report.json`))).toEqual([])
  expect(await machine.must(`cat ${state}/status`)).toMatch(/^CHV-DOCTOR OK - /)
  expect(await machine.must('cat /var/lib/prometheus/node-exporter/chv-doctor.prom')).toMatch(
    /^chv_doctor_[a-z_]+\{?.* \d/m,
  )
}

describe.skipIf(whyNoBox !== null)(`a preflight of an ordinary user${because(whyNoBox)}`, () => {
  it('is 0 on a ready host, sees what a firewall does to the guest, and runs as a service', () =>
    onFreshMachine('preflight', { artifacts: smallArtifacts }, async (story) => {
      const { machine, timeline } = story
      await repairAsStep(story)
      await timeline.step('check of an ordinary user', () => expectReady(story))
      await timeline.step('check as a service', () => runAsService(story))
      await timeline.step('questions dropped', async () => {
        await machine.must(drop, 'root')
        const seen = ['guest-reach/no-way-out fail']
        expect(await bothReports(story)).toEqual({ user: seen, root: seen })
        await machine.must(undrop, 'root')
      })
      await timeline.step('check of an ordinary user again', () => expectReady(story))
    }))
})
