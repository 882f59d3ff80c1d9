/** Hosts that are not at hand: a recording with the facts changed in which such a host differs. */
import type { Confinement } from '../../src/host/confinement.ts'

export interface DerivedHost {
  readonly name: string
  /** The name of the recording that it is made from. */
  readonly from: string
  /** What differs, for the file. */
  readonly how: string
  /** Of a container. */
  readonly confinement?: Confinement
  // biome-ignore lint/suspicious/noExplicitAny: facts of any check, read from JSON
  readonly change: (observations: any, config: any) => void
}

const renamed = (text: string): string => text.replaceAll('x86_64', 'aarch64')

const unit = {
  name: 'chv-doctor-guest-1-487d5aa4.service',
  path: '/etc/systemd/system/chv-doctor-guest-1-487d5aa4.service',
}

// biome-ignore lint/suspicious/noExplicitAny: as above
const passThrough = (observations: any, config: any, soundDriver: string) => {
  const card = '0000:01:00.0'
  config.devices = [card]
  const others = [{ address: '0000:01:00.1', driver: soundDriver }]
  const file = { exists: true, usable: true }
  const device = { address: card, driver: 'vfio-pci', group: { number: 12, others }, file }
  observations.vfio = { facts: { user: 'user', devices: [[card, device]] } }
}

