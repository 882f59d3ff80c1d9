import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { finding } from '../src/contract/finding.ts'
import { type Container, findContainer, passDevice } from '../src/host/container.ts'
import { type FileInfo, typeWord } from '../src/host/files.ts'
import { groupIn } from '../src/host/groups.ts'
import type { KvmAnswer } from '../src/host/host.ts'
import { enableHardware, type Hardware } from './shared/hardware.ts'

interface Facts {
  /** Null: no program here could ask the kernel. */
  readonly answer: KvmAnswer | null
  readonly node: { type: FileInfo['type']; gid: number; mode: number } | null
  readonly mayReadAndWrite: boolean
  readonly cpu: { vmx: boolean; svm: boolean; virtual: boolean }
  readonly arch: string
  /** The container that this is, where the device is missing; what was recorded before has none. */
  readonly container?: Container
  /** Whether Windows runs this machine (WSL 2). */
  readonly wsl?: boolean
  /** Modules that matter here, loaded or built in. */
  readonly modules: readonly string[]
  readonly user: { name: string; root: boolean }
  readonly group: { exists: boolean; owns: boolean; listed: boolean; active: boolean }
}

const interesting = ['kvm', 'kvm_intel', 'kvm_amd', 'kvm_pvm', 'vboxdrv', 'vmmon']

const noDevice = ({ node }: { node: boolean }) =>
  node ? 'no driver behind /dev/kvm' : 'there is no /dev/kvm'

const passIn =
  'Start the container with --device /dev/kvm; a rootless Podman also with `--group-add keep-groups`, by a user who may open it.'
const remake = 'Remove it, then `udevadm trigger`, or `mknod /dev/kvm c 10 232`.'

const findings = {
  'no-hardware': finding<Hardware & { node: boolean }>({
    found: ({ node, arch }) =>
      `${noDevice({ node })}${arch === 'x86_64' ? ', and the CPU shows no vmx or svm' : ''}`,
    expected: '/dev/kvm, from the kvm modules',
    hint: enableHardware,
  }),
  'missing-in-container': finding<{ container: Container }>({
    found: 'there is no /dev/kvm in this container',
    expected: '/dev/kvm passed in',
    hint: ({ container }) => passDevice(container, '/dev/kvm', '10:232'),
  }),
  'no-device': finding<{ node: boolean; module: string }>({
    found: ({ node, module }) => `${noDevice({ node })}, although ${module} is loaded`,
    expected: '/dev/kvm, from the kvm modules',
    hint: 'In a container, pass the device in (--device /dev/kvm); else make udev create it: `udevadm trigger`.',
  }),
  'module-not-loaded': finding<{ node: boolean; module: string }>({
    found: ({ node, module }) => `${noDevice({ node })}; ${module} is not loaded`,
    expected: '/dev/kvm, from the kvm modules',
  }),
  'not-a-device': finding<{ type: FileInfo['type'] }>({
    found: ({ type }) => `/dev/kvm is a ${typeWord(type)}, not a device`,
    expected: 'the character device 10:232',
    hint: remake,
  }),
  'no-access': finding<{ user: string; membership: 'none' | 'not-in-this-login' | 'not-the-reason' }>({
    found: ({ user, membership }) =>
      ({
        none: `${user} is not in group kvm`,
        'not-in-this-login': `${user} is in group kvm, but this login began before that`,
        'not-the-reason': `${user} may not open /dev/kvm`,
      })[membership],
    expected: '/dev/kvm can be opened for reading and writing',
  }),
  'refused-by-container': finding<{ user: string }>({
    found: ({ user }) => `${user} may not open /dev/kvm: a container without it`,
    expected: '/dev/kvm passed in',
    hint: passIn,
  }),
  'cannot-be-opened': finding<Hardware & { errno: string }>({
    found: ({ errno }) => `/dev/kvm cannot be opened (${errno})`,
    expected: 'a working /dev/kvm',
    hint: enableHardware,
  }),
  'not-probed': finding({
    found: '/dev/kvm may be opened; its ioctls were not probed',
    expected: 'perl or python3, to ask the kernel',
    hint: 'Install perl-base or python3 and check again.',
  }),
  'not-kvm': finding<{ api: number | null }>({
    found: ({ api }) =>
      `/dev/kvm does not answer as KVM does (${api === null ? 'no API version' : `API version ${api}`})`,
    expected: 'API version 12',
    hint: remake,
  }),
  'other-hypervisor': finding<{ module: string | null }>({
    found: ({ module }) => `another hypervisor holds the CPU (EBUSY${module ? `, ${module}` : ''})`,
    expected: 'KVM creates a virtual machine',
    hint: ({ module }) =>
      module === 'vboxdrv'
        ? 'Stop VirtualBox: `systemctl stop vboxdrv`.'
        : 'Stop the other hypervisor (VirtualBox, VMware) and unload its modules.',
  }),
  'no-vm': finding<Hardware & { errno: string | null }>({
    found: ({ errno }) => `KVM refuses to create a machine (${errno ?? 'no answer'})`,
    expected: 'KVM creates a virtual machine',
    hint: enableHardware,
  }),
  'no-vcpu': finding<Hardware & { errno: string | null }>({
    found: ({ errno }) => `KVM refuses to create a CPU (${errno ?? 'no answer'})`,
    expected: 'KVM creates a virtual CPU',
    hint: enableHardware,
  }),
  'no-gicv3': finding<{ v2: boolean; errno: string | null }>({
    found: ({ v2, errno }) =>
      v2 ? 'KVM offers a guest a GICv2 only' : `KVM offers a guest no GICv3 (${errno ?? 'no answer'})`,
    expected: 'a GICv3, the one interrupt controller that Cloud Hypervisor gives a guest on aarch64',
    hint: ({ v2 }) =>
      v2
        ? 'This board has a GICv2, as Raspberry Pi 4 and 5 do: use a machine with a GICv3.'
        : 'Use a machine with a GICv3; in a virtual machine, have the hypervisor around it give it one.',
  }),
  'without-hardware': finding({
    found: 'works through kvm_pvm, without hardware support',
    expected: 'vmx or svm: stock guest kernels may not run',
  }),
}

