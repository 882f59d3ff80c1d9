import { describe, expect, it } from 'vitest'
import { kvm } from '../../checks/kvm.ts'
import { conclude } from '../helpers/conclude.ts'
import { containerMarks, machine } from '../helpers/container.ts'
import { type FakeFile, type FakeHost, notPermitted } from '../helpers/fake-host.ts'

const gid = 106
const working = { open: 'ok', api: 12, vm: 'ok', vcpu: 'ok' }
const unopened = (open: string) => ({ open, api: null, vm: null, vcpu: null })

interface Situation extends Omit<FakeHost, 'files'> {
  readonly node?: FakeFile | null | Error
  readonly flags?: string
  readonly modules?: readonly string[] | null
  readonly group?: string
  readonly marks?: FakeHost['files']
}

/** A healthy Intel host with udev's usual rule; sky is in group kvm. */
const host = (so: Situation = {}): FakeHost => {
  const { node, flags = 'fpu vmx', modules = ['kvm', 'kvm_intel'], group, marks, ...rest } = so
  return {
    kvm: working,
    user: { groups: [1000, gid] },
    ...rest,
    files: {
      ...machine,
      ...marks,
      '/dev/kvm':
        node === undefined
          ? { info: { type: 'character-device', uid: 0, gid, mode: 0o660 }, access: ['read', 'write'] }
          : node,
      '/proc/cpuinfo': `processor\t: 0\nflags\t\t: ${flags}\nbugs\t\t: x\n`,
      '/sys/module': modules && { names: modules },
      '/etc/group': group ?? `root:x:0:\nkvm:x:${gid}:sky\n`,
    },
  }
}
const device = (info: object): FakeFile => ({
  info: { type: 'character-device', uid: 0, gid, mode: 0o660, ...info },
})
const refused: Situation = { kvm: unopened('EACCES'), node: device({}), user: { groups: [1000] } }

