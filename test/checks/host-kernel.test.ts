import { describe, expect, it } from 'vitest'
import { hostKernel } from '../../checks/host-kernel.ts'
import { conclude } from '../helpers/conclude.ts'

describe('host-kernel', () => {
  it.each<[string, 'ok' | 'warn' | 'fail']>([
    ['5.13.0', 'ok'],
    ['5.13', 'ok'],
    ['6.1.0-40-amd64', 'ok'],
    // As text, 5.4 would come after 5.13, and 10 before 5.
    ['5.4.0-216-generic', 'fail'],
    ['10.0.0', 'ok'],
    ['5.12.19-300.fc34.x86_64', 'fail'],
    ['4.18.0-553.el8_10.x86_64', 'fail'],
    ['6.6.87.2-microsoft-standard-WSL2', 'ok'],
    // Release candidates of 5.13 have what is asked for.
    ['5.13.0-rc7+', 'ok'],
    ['unknown', 'warn'],
  ])('%s: %s', async (kernelRelease, status) => {
    const verdict = await conclude(hostKernel, { kernelRelease })
    expect(verdict).toMatchObject({ status, found: `Linux ${kernelRelease}` })
    const code = { warn: 'host-kernel/unknown-version', fail: 'host-kernel/too-old', ok: undefined }[status]
    expect(verdict.code).toBe(code)
  })
})