export const derivedHosts: readonly DerivedHost[] = [
  {
    name: 'arm64',
    from: 'debian12-ready-root',
    how: 'an aarch64 machine with KVM, whose firmware is still the one for x86_64',
    change: (observations) => {
      for (const [id, { facts }] of Object.entries<{ facts: unknown }>(observations)) {
        if (id !== 'firmware') observations[id] = { facts: JSON.parse(renamed(JSON.stringify(facts))) }
      }
      observations.firmware.facts.arch = 'aarch64'
      Object.assign(observations.kvm.facts, {
        cpu: { vmx: false, svm: false, virtual: false },
        modules: [],
        group: { exists: true, owns: true, listed: true, active: true },
      })
      observations.kvm.facts.answer.gic = { v2: 'ENODEV', v3: 'ok' }
      Object.assign(observations.platform.facts, { container: false })
    },
  },
  {
    name: 'arm64-gicv2',
    from: 'arm64',
    how: 'a board with a GICv2, as Raspberry Pi 5 is',
    change: (observations) => {
      observations.kvm.facts.answer.gic = { v2: 'ok', v3: 'ENODEV' }
    },
  },
  {
    name: 'guest-unit',
    from: 'debian12-ready-root',
    how: 'a host whose guest systemd is to run, with the unit that is not enabled yet',
    change: (observations, config) => {
      config.guest_unit = true
      observations.limits.facts.own = null
      observations['guest-unit'] = { facts: { ...unit, file: 'same', enabled: false } }
    },
  },
  {
    name: 'nested',
    from: 'debian12-ready-root',
    how: 'a virtual machine whose hypervisor offers SVM, and whose guest systemd runs',
    change: (observations, config) => {
      config.guest_unit = true
      observations.limits.facts.own = null
      observations['guest-unit'] = { facts: { ...unit, file: 'same', enabled: true } }
      Object.assign(observations.kvm.facts, {
        cpu: { vmx: false, svm: true, virtual: true },
        modules: ['kvm', 'kvm_amd'],
        group: { exists: true, owns: true, listed: true, active: true },
      })
      Object.assign(observations.platform.facts, { container: false })
    },
  },
  {
    name: 'nested-off',
    from: 'debian12-bare',
    how: 'a virtual machine whose hypervisor offers no virtualisation',
    change: (observations) => {
      Object.assign(observations.kvm.facts, {
        answer: { open: 'ENOENT' },
        node: null,
        mayReadAndWrite: false,
        cpu: { vmx: false, svm: false, virtual: true },
        modules: [],
      })
      Object.assign(observations.platform.facts, { container: false })
    },
  },
  {
    name: 'riscv64-old-and-full',
    from: 'kernel-build',
    how: 'a riscv64 machine with an old kernel, no tools and a full disk, in a LAN of 192.168.0.0/16',
    change: (observations, config) => {
      const none = { path: null, state: 'absent', version: null, broken: null }
      Object.assign(observations.platform.facts, { arch: 'riscv64', container: false, manager: null })
      observations['host-kernel'].facts.release = '5.10.0-32-riscv64'
      Object.assign(observations['disk-space'].facts, { disk: false, free: 200 * 2 ** 20, kernel: false })
      Object.assign(observations.memory.facts, { total: 256 * 2 ** 20, available: 100 * 2 ** 20 })
      for (const id of ['iproute2', 'libcap']) observations[id].facts = none
      Object.assign(observations['libelf-dev'].facts, { header: null, state: 'absent' })
      observations['kernel-build-tools'].facts.missing = ['flex', 'bison']
      config.network = 'tap'
    },
  },
  {
    name: 'overlay-network',
    from: 'debian12-ready-root',
    how: 'an uplink with an MTU of 1450, as in an overlay network',
    change: (observations) => {
      observations['tap-mtu'].facts.outlet.mtu = 1450
    },
  },
  {
    name: 'limited-session',
    from: 'debian12-ready-root',
    how: 'a session whose slice has a limit of 256 MiB, and whose shell one of 64 open files',
    change: (observations) => {
      Object.assign(observations.limits.facts, {
        memory: [
          {
            file: '/sys/fs/cgroup/user.slice/user-1000.slice/memory.max',
            max: 256 * 2 ** 20,
            used: 30 * 2 ** 20,
          },
        ],
      })
      observations.limits.facts.own.shellFiles = 64
    },
  },
  {
    name: 'passthrough',
    from: 'debian12-ready-root',
    how: 'a graphics card for the guest, with its sound device in the same IOMMU group, both bound to vfio-pci',
    change: (observations, config) => passThrough(observations, config, 'vfio-pci'),
  },
  {
    name: 'passthrough-half-bound',
    from: 'debian12-ready-root',
    how: 'the same, whose sound device the host still uses, for a user who may lock 8 MiB',
    change: (observations, config) => {
      passThrough(observations, config, 'snd_hda_intel')
      observations.limits.facts.own.lockedMemory = 8 * 2 ** 20
    },
  },
  {
    name: 'selinux-denial',
    from: 'debian12-ready-root',
    how: 'SELinux in force, which refused the disk',
    change: (observations) => {
      observations.denials.facts = {
        modules: ['SELinux'],
        isRead: true,
        denial: {
          module: 'SELinux',
          program: 'cloud-hyperviso',
          action: 'read write',
          object: 'resolute.raw',
          domain: 'system_u:system_r:svirt_t:s0',
          times: 2,
        },
      }
    },
  },
  {
    name: 'untuned',
    from: 'debian12-ready-root',
    how: 'an AMD machine with most settings that advice is about, for production',
    change: (observations, config) => {
      config.profile = 'production'
      const facts = {
        'io-uring': { disabled: 2, exempt: true, seccomp: '0' },
        thp: { mode: 'never' },
        'cpu-governor': { governor: 'powersave', driver: 'acpi-cpufreq' },
        reflink: { type: 'xfs' },
        apicv: { module: 'kvm_amd', on: false },
        ksm: { run: '1' },
        'cpu-vulnerabilities': {
          states: [{ name: 'mds', state: 'Mitigation: Clear CPU buffers; SMT vulnerable' }],
          known: true,
          smt: true,
          off: false,
        },
        'swap-encryption': [{ path: '/dev/sda2', encrypted: false }],
        nested: { module: 'kvm_amd', on: true },
        'kvm-permissions': { mode: 0o666 },
      }
      for (const [id, one] of Object.entries(facts)) observations[id] = { facts: one }
    },
  },
  {
    name: 'bridge-docker',
    from: 'bridge',
    how: 'Docker beside the bridge, whose policy drops what br_netfilter hands to it',
    change: (observations) => {
      observations['bridge-filter'].facts.blocker = {
        direction: 'out',
        certain: true,
        place: 'iptables-nft filter FORWARD',
        rule: null,
        manager: 'Docker',
      }
    },
  },
  {
    name: 'lan-in-the-way',
    from: 'debian12-ready-root',
    how: 'a LAN of 192.168.0.0/16 at the uplink, and name servers that do not answer',
    change: (observations) => {
      observations['subnet-conflict'].facts.neighbours.push({ subnet: '192.168.1.10/16', device: 'eth0' })
      Object.assign(observations['guest-reach'].facts.reach, { answered: [] })
      observations['guest-reach'].facts.answersHost = true
      observations['guest-dns'].facts.guest = [{ address: '203.0.113.53', answer: 'silent' }]
    },
  },
]
