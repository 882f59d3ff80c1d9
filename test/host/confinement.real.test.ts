/** A container as its kernel shows it: what it keeps from its root, and that the fix could not have worked. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { repository } from '../helpers/disposable-host.ts'
import { because, missing, notRoot } from '../helpers/needs.ts'

const why = notRoot ?? missing('unshare', 'setpriv', 'sysctl', 'ip')

/** Process, mount and network namespaces of its own, and the mark of Docker in the words of systemd. */
const enter = `
  mount -t tmpfs none /run && mkdir -p /run/systemd && echo docker > /run/systemd/container
  ip link set lo up
  [ "$SYS" = rw ] || { mount --bind /proc/sys /proc/sys && mount -o remount,ro,bind /proc/sys; }
  [ -z "$BOUNDS" ] || exec setpriv --bounding-set "$BOUNDS" --inh-caps "$BOUNDS" -- "$@"
  exec "$@"`

const inside = (bounds: string, sys: 'ro' | 'rw', ...argv: string[]) =>
  spawnSync(
    'unshare',
    ['--mount', '--pid', '--net', '--fork', '--mount-proc', 'sh', '-ec', enter, 'sh', ...argv],
    { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: '/nonexistent', BOUNDS: bounds, SYS: sys } },
  )

const check = (bounds: string, sys: 'ro' | 'rw') => {
  const argv = [`${repository}/dist/cli.js`, 'check', '--only', 'ip-forward', '--format', 'json']
  const { stdout, stderr } = inside(bounds, sys, process.execPath, ...argv)
  expect(stderr).toBe('')
  return JSON.parse(stdout).results.find(({ id }: { id: string }) => id === 'ip-forward')
}

const forward = (bounds: string, sys: 'ro' | 'rw') =>
  inside(bounds, sys, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1').status

describe.skipIf(why)(`in a container${because(why)}`, () => {
  it.each([
    ['with everything', '', 'rw', null],
    ['without CAP_NET_ADMIN', '-net_admin', 'rw', /CAP_NET_ADMIN.*--cap-add NET_ADMIN/],
    ['with a /proc/sys that is read-only', '', 'ro', /read-only.*--sysctl net\.ipv4\.ip_forward=1/],
  ] as const)('%s', (_, bounds, sys, hint) => {
    const result = check(bounds, sys)
    expect(result).toMatchObject({ status: 'fail', code: 'ip-forward/off' })
    expect(result.fix?.id).toBe(hint === null ? 'route-guest' : undefined)
    if (hint !== null) expect(result.hint).toMatch(hint)
    expect(forward(bounds, sys) === 0).toBe(hint === null)
  })
})
