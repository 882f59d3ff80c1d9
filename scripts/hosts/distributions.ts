/** Machines with the distributions that Cloud Hypervisor is started on. */
import { absent, intel, nestedAmd, nestedIntel, open, refused } from './kvm-facts.ts'
import type { PublicHost } from './public-host.ts'

const noManager = {
  problem: 'neither systemd-networkd, NetworkManager nor ifupdown runs the network here',
}

/** AppArmor is in force and has refused nothing to Cloud Hypervisor. */
const appArmor = { modules: ['AppArmor'], isRead: false, denial: null }

const noTunModule = { node: null, mode: 0, open: 'ENOENT', mayReadAndWrite: false }

/** Of Nix. */
const store = {
  path: '/run/current-system/sw/bin/cloud-hypervisor',
  real: '/nix/store/2n3w1yq6mqjz9y6gk0x7c5b8l4p1s0fd-cloud-hypervisor-53.0/bin/cloud-hypervisor',
}

const installed = { executable: true, type: 'file' }

export const distributions: readonly PublicHost[] = [
  {
    name: 'ubuntu-24.04',
    from: 'ufw',
    what: 'Ubuntu 24.04 with ufw, whose user is not in group kvm: /dev/kvm is root:kvm 0660, AppArmor is in force and restricts user namespaces',
    source: 'ubuntu.com/server/docs; ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces',
    system: { name: 'Ubuntu 24.04.3 LTS', manager: 'apt', release: '6.8.0-71-generic' },
    facts: { kvm: { ...intel, ...refused }, denials: appArmor },
    without: ['boot-probe'],
  },
  {
    name: 'ubuntu-26.04',
    from: 'debian12-ready-root',
    what: 'Ubuntu Server 26.04 whose network netplan gives to systemd-networkd, with persist_network, beside LXD from its snap, which has a bridge of its own',
    source: 'netplan.readthedocs.io; documentation.ubuntu.com/lxd, networks of type bridge',
    config: { persist_network: true },
    system: { name: 'Ubuntu 26.04 LTS', manager: 'apt', release: '7.0.0-14-generic' },
    facts: {
      kvm: {
        ...intel,
        ...refused,
        group: { exists: true, owns: true, listed: true, active: true },
        answer: open.answer,
        mayReadAndWrite: true,
      },
      denials: appArmor,
      'subnet-conflict': {
        neighbours: [
          { subnet: '127.0.0.1/8', device: 'lo' },
          { subnet: '198.51.100.2/24', device: 'eth0' },
          { subnet: '10.142.37.1/24', device: 'lxdbr0' },
        ],
      },
      'network-persistence': { manager: 'networkd', missing: [], enabled: true },
    },
  },
  {
    name: 'alpine-3.22',
    from: 'debian12-bare',
    what: 'Alpine 3.22 with OpenRC, BusyBox and apk, before kvm_intel and tun are loaded, with persist_network',
    source: 'wiki.alpinelinux.org, pages KVM and Configure Networking',
    config: { persist_network: true },
    system: { name: 'Alpine Linux v3.22', manager: 'apk', release: '6.12.40-0-lts' },
    packages: { 'qemu-utils': 'qemu-img' },
    facts: {
      iproute2: {
        path: '/sbin/ip',
        packages: ['iproute2'],
        broken: '/sbin/ip -j -d addr show ended with code 1: ip: unrecognized option: j',
      },
      kvm: { ...absent, cpu: intel.cpu, modules: [] },
      tun: noTunModule,
      'network-persistence': noManager,
    },
  },
  {
    name: 'fedora-42',
    from: 'firewalld',
    what: 'Fedora 42 with firewalld, dnf and no iptables: systemd gives /dev/kvm the mode 0666 there',
    source: 'docs.fedoraproject.org',
    system: { name: 'Fedora Linux 42 (Server Edition)', manager: 'dnf', release: '6.15.9-201.fc42.x86_64' },
    packages: {},
    facts: { kvm: { ...intel, ...open }, denials: { modules: ['SELinux'], isRead: true, denial: null } },
  },
  {
    name: 'fedora-42-selinux',
    from: 'debian12-ready-root',
    what: 'Fedora 42 with SELinux in force, whose guest was started by a service and refused its disk below /home',
    source:
      'docs.redhat.com, Using SELinux, troubleshooting: the record of a denial in /var/log/audit/audit.log',
    system: { name: 'Fedora Linux 42 (Server Edition)', manager: 'dnf', release: '6.15.9-201.fc42.x86_64' },
    packages: {},
    facts: {
      kvm: { ...intel, ...open },
      denials: {
        modules: ['SELinux'],
        isRead: true,
        denial: {
          module: 'SELinux',
          program: 'cloud-hyperviso',
          action: 'read write',
          object: 'resolute.raw',
          domain: 'system_u:system_r:init_t:s0',
          times: 1,
        },
      },
    },
  },
  {
    name: 'arch',
    from: 'debian12-bare',
    what: 'Arch Linux with pacman, without tools',
    source: 'wiki.archlinux.org, page KVM',
    system: { name: 'Arch Linux', manager: 'pacman', release: '6.16.0-arch2-1' },
    packages: { 'qemu-utils': 'qemu-img' },
    facts: { kvm: { ...intel, ...open } },
  },
  {
    name: 'nixos-25.05',
    from: 'debian12-ready-root',
    what: 'NixOS 25.05 with Cloud Hypervisor from nixpkgs in the store, with net_admin_capability: always and persist_network',
    source: 'nixos.org/manual, security.wrappers',
    config: { net_admin_capability: 'always', persist_network: true },
    system: { name: 'NixOS 25.05 (Warbler)', manager: null, release: '6.12.41' },
    packages: {},
    facts: {
      platform: { nixos: true },
      'cloud-hypervisor': { binary: { ...store, ...installed } },
      'net-admin': store,
      libcap: { path: '/run/current-system/sw/bin/setcap', state: null, version: null, broken: null },
      kvm: { ...intel, ...open },
      'network-persistence': {
        problem:
          'NixOS makes /etc from configuration.nix, which takes these instead: networking.interfaces, networking.nat, systemd.network',
      },
    },
  },
  {
    name: 'wsl2',
    from: 'debian12-bare',
    what: 'Ubuntu in WSL 2 without systemd and without nested virtualisation, with persist_network',
    source: 'learn.microsoft.com/windows/wsl/wsl-config',
    config: { persist_network: true },
    system: { name: 'Ubuntu 24.04.3 LTS', manager: 'apt', release: '6.6.87.2-microsoft-standard-WSL2' },
    facts: { kvm: { ...absent, wsl: true, modules: [] }, 'network-persistence': noManager },
  },
  {
    name: 'wsl2-nested',
    from: 'debian12-bare',
    what: 'Ubuntu in WSL 2 on Windows 11, where nestedVirtualization is on by default: kvm_intel is loaded, and the user is not in group kvm',
    source: 'learn.microsoft.com/windows/wsl/wsl-config, nestedVirtualization',
    system: { name: 'Ubuntu 24.04.3 LTS', manager: 'apt', release: '6.6.87.2-microsoft-standard-WSL2' },
    facts: { kvm: { ...nestedIntel, ...refused, wsl: true } },
  },
  {
    name: 'github-runner',
    from: 'docker',
    what: 'a hosted runner of GitHub: Ubuntu 24.04 on Azure with Docker, nested virtualisation and a user outside of group kvm',
    source: 'docs.github.com and github.com/actions/runner-images',
    system: { name: 'Ubuntu 24.04.2 LTS', manager: 'apt', release: '6.11.0-1018-azure' },
    facts: { kvm: { ...nestedAmd, ...refused } },
    without: ['boot-probe'],
  },
]