type KvmVerdict = Verdict<typeof findings>

/** The module for this processor, or null when it has no hardware virtualisation to drive. */
const moduleFor = ({ cpu }: Facts): string | null => (cpu.vmx ? 'kvm_intel' : cpu.svm ? 'kvm_amd' : null)

const hardwareOf = ({ arch, cpu, wsl }: Facts): Hardware => ({
  arch,
  virtual: cpu.virtual,
  ...(wsl ? { wsl } : {}),
})

const missing = (facts: Facts): KvmVerdict => {
  const module = moduleFor(facts)
  const node = facts.node !== null
  // Whatever the CPU shows: the device comes from outside, and no module can be loaded in here.
  if (facts.container !== undefined)
    return { status: 'fail', code: 'missing-in-container', values: { container: facts.container } }
  if (module === null) return { status: 'fail', code: 'no-hardware', values: { node, ...hardwareOf(facts) } }
  if (facts.modules.includes(module)) return { status: 'fail', code: 'no-device', values: { node, module } }
  return {
    status: 'fail',
    code: 'module-not-loaded',
    values: { node, module },
    fix: { id: 'load-kvm', args: { module } },
  }
}

const denied = ({ user, group }: Facts): KvmVerdict => ({
  status: 'fail',
  code: 'no-access',
  values: {
    user: user.name,
    // A member who is refused all the same (by an ACL, by SELinux) is not told to join the group.
    membership: !group.owns || group.active ? 'not-the-reason' : group.listed ? 'not-in-this-login' : 'none',
  },
  fix: { id: 'kvm-access', args: { user: user.name, inGroup: group.listed, groupOwns: group.owns } },
})