describe('kvm', () => {
  it.each<[string, Situation]>([
    ['vmx', {}],
    ['svm', { flags: 'fpu svm', modules: ['kvm', 'kvm_amd'] }],
    // What the kernel does counts, not what the flags promise.
    ['no flags at all', { flags: 'fpu', modules: null }],
    ['aarch64, which has no such flags', { arch: 'aarch64', flags: '', modules: ['kvm'] }],
  ])('believes the ioctls: %s', async (_, so) => {
    expect(await conclude(kvm, host(so))).toMatchObject({ status: 'ok' })
  })

  it('warns where it works through kvm_pvm, which may also be built in', async () => {
    const verdict = await conclude(kvm, host({ flags: 'fpu hypervisor', modules: ['kvm', 'kvm_pvm'] }))
    expect(verdict).toMatchObject({ status: 'warn', code: 'kvm/without-hardware' })
  })

  it.each([
    ['Intel', 'fpu vmx', 'kvm_intel'],
    ['AMD', 'fpu svm', 'kvm_amd'],
    ['a guest with nested virtualisation', 'fpu vmx hypervisor', 'kvm_intel'],
  ])('offers the module that fits the processor: %s', async (_, flags, module) => {
    for (const modules of [['kvm'], null]) {
      const verdict = await conclude(kvm, host({ kvm: unopened('ENOENT'), node: null, flags, modules }))
      expect(verdict).toMatchObject({
        status: 'fail',
        code: 'kvm/module-not-loaded',
        values: { node: false, module },
        fix: { id: 'load-kvm', args: { module } },
      })
    }
  })

  it.each<[string, Situation, RegExp, string?]>([
    ['the firmware has it off', { flags: 'fpu' }, /BIOS/],
    // Words that merely contain a flag's name are not that flag.
    ['flags look alike', { flags: 'fpu vmx_x no_svm' }, /BIOS/],
    ['a guest without nested virtualisation', { flags: 'fpu hypervisor' }, /nested/],
    ['the driver is there, the node is not', { flags: 'fpu vmx' }, /--device \/dev\/kvm/, 'kvm/no-device'],
    ['arm64', { arch: 'aarch64', flags: '' }, /dmesg/],
  ])('has a hint where no module helps: %s', async (_, so, hint, code = 'kvm/no-hardware') => {
    const verdict = await conclude(kvm, host({ kvm: unopened('ENOENT'), node: null, ...so }))
    expect(verdict).toMatchObject({ status: 'fail', code, hint: expect.stringMatching(hint) })
    expect(verdict).not.toHaveProperty('fix')
  })

  it('says nothing about vmx or BIOS on arm64', async () => {
    const so = { arch: 'aarch64', flags: '', kvm: unopened('ENOENT'), node: null }
    expect(JSON.stringify(await conclude(kvm, host(so)))).not.toMatch(/vmx|VT-x/)
  })

  it('treats a node without a driver behind it as missing', async () => {
    const verdict = await conclude(kvm, host({ kvm: unopened('ENODEV'), modules: [] }))
    expect(verdict).toMatchObject({
      code: 'kvm/module-not-loaded',
      values: { node: true },
      fix: { id: 'load-kvm', args: { module: 'kvm_intel' } },
    })
  })

  it.each<[string, Situation, string, object]>([
    ['not a member', { group: `kvm:x:${gid}:\n` }, 'none', { inGroup: false, groupOwns: true }],
    [
      'a name that only begins like a member',
      { group: `kvm:x:${gid}:skye,ski\n` },
      'none',
      { inGroup: false, groupOwns: true },
    ],
    ['a member since after the login', {}, 'not-in-this-login', { inGroup: true, groupOwns: true }],
    [
      'root owns it alone',
      { node: device({ gid: 0, mode: 0o600 }) },
      'not-the-reason',
      { inGroup: true, groupOwns: false },
    ],
    [
      'the group may only read it',
      { node: device({ mode: 0o640 }) },
      'not-the-reason',
      { inGroup: true, groupOwns: false },
    ],
    ['no group kvm', { group: 'root:x:0:\n' }, 'not-the-reason', { inGroup: false, groupOwns: false }],
    [
      'a member in this session who is refused all the same',
      { user: { groups: [1000, gid] } },
      'not-the-reason',
      { inGroup: true, groupOwns: true },
    ],
    ['nobody to ask the kernel', { kvm: null, group: `kvm:x:${gid}:\n` }, 'none', { inGroup: false }],
  ])('explains a refusal: %s', async (_, so, membership, args) => {
    const verdict = await conclude(kvm, host({ ...refused, ...so }))
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'kvm/no-access',
      values: { user: 'sky', membership },
      fix: { id: 'kvm-access', args: { user: 'sky', ...args } },
    })
  })

  it.each<[string, Situation]>([
    ['root', { ...refused, user: { uid: 0, name: 'root' } }],
    ['a user, by a device cgroup', { ...refused, kvm: unopened('EPERM') }],
  ])('knows a container when it refuses %s, where no fix helps', async (_, so) => {
    const verdict = await conclude(kvm, host(so))
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'kvm/refused-by-container',
      hint: expect.stringContaining('--device /dev/kvm'),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    [['kvm', 'kvm_intel', 'vboxdrv'], 'vboxdrv', /VirtualBox/],
    [['kvm', 'kvm_intel', 'vmmon'], 'vmmon', /VMware/],
    [['kvm', 'kvm_intel'], null, /other hypervisor/],
  ])('names the hypervisor that holds the CPU: %o', async (modules, module, hint) => {
    const verdict = await conclude(kvm, host({ modules, kvm: { ...working, vm: 'EBUSY', vcpu: null } }))
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'kvm/other-hypervisor',
      values: { module },
      hint: expect.stringMatching(hint),
    })
  })

  it.each<[string, Situation, string, object]>([
    ['no machine', { kvm: { ...working, vm: 'ENODEV', vcpu: null } }, 'no-vm', { errno: 'ENODEV' }],
    ['no CPU', { kvm: { ...working, vcpu: 'EINVAL' } }, 'no-vcpu', { errno: 'EINVAL' }],
    ['another driver', { kvm: { ...working, api: -1, vm: 'ENOTTY', vcpu: null } }, 'not-kvm', { api: null }],
    ['another API', { kvm: { ...working, api: 10 } }, 'not-kvm', { api: 10 }],
    ['another errno', { kvm: unopened('EMFILE') }, 'cannot-be-opened', { errno: 'EMFILE' }],
    ['a regular file', { node: { text: '', access: ['read', 'write'] } }, 'not-a-device', { type: 'file' }],
    [
      'a directory',
      { node: { info: { type: 'directory' } }, kvm: unopened('EISDIR') },
      'not-a-device',
      { type: 'directory' },
    ],
  ])('fails on %s', async (_, so, code, values) => {
    expect(await conclude(kvm, host(so))).toMatchObject({ status: 'fail', code: `kvm/${code}`, values })
  })

  const gic = (v2: string, v3: string): Situation => ({
    arch: 'aarch64',
    flags: '',
    modules: ['kvm'],
    kvm: { ...working, gic: { v2, v3 } },
  })

  it('is content with a GICv3 on aarch64, with or without a GICv2', async () => {
    for (const v2 of ['ok', 'ENODEV'])
      expect(await conclude(kvm, host(gic(v2, 'ok')))).toEqual({
        status: 'ok',
        found: 'API 12; a machine and a CPU were created, and a GICv3 is offered',
      })
  })

  it.each([
    ['a board with a GICv2', 'ok', { v2: true, errno: 'ENODEV' }, /GICv2 only/, /Raspberry Pi/],
    ['neither', 'ENODEV', { v2: false, errno: 'ENODEV' }, /no GICv3 \(ENODEV\)/, /hypervisor around it/],
  ])('fails on aarch64 without a GICv3: %s', async (_, v2, values, found, hint) => {
    expect(await conclude(kvm, host(gic(v2, 'ENODEV')))).toMatchObject({
      ...{ status: 'fail', code: 'kvm/no-gicv3', values },
      ...{ found: expect.stringMatching(found), hint: expect.stringMatching(hint) },
    })
  })

  it('has a word for what is in the place of the device', async () => {
    const node = { info: { type: 'other' as const } }
    expect(await conclude(kvm, host({ node, kvm: unopened('ENXIO') }))).toMatchObject({
      found: '/dev/kvm is a FIFO or socket, not a device',
    })
  })

  it('does not claim what it could not try', async () => {
    expect(await conclude(kvm, host({ kvm: null }))).toMatchObject({
      status: 'warn',
      code: 'kvm/not-probed',
    })
    const readOnly = { ...device({}), access: ['read'] as const }
    expect(await conclude(kvm, host({ kvm: null, node: readOnly }))).toMatchObject({
      status: 'fail',
      code: 'kvm/no-access',
    })
  })

  it('does not call a directory that hides it missing', async () => {
    await expect(conclude(kvm, host({ node: notPermitted('/dev/kvm') }))).rejects.toThrow('not permitted')
  })
})

