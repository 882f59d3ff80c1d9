/**
 * Hosts of distributions and services that are not at hand: a recording with the facts in which such a host differs, as
 * far as they are publicly documented. `how` names the source.
 */
import type { DerivedHost } from './derived.ts'

// biome-ignore lint/suspicious/noExplicitAny: facts of any check, read from JSON
type Observations = any

const group = { exists: true, owns: true, listed: false, active: false }
const working = { open: 'ok', api: 12, vm: 'ok', vcpu: 'ok' }
const silent = (open: string) => ({ open, api: null, vm: null, vcpu: null })
const intel = { cpu: { vmx: true, svm: false, virtual: false }, modules: ['kvm', 'kvm_intel'] }
const udevNode = (mode: number) => ({ type: 'character-device', gid: 36, mode })

const system = (observations: Observations, name: string, manager: string | null, release: string) => {
  Object.assign(observations.platform.facts, { name, manager, container: false })
  observations['host-kernel'].facts.release = release
}

/** dpkg is not there, and packages have other names. */
const withoutDpkg = (observations: Observations, names: Readonly<Record<string, string>>) => {
  for (const id of ['qemu-utils', 'dosfstools', 'mtools', 'iproute2']) {
    const { facts } = observations[id]
    facts.state = null
    if (facts.path === null) facts.packages = [names[id] ?? id]
  }
}

const inContainer = (observations: Observations, container: string) => {
  Object.assign(observations.kvm.facts, { container, cpu: intel.cpu, modules: intel.modules })
  Object.assign(observations.tun.facts, { container })
}

const noManager = 'neither systemd-networkd, NetworkManager nor ifupdown runs the network here'

