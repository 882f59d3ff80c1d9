/**
 * What takes a file capability away, planted on the real kernel: the check names it, and the program that has the
 * capability in its file runs without it.
 */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing, notRoot } from '../helpers/needs.ts'
import { scratch } from '../helpers/scratch.ts'

const whyNot = notRoot ?? missing('unshare', 'mount', 'setcap', 'setpriv')

/**
 * A copy of cat with cap_net_admin=ep, on a tmpfs with these options.
 * @param session of setpriv, for the check and for the program
 */
const withCapability = (options: string, ...session: readonly string[]) => {
  const place = scratch()
  const script = `
set -e
mount -t tmpfs -o ${options}mode=755 none ${place}
cp "$(command -v cat)" ${place}/cloud-hypervisor
chmod 755 ${place}/cloud-hypervisor
setcap cap_net_admin=ep ${place}/cloud-hypervisor
# A user may not look into every checkout.
mkdir ${place}/program
cp -r ${repository}/package.json ${repository}/dist ${place}/program
cd /
as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups ${session.join(' ')} env "$@"; }
as_user "$@" || true
echo ---
as_user ${place}/cloud-hypervisor /proc/self/status 2>&1 || true
`
  const check = [
    ...['check', 'net-admin', '--format', 'json', '--set', `hypervisor=${place}/cloud-hypervisor`],
    ...['--set', 'net_admin_capability=always'],
  ]
  const { stdout, stderr } = spawnSync(
    'unshare',
    ['--mount', 'bash', '-c', script, 'bash', process.execPath, `${place}/program/dist/cli.js`, ...check],
    { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/nonexistent' } },
  )
  const [json = '', said = ''] = stdout.split('---\n')
  expect(json, stderr).toContain('results')
  const { status, code = null } = JSON.parse(json).results.find(
    ({ id }: { id: string }) => id === 'net-admin',
  )
  const effective = /^CapEff:\s*([\da-f]+)$/m.exec(said)?.[1] ?? 'none'
  return { status, code, has: BigInt(`0x${effective}`) !== 0n }
}

it.skipIf(whyNot).each([
  ['nothing', '', [], { status: 'ok', code: null, has: true }],
  ['nosuid', 'nosuid,', [], { status: 'fail', code: 'net-admin/defeated-by-nosuid', has: false }],
  [
    'no_new_privs',
    '',
    ['--no-new-privs'],
    { status: 'fail', code: 'net-admin/defeated-by-no-new-privs', has: false },
  ],
] as const)(`a file capability under %s${because(whyNot)}`, (_, options, session, expected) => {
  expect(withCapability(options, ...session)).toEqual(expected)
})
