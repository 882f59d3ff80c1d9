import { expect, it } from 'vitest'
import { qemuUtils } from '../../checks/qemu-utils.ts'
import { conclude } from '../helpers/conclude.ts'
import { dpkgFile, dpkgStatus } from '../helpers/dpkg.ts'

const host = (stdout: string) => ({
  programs: { 'qemu-img': '/usr/bin/qemu-img' },
  commands: { '/usr/bin/qemu-img --version': stdout },
  files: { [dpkgFile]: dpkgStatus('qemu-utils', 'install ok installed'), '/usr/bin/qemu-img': '#!/bin/sh\n' },
})

it.each([
  ['qemu-img version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)\nCopyright (c) 2003-2022\n', 'qemu-img 7.2.22'],
  ['qemu-img version 10.0.0-rc1\n', 'qemu-img 10.0.0'],
])('reads the version in %j', async (stdout, found) => {
  expect(await conclude(qemuUtils, host(stdout))).toEqual({ status: 'ok', found })
})

it('is in the package qemu-utils, not qemu-img', async () => {
  const table = { ...host(''), programs: { 'qemu-img': null } }
  expect(await conclude(qemuUtils, table)).toMatchObject({
    code: 'qemu-utils/missing',
    fix: { args: { packages: ['qemu-utils'] } },
  })
})

it('is not content with one that fails', async () => {
  const table = {
    ...host(''),
    commands: { '/usr/bin/qemu-img --version': { code: 127, stderr: 'no libaio\n' } },
  }
  expect(await conclude(qemuUtils, table)).toMatchObject({
    status: 'fail',
    code: 'qemu-utils/does-not-run',
    values: { reason: 'no libaio' },
  })
})
