import { describe, expect, it } from 'vitest'
import { apicv } from '../../checks/apicv.ts'
import { conclude } from '../helpers/conclude.ts'

const intel = '/sys/module/kvm_intel/parameters/enable_apicv'
const amd = '/sys/module/kvm_amd/parameters/avic'

describe('apicv', () => {
  it.each([
    ['APICv on', 'Y\n', null, 'ok'],
    ['APICv off', 'N\n', null, 'apicv/off'],
    ['AVIC on', null, '1\n', 'ok'],
    ['AVIC off', null, '0\n', 'apicv/off'],
    ['neither module', null, null, 'skip'],
  ])('%s', async (_, one, other, expected) => {
    const { code, status } = await conclude(apicv, { files: { [intel]: one, [amd]: other } })
    expect(code ?? status).toBe(expected)
  })
})