describe('kvm in a container that was not given it', () => {
  const outside: Situation = { kvm: unopened('ENOENT'), node: null }
  it.each([
    ['docker', { '/.dockerenv': '' }, 'docker run --device /dev/kvm'],
    ['podman', { '/run/.containerenv': '' }, '--group-add keep-groups'],
    ['kubernetes', { '/var/run/secrets/kubernetes.io': '', '/.dockerenv': '' }, 'devices.kubevirt.io/kvm'],
    ['lxc', { '/run/systemd/container': 'lxc\n' }, 'c 10:232 rwm'],
    ['lxc', { '/dev/incus': '' }, 'incus config device add NAME kvm'],
    ['other', { '/run/systemd/container': 'systemd-nspawn\n' }, '--device /dev/kvm'],
  ])('says how %s passes it in, and loads no module', async (container, mark, words) => {
    const verdict = await conclude(kvm, host({ ...outside, marks: { ...containerMarks, ...mark } }))
    expect(verdict).toMatchObject({
      status: 'fail',
      code: 'kvm/missing-in-container',
      values: { container },
      hint: expect.stringContaining(words),
    })
    expect(verdict).not.toHaveProperty('fix')
  })

  it.each([
    ['WSL 2, whose systemd calls it a container', { ...containerMarks, '/run/systemd/container': 'wsl\n' }],
    ['a machine made from a container image', { ...machine, '/.dockerenv': '' }],
  ])('is not taken for one: %s', async (_, marks) => {
    const so = { ...outside, marks, flags: 'fpu hypervisor', modules: [] }
    expect(await conclude(kvm, host(so))).toMatchObject({ code: 'kvm/no-hardware' })
  })

  it('names the switch of Windows under WSL 2', async () => {
    const so = { ...outside, flags: 'fpu hypervisor', kernelRelease: '6.6.87.2-microsoft-standard-WSL2' }
    expect(await conclude(kvm, host(so))).toMatchObject({
      code: 'kvm/no-hardware',
      hint: expect.stringContaining('nestedVirtualization=true'),
    })
  })
})