export const publicHosts: readonly DerivedHost[] = [
  {
    name: 'ubuntu-24.04',
    from: 'ufw',
    how: 'Ubuntu 24.04 with ufw, whose user is not in group kvm, in an LXD-free server image (/dev/kvm is root:kvm 0660 there; ubuntu.com/server/docs)',
    change: (observations) => {
      system(observations, 'Ubuntu 24.04.3 LTS', 'apt', '6.8.0-71-generic')
      Object.assign(observations.kvm.facts, {
        ...intel,
        answer: silent('EACCES'),
        node: udevNode(0o660),
        mayReadAndWrite: false,
        group,
      })
      delete observations['boot-probe']
    },
  },
  {
    name: 'alpine-3.22',
    from: 'debian12-bare',
    how: 'Alpine 3.22 with OpenRC, BusyBox and apk, before kvm_intel and tun are loaded, with persist_network (wiki.alpinelinux.org, pages KVM and Configure Networking)',
    change: (observations, config) => {
      config.persist_network = true
      system(observations, 'Alpine Linux v3.22', 'apk', '6.12.40-0-lts')
      withoutDpkg(observations, { 'qemu-utils': 'qemu-img' })
      Object.assign(observations.iproute2.facts, {
        path: '/sbin/ip',
        packages: ['iproute2'],
        broken: '/sbin/ip -j -d addr show ended with code 1: ip: unrecognized option: j',
      })
      Object.assign(observations.kvm.facts, {
        answer: silent('ENOENT'),
        node: null,
        mayReadAndWrite: false,
        cpu: intel.cpu,
        modules: [],
      })
      Object.assign(observations.tun.facts, { node: null, mode: 0, open: 'ENOENT', mayReadAndWrite: false })
      observations['network-persistence'].facts = { problem: noManager }
    },
  },
  {
    name: 'fedora-42',
    from: 'firewalld',
    how: 'Fedora 42 with firewalld, dnf and no iptables (systemd gives /dev/kvm the mode 0666 there; docs.fedoraproject.org)',
    change: (observations) => {
      system(observations, 'Fedora Linux 42 (Server Edition)', 'dnf', '6.15.9-201.fc42.x86_64')
      withoutDpkg(observations, {})
      Object.assign(observations.kvm.facts, { ...intel, answer: working, node: udevNode(0o666), group })
    },
  },
  {
    name: 'arch',
    from: 'debian12-bare',
    how: 'Arch Linux with pacman, without tools (wiki.archlinux.org, page KVM)',
    change: (observations) => {
      system(observations, 'Arch Linux', 'pacman', '6.16.0-arch2-1')
      withoutDpkg(observations, { 'qemu-utils': 'qemu-img' })
      Object.assign(observations.kvm.facts, {
        ...intel,
        answer: working,
        node: udevNode(0o666),
        mayReadAndWrite: true,
        group,
      })
    },
  },
  {
    name: 'nixos-25.05',
    from: 'debian12-ready-root',
    how: 'NixOS 25.05 with Cloud Hypervisor from nixpkgs in the store, with net_admin_capability: always and persist_network (nixos.org/manual, security.wrappers)',
    change: (observations, config) => {
      config.net_admin_capability = 'always'
      config.persist_network = true
      const real = '/nix/store/2n3w1yq6mqjz9y6gk0x7c5b8l4p1s0fd-cloud-hypervisor-53.0/bin/cloud-hypervisor'
      const path = '/run/current-system/sw/bin/cloud-hypervisor'
      system(observations, 'NixOS 25.05 (Warbler)', null, '6.12.41')
      observations.platform.facts.nixos = true
      withoutDpkg(observations, {})
      Object.assign(observations['cloud-hypervisor'].facts.binary, { path, real })
      Object.assign(observations['net-admin'].facts, { path, real })
      observations.libcap = {
        facts: { path: '/run/current-system/sw/bin/setcap', state: null, version: null, broken: null },
      }
      Object.assign(observations.kvm.facts, { ...intel, answer: working, node: udevNode(0o666), group })
      observations['network-persistence'].facts = {
        problem:
          'NixOS makes /etc from configuration.nix, which takes these instead: networking.interfaces, networking.nat, systemd.network',
      }
    },
  },
  {
    name: 'wsl2',
    from: 'debian12-bare',
    how: 'Ubuntu in WSL 2 without systemd and without nested virtualisation, with persist_network (learn.microsoft.com/windows/wsl/wsl-config)',
    change: (observations, config) => {
      config.persist_network = true
      system(observations, 'Ubuntu 24.04.3 LTS', 'apt', '6.6.87.2-microsoft-standard-WSL2')
      Object.assign(observations.kvm.facts, {
        answer: silent('ENOENT'),
        node: null,
        mayReadAndWrite: false,
        wsl: true,
        modules: [],
      })
      observations['network-persistence'].facts = { problem: noManager }
    },
  },
  {
    name: 'docker-container',
    from: 'container',
    how: 'a container of Docker without devices, on a host with VT-x (docs.docker.com, docker run --device)',
    change: (observations) => inContainer(observations, 'docker'),
  },
  {
    name: 'podman-rootless',
    from: 'container',
    how: 'a container of a rootless Podman that got /dev/kvm without the group of its user (docs.podman.io, --group-add keep-groups)',
    change: (observations) => {
      Object.assign(observations.platform.facts, {
        name: 'Fedora Linux 42 (Container Image)',
        manager: 'dnf',
      })
      withoutDpkg(observations, { 'qemu-utils': 'qemu-img', iproute2: 'iproute' })
      inContainer(observations, 'podman')
      Object.assign(observations.kvm.facts, {
        answer: silent('EACCES'),
        node: { type: 'character-device', gid: 65534, mode: 0o660 },
        user: { name: 'root', root: true },
      })
    },
  },
  {
    name: 'kubernetes-pod',
    from: 'container',
    how: 'a pod of Kubernetes without a device plugin (kubernetes.io/docs, device plugins)',
    change: (observations) => inContainer(observations, 'kubernetes'),
  },
  {
    name: 'lxc',
    from: 'container',
    how: 'a system container of LXD with Ubuntu 24.04 (documentation.ubuntu.com/lxd, devices of type unix-char)',
    change: (observations) => {
      inContainer(observations, 'lxc')
      observations.platform.facts.name = 'Ubuntu 24.04.3 LTS'
    },
  },
  {
    name: 'github-runner',
    from: 'docker',
    how: 'a hosted runner of GitHub: Ubuntu 24.04 on Azure with Docker, nested virtualisation and a user outside of group kvm (docs.github.com and github.com/actions/runner-images)',
    change: (observations) => {
      system(observations, 'Ubuntu 24.04.2 LTS', 'apt', '6.11.0-1018-azure')
      Object.assign(observations.kvm.facts, {
        answer: silent('EACCES'),
        node: udevNode(0o660),
        mayReadAndWrite: false,
        cpu: { vmx: false, svm: true, virtual: true },
        modules: ['kvm', 'kvm_amd'],
        group,
      })
      delete observations['boot-probe']
    },
  },
]
