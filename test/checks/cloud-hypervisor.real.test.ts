/** A file system that starts no programs: a tmpfs of the real kernel, in a mount namespace of its own. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing, notRoot } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const whyNot = notRoot ?? missing('unshare', 'mount')

/** Where a stand-in is that answers as Cloud Hypervisor does, by the options of its file system. */
const underMount = (options: string, ...sets: readonly string[]) => {
  const place = scratch()
  const script = `
set -e
mount -t tmpfs -o ${options},mode=755 none ${place}
printf '#!/bin/sh\\necho cloud-hypervisor v53.0.0\\n' > ${place}/cloud-hypervisor
chmod 755 ${place}/cloud-hypervisor
cd /
"$@" || true
echo ---
bash -c ${place}/cloud-hypervisor 2>&1 || true
`
  const check = ['check', 'cloud-hypervisor', '--format', 'json', ...sets.flatMap((set) => ['--set', set])]
  const { stdout } = spawnSync(
    'unshare',
    ['--mount', 'bash', '-c', script, 'bash', process.execPath, `${repository}/dist/cli.js`, ...check].map(
      (word) => word.replaceAll('PLACE', place),
    ),
    { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', HOME: place } },
  )
  const [json = '', said = ''] = stdout.split('---\n')
  const [{ status, code = null, fix = null }] = JSON.parse(json).results
  return { status, code, fix, said: said.replaceAll(place, 'PLACE') }
}

const binary = 'hypervisor=PLACE/cloud-hypervisor'

it.skipIf(whyNot)(`noexec is named, and not the mode of the file${because(whyNot)}`, () => {
  expect(underMount('noexec', binary)).toMatchObject({
    status: 'fail',
    code: 'cloud-hypervisor/on-noexec',
    said: 'bash: line 1: PLACE/cloud-hypervisor: Permission denied\n',
  })
  expect(underMount('exec', binary)).toMatchObject({ status: 'ok', said: 'cloud-hypervisor v53.0.0\n' })
})

it.skipIf(whyNot)(`no fix installs into such a place${because(whyNot)}`, () => {
  const sets = ['data_dir=PLACE/data', 'hypervisor=no-such-hypervisor']
  expect(underMount('noexec', ...sets)).toMatchObject({
    code: 'cloud-hypervisor/nowhere-to-install',
    fix: null,
  })
  expect(underMount('exec', ...sets)).toMatchObject({
    code: 'cloud-hypervisor/missing',
    fix: { id: 'install-cloud-hypervisor', args: {} },
  })
})
