import { describe, expect, it } from 'vitest'
import { dosfstools } from '../../checks/dosfstools.ts'
import { ipForward } from '../../checks/ip-forward.ts'
import { memory } from '../../checks/memory.ts'
import { nat } from '../../checks/nat.ts'
import type { AnyCheck } from '../../src/contract/check.ts'
import type { FixCall } from '../../src/contract/fix-args.ts'
import type { Conclusion } from '../../src/engine/conclude.ts'
import { dependsOnConfinement, underConfinement } from '../../src/engine/confine.ts'
import type { Confinement, Right } from '../../src/host/confinement.ts'

const route: FixCall = { id: 'route-guest', args: {} }
const failing = (fix: FixCall): Conclusion => ({ status: 'fail', code: 'x/y', hint: 'own', fix })
const inside = (...withheld: Right[]): Confinement => ({ container: 'docker', withheld })
const under = (check: AnyCheck, own: Conclusion, confinement: Confinement | null) =>
  underConfinement(check, own, confinement)

describe('underConfinement', () => {
  it('keeps a fix that the container leaves what it takes', () => {
    const own = failing(route)
    expect(under(nat, own, null)).toBe(own)
    expect(under(nat, own, inside())).toBe(own)
    // Only the check whose repair is a setting takes that.
    expect(under(nat, own, inside('sysctl', 'kernel'))).toBe(own)
    expect(under(ipForward, own, inside('sysctl')).fix).toBeUndefined()
  })

  it('says instead why it cannot work, and what to do outside', () => {
    const { fix, hint, ...rest } = under(ipForward, failing(route), inside('network', 'sysctl'))
    expect(rest).toEqual({ status: 'fail', code: 'x/y' })
    expect(fix).toBeUndefined()
    expect(hint).toContain('CAP_NET_ADMIN; /proc/sys is read-only')
    expect(hint).toContain('`docker run --cap-add NET_ADMIN --sysctl net.ipv4.ip_forward=1`')
  })

  it.each([
    ['kubernetes', 'securityContext.capabilities.add'],
    ['kubernetes', '--allowed-unsafe-sysctls'],
    ['podman', '`podman run --cap-add NET_ADMIN --sysctl'],
    ['lxc', 'lxc.cap.drop'],
    ['other', '`docker run --cap-add NET_ADMIN --sysctl'],
  ] as const)('in the words of %s: %s', (container, words) => {
    expect(under(ipForward, failing(route), { container, withheld: ['network', 'sysctl'] }).hint).toContain(
      words,
    )
  })

  it('sends packages to the image and huge pages to the host', () => {
    const packages = failing({ id: 'install-packages', args: { packages: ['mtools'] } })
    expect(under(dosfstools, packages, inside('root')).hint).toContain('in the image of the container')
    const pages = failing({ id: 'reserve-hugepages', args: {} })
    expect(under(memory, pages, inside('kernel')).hint).toContain('on the host outside')
  })

  it('does not send to sudo what root cannot read either', () => {
    const unread: Conclusion = {
      status: 'unknown',
      code: 'nat/not-readable',
      reason: 'only root sees it: `sudo chv-doctor check`',
      fix: route,
    }
    expect(under(nat, unread, inside('network', 'sysctl'))).toEqual({
      status: 'unknown',
      code: 'nat/not-readable',
      reason: 'only root sees it; in this container root lacks CAP_NET_ADMIN',
    })
    expect(under(nat, unread, inside('kernel'))).toBe(unread)
  })

  it('knows nothing of the fixes of a user, and asks for nothing where nothing depends on it', () => {
    const own = failing({ id: 'constructor' } as unknown as FixCall)
    expect(under(nat, own, inside('root', 'network'))).toBe(own)
    expect(dependsOnConfinement(nat, own)).toBe(false)
    expect(dependsOnConfinement(nat, { status: 'ok' })).toBe(false)
    expect(dependsOnConfinement(nat, failing(route))).toBe(true)
    expect(dependsOnConfinement(nat, failing({ id: 'fetch-firmware', args: {} }))).toBe(false)
  })
})
