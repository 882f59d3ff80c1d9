/** Containers, by what starts them. */
import type { Container } from '../../src/host/container.ts'
import { absent, foreign, intel, open } from './kvm-facts.ts'
import type { PublicHost } from './public-host.ts'

const fedora = {
  system: { name: 'Fedora Linux 42 (Container Image)', manager: 'dnf' },
  packages: { 'qemu-utils': 'qemu-img', iproute2: 'iproute' },
}

const asRoot = { user: { name: 'root', root: true } }

/** Neither device was passed in. */
const withoutDevices = (container: Container) => ({
  kvm: { ...absent, ...intel, container },
  tun: { container },
})

export const containers: readonly PublicHost[] = [
  {
    name: 'docker-container',
    from: 'container',
    what: 'a container of Docker without devices, on a host with VT-x: 14 capabilities, /proc/sys read-only',
    source: 'docs.docker.com, docker run --device and --cap-add',
    facts: withoutDevices('docker'),
    confinement: { container: 'docker', withheld: ['network', 'sysctl', 'kernel'] },
  },
  {
    name: 'docker-net-admin',
    from: 'debian12-ready-root',
    what: 'a container of Docker with --device /dev/kvm --device /dev/net/tun --cap-add NET_ADMIN: /proc/sys is read-only all the same, and forwarding is off',
    source: 'docs.docker.com, docker run --sysctl; github.com/moby/moby, oci/defaults.go',
    facts: {
      platform: { container: true },
      kvm: { ...intel, ...open },
      'ip-forward': {
        forwarding: { all: false, preset: false, redirects: true, interfaces: { eth0: false, lo: false } },
      },
    },
    without: ['guest-reach', 'boot-probe'],
    confinement: { container: 'docker', withheld: ['sysctl', 'kernel'] },
  },
  {
    name: 'podman-rootless',
    from: 'container',
    what: 'a container of a rootless Podman that got /dev/kvm without the group of its user',
    source: 'docs.podman.io, --group-add keep-groups',
    ...fedora,
    facts: {
      kvm: { ...foreign, ...intel, ...asRoot, container: 'podman' },
      tun: { container: 'podman' },
    },
    confinement: { container: 'podman', withheld: ['network', 'sysctl', 'devices', 'kernel'] },
  },
  {
    name: 'kubernetes-pod',
    from: 'container',
    what: 'a pod of Kubernetes without a device plugin',
    source: 'kubernetes.io/docs, device plugins',
    facts: withoutDevices('kubernetes'),
    confinement: { container: 'kubernetes', withheld: ['network', 'sysctl', 'kernel'] },
  },
  {
    name: 'kubernetes-restricted',
    from: 'container',
    what: 'a pod under the restricted standard (drop: ALL, allowPrivilegeEscalation: false, runAsNonRoot) with /dev/kvm from the device plugin of KubeVirt',
    source: 'kubernetes.io/docs, Pod Security Standards; github.com/kubevirt/kubernetes-device-plugins',
    facts: { kvm: { ...intel, ...open }, tun: { container: 'kubernetes' } },
    confinement: { container: 'kubernetes', withheld: ['root', 'network', 'sysctl', 'kernel'] },
  },
  {
    name: 'lxc',
    from: 'container',
    what: 'an unprivileged system container of LXD with Ubuntu 24.04: root has all capabilities in a user namespace of its own, and may write /proc/sys/net',
    source: 'documentation.ubuntu.com/lxd, devices of type unix-char; linuxcontainers.org/lxc/security',
    system: { name: 'Ubuntu 24.04.3 LTS' },
    facts: withoutDevices('lxc'),
    confinement: { container: 'lxc', withheld: ['devices', 'kernel'] },
  },
]
