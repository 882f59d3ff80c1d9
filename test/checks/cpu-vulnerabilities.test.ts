import { describe, expect, it } from 'vitest'
import { cpuVulnerabilities } from '../../checks/cpu-vulnerabilities.ts'
import { conclude } from '../helpers/conclude.ts'

const place = '/sys/devices/system/cpu/vulnerabilities'

const hostWith = (states: Record<string, string>, { smt = '0', cmdline = 'quiet' } = {}) => ({
  files: {
    [place]: { names: Object.keys(states) },
    ...Object.fromEntries(Object.entries(states).map(([name, state]) => [`${place}/${name}`, `${state}\n`])),
    '/sys/devices/system/cpu/smt/active': `${smt}\n`,
    '/proc/cmdline': `root=/dev/vda ${cmdline}\n`,
  },
})

const codeOf = async (...host: Parameters<typeof hostWith>) => {
  const { code, status } = await conclude(cpuVulnerabilities, hostWith(...host))
  return code ?? status
}

const mds = 'Mitigation: Clear CPU buffers; SMT vulnerable'

describe('cpu-vulnerabilities', () => {
  it('names what is not mitigated, wholly or in part', async () => {
    const states = {
      meltdown: 'Not affected',
      spectre_v2: 'Mitigation: Retpolines; BHI: Vulnerable',
      retbleed: 'Vulnerable',
      l1tf: 'Mitigation: PTE Inversion',
      itlb_multihit: 'KVM: Vulnerable',
    }
    expect(await conclude(cpuVulnerabilities, hostWith(states))).toMatchObject({
      code: 'cpu-vulnerabilities/unmitigated',
      values: { names: ['itlb_multihit', 'retbleed', 'spectre_v2'] },
    })
  })

  it.each([
    ['nothing', { l1tf: 'Mitigation: PTE Inversion' }, {}, 'ok'],
    ['SMT on', { mds }, { smt: '1' }, 'cpu-vulnerabilities/smt'],
    ['SMT off', { mds }, {}, 'ok'],
    ['all mitigations off', { mds }, { cmdline: 'mitigations=off' }, 'cpu-vulnerabilities/mitigations-off'],
    ['another word', { mds }, { cmdline: 'mitigations=off2' }, 'ok'],
  ])('knows %s', async (_, states, more, expected) => {
    expect(await codeOf(states, more)).toBe(expected)
  })

  it('is skipped where the kernel says nothing', async () => {
    const { files } = hostWith({})
    expect(await conclude(cpuVulnerabilities, { files: { ...files, [place]: null } })).toMatchObject({
      status: 'skip',
    })
  })
})
