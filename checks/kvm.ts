import { defineCheck, type Verdict } from '../src/contract/check.ts'
import { groupIn } from '../src/host/groups.ts'

interface Facts {
  /** Null: no program here could ask the kernel. */
  readonly answer: { open: string; api: number | null; vm: string | null; vcpu: string | null } | null
  readonly node: { type: string; gid: number; mode: number } | null
  readonly mayReadAndWrite: boolean
  readonly cpu: { vmx: boolean; svm: boolean; virtual: boolean }
  readonly arch: string
  /** Modules that matter here, loaded or built in. */
  readonly modules: readonly string[]
  readonly user: { name: string; root: boolean }
  readonly group: { exists: boolean; owns: boolean; listed: boolean; active: boolean }
}

const interesting = ['kvm', 'kvm_intel', 'kvm_amd', 'kvm_pvm', 'vboxdrv', 'vmmon']

/** The module for this processor, or null when it has no hardware virtualisation to drive. */
const moduleFor = ({ cpu }: Facts): string | null => (cpu.vmx ? 'kvm_intel' : cpu.svm ? 'kvm_amd' : null)

const whyNoHardware = ({ cpu, arch }: Facts): string =>
  // Elsewhere there is no flag and no such switch: arm64 has KVM when its kernel was started in EL2.
  arch !== 'x86_64'
    ? 'Use a machine and a kernel with KVM: `dmesg | grep -i kvm` says what is missing.'
    : cpu.virtual
      ? 'Switch nested virtualisation on in the hypervisor around this machine.'
      : 'Switch VT-x or AMD-V on in the BIOS/UEFI set-up.'

const missing = (facts: Facts): Verdict => {
  const module = moduleFor(facts)
  const found = facts.node ? 'no driver behind /dev/kvm' : 'there is no /dev/kvm'
  const expected = '/dev/kvm, from the kvm modules'
  if (module === null)
    return {
      status: 'fail',
      found: facts.arch === 'x86_64' ? `${found}, and the CPU shows no vmx or svm` : found,
      expected,
      hint: whyNoHardware(facts),
    }
  if (facts.modules.includes(module)) {
    return {
      status: 'fail',
      found: `${found}, although ${module} is loaded`,
      expected,
      hint: 'In a container, pass the device in (--device /dev/kvm); else ask udev: `udevadm trigger`.',
    }
  }
  return {
    status: 'fail',
    found: `${found}; ${module} is not loaded`,
    expected,
    fix: { id: 'load-kvm', args: { module } },
  }
}

const denied = ({ user, group }: Facts): Verdict => ({
  status: 'fail',
  found:
    // A member who is refused all the same (by an ACL, by SELinux) is not told to become one.
    !group.owns || group.active
      ? `${user.name} may not open /dev/kvm`
      : group.listed
        ? `${user.name} is in group kvm, but this login is older than that`
        : `${user.name} is not in group kvm`,
  expected: '/dev/kvm can be opened for reading and writing',
  fix: { id: 'kvm-access', args: { user: user.name, inGroup: group.listed, groupOwns: group.owns } },
})

const noVm = (facts: Facts, errno: string): Verdict => {
  const rival = facts.modules.find((name) => name === 'vboxdrv' || name === 'vmmon')
  const expected = 'KVM creates a virtual machine'
  if (errno === 'EBUSY') {
    return {
      status: 'fail',
      found: `another hypervisor holds the CPU (EBUSY${rival ? `, ${rival}` : ''})`,
      expected,
      hint:
        rival === 'vboxdrv'
          ? 'Stop VirtualBox: `systemctl stop vboxdrv`.'
          : 'Stop the other hypervisor (VirtualBox, VMware) and unload its modules.',
    }
  }
  return {
    status: 'fail',
    found: `KVM refuses to create a machine (${errno})`,
    expected,
    hint: whyNoHardware(facts),
  }
}

export const kvm = defineCheck<'kvm', Facts>({
  id: 'kvm',
  title: 'KVM creates a machine with a CPU',
  group: 'host',
  probe: async (host) => {
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
    return {
      answer,
      node: node && { type: node.type, gid: node.gid, mode: node.mode },
      mayReadAndWrite: read && write,
      cpu: { vmx: flags.has('vmx'), svm: flags.has('svm'), virtual: flags.has('hypervisor') },
      arch: host.arch,
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
    if (node.type !== 'character-device') {
      return {
        status: 'fail',
        found: `/dev/kvm is a ${node.type.replace('-', ' ')}, not a device`,
        expected: 'the character device 10:232',
        hint: 'Remove it, then `udevadm trigger`, or `mknod /dev/kvm c 10 232`.',
      }
    }
    if (!answer) {
      if (!facts.mayReadAndWrite) return denied(facts)
      return {
        status: 'warn',
        found: '/dev/kvm may be opened; its ioctls were not probed',
        expected: 'perl or python3, to ask the kernel',
        hint: 'Install perl-base or python3 and check again.',
      }
    }
    if (answer.open === 'EACCES' || answer.open === 'EPERM') {
      // A device cgroup answers EPERM, and nothing else refuses root: that is a container.
      if (facts.user.root || answer.open === 'EPERM')
        return {
          status: 'fail',
          found: `${facts.user.name} may not open /dev/kvm: a container without it`,
          expected: '/dev/kvm passed in',
          hint: 'Start the container with --device /dev/kvm.',
        }
      return denied(facts)
    }
    if (answer.open === 'ENODEV' || answer.open === 'ENXIO') return missing(facts)
    if (answer.open !== 'ok')
      return {
        status: 'fail',
        found: `/dev/kvm cannot be opened (${answer.open})`,
        expected: 'a working /dev/kvm',
        hint: whyNoHardware(facts),
      }
    const api = answer.api ?? -1
    // KVM_API_VERSION has been 12 since Linux 2.6.22; anything else is another driver.
    if (api !== 12)
      return {
        status: 'fail',
        found: `/dev/kvm does not speak KVM (${api > 0 ? `API version ${api}` : 'no API version'})`,
        expected: 'API version 12',
        hint: 'Remove it, then `udevadm trigger`, or `mknod /dev/kvm c 10 232`.',
      }
    if (answer.vm !== 'ok') return noVm(facts, answer.vm ?? 'no answer')
    if (answer.vcpu !== 'ok')
      return {
        status: 'fail',
        found: `KVM refuses to create a CPU (${answer.vcpu})`,
        expected: 'KVM creates a virtual CPU',
        hint: whyNoHardware(facts),
      }
    if (facts.modules.includes('kvm_pvm')) {
      return {
        status: 'warn',
        found: 'works through kvm_pvm, without hardware support',
        expected: 'vmx or svm: stock guest kernels may not run',
      }
    }
    return { status: 'ok', found: 'API 12; a machine and a CPU were created' }
  },
})