const noVm = (facts: Facts, errno: string | null): KvmVerdict => {
  if (errno !== 'EBUSY') return { status: 'fail', code: 'no-vm', values: { errno, ...hardwareOf(facts) } }
  const module = facts.modules.find((name) => name === 'vboxdrv' || name === 'vmmon') ?? null
  return { status: 'fail', code: 'other-hypervisor', values: { module } }
}

export const kvm = defineCheck({
  id: 'kvm',
  title: 'KVM creates a machine with a CPU',
  group: 'host',
  beforeBoot: 'required',
  findings,
  probe: async (host): Promise<Facts> => {
    const [answer, node, cpuinfo, modules, groupFile, read, write] = await Promise.all([
      host.askKvm(),
      host.stat('/dev/kvm'),
      host.readText('/proc/cpuinfo'),
      // Not /proc/modules: it leaves out what is built into the kernel.
      host.list('/sys/module'),
      host.readText('/etc/group'),
      host.canAccess('/dev/kvm', 'read'),
      host.canAccess('/dev/kvm', 'write'),
    ])
    const flags = new Set(
      /^flags\s*:(.*)$/m
        .exec(cpuinfo ?? '')?.[1]
        ?.trim()
        .split(/\s+/),
    )
    const group = groupIn(groupFile ?? '', 'kvm')
    const container = node === null ? await findContainer(host) : null
    return {
      answer,
      node: node && { type: node.type, gid: node.gid, mode: node.mode },
      mayReadAndWrite: read && write,
      cpu: { vmx: flags.has('vmx'), svm: flags.has('svm'), virtual: flags.has('hypervisor') },
      arch: host.arch,
      ...(container === null ? {} : { container }),
      ...(/microsoft/i.test(host.kernelRelease) ? { wsl: true } : {}),
      modules: interesting.filter((name) => modules?.includes(name)),
      user: { name: host.user.name, root: host.user.uid === 0 },
      group: {
        exists: group !== null,
        owns: group !== null && node?.gid === group.gid && (node.mode & 0o060) === 0o060,
        listed: group?.members.includes(host.user.name) ?? false,
        active: group !== null && host.user.groups.includes(group.gid),
      },
    }
  },
  judge: (facts) => {
    const { answer, node } = facts
    if (!node || answer?.open === 'ENOENT') return missing(facts)
    if (node.type !== 'character-device')
      return { status: 'fail', code: 'not-a-device', values: { type: node.type } }
    if (!answer) return facts.mayReadAndWrite ? { status: 'warn', code: 'not-probed' } : denied(facts)
    if (answer.open === 'EACCES' || answer.open === 'EPERM') {
      // A device cgroup answers EPERM, and nothing else refuses root: that is a container.
      return facts.user.root || answer.open === 'EPERM'
        ? { status: 'fail', code: 'refused-by-container', values: { user: facts.user.name } }
        : denied(facts)
    }
    if (answer.open === 'ENODEV' || answer.open === 'ENXIO') return missing(facts)
    const hardware = hardwareOf(facts)
    if (answer.open !== 'ok')
      return { status: 'fail', code: 'cannot-be-opened', values: { errno: answer.open, ...hardware } }
    const api = answer.api ?? -1
    // KVM_API_VERSION has been 12 since Linux 2.6.22; anything else is another driver.
    if (api !== 12) return { status: 'fail', code: 'not-kvm', values: { api: api > 0 ? api : null } }
    if (answer.vm !== 'ok') return noVm(facts, answer.vm)
    if (answer.vcpu !== 'ok')
      return { status: 'fail', code: 'no-vcpu', values: { errno: answer.vcpu, ...hardware } }
    const { gic } = answer
    if (gic && gic.v3 !== 'ok')
      return { status: 'fail', code: 'no-gicv3', values: { v2: gic.v2 === 'ok', errno: gic.v3 } }
    if (facts.modules.includes('kvm_pvm')) return { status: 'warn', code: 'without-hardware' }
    return {
      status: 'ok',
      found: `API 12; a machine and a CPU were created${gic ? ', and a GICv3 is offered' : ''}`,
    }
  },
})
