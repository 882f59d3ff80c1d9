/** Whether this is a container, and of what kind: what it lacks comes from outside, and no module is loaded inside. */
import type { Host } from './host.ts'

export type Container = 'kubernetes' | 'podman' | 'docker' | 'lxc' | 'other'

/** What systemd writes of a container (container_types of its documentation), where it is one that we know. */
const bySystemd: Readonly<Record<string, Container>> = {
  podman: 'podman',
  docker: 'docker',
  lxc: 'lxc',
  'lxc-libvirt': 'lxc',
}

/** @returns its kind, or null where this is a machine of its own */
export const findContainer = async (host: Host): Promise<Container | null> => {
  // A machine made from a container image keeps the marks; only a container hides the kernel's threads.
  if ((await host.readText('/proc/2/comm'))?.trim() === 'kthreadd') return null
  const there = async (path: string) => (await host.stat(path)) !== null
  const [systemd, kubernetes, podman, docker, lxd, incus] = await Promise.all([
    host.readText('/run/systemd/container'),
    there('/var/run/secrets/kubernetes.io'),
    there('/run/.containerenv'),
    there('/.dockerenv'),
    there('/dev/lxd'),
    there('/dev/incus'),
  ])
  const word = systemd?.trim() ?? null
  // WSL 2 is a virtual machine, whose systemd has a namespace of its own.
  if (word === 'wsl') return null
  if (kubernetes) return 'kubernetes'
  if (podman) return 'podman'
  if (docker) return 'docker'
  if (lxd || incus) return 'lxc'
  return word === null ? null : (bySystemd[word] ?? 'other')
}

/**
 * How a device of the host gets into a container.
 * @param device its path
 * @param number "MAJOR:MINOR"
 * @param more what Docker and Podman want beside it; empty for nothing
 */
export const passDevice = (container: Container, device: string, number: string, more = ''): string => {
  const outside = `The host outside must have ${device}, and give it away: nothing in here can make it.`
  const name = device.replace(/.*\//, '')
  const options = `--device ${device}${more}`
  switch (container) {
    case 'docker':
      return `${outside} Start the container with \`docker run ${options}\`.`
    case 'podman':
      return `${outside} Start the container with \`podman run ${options}\`, as a user who may open it; for a group of that user also \`--group-add keep-groups\`.`
    case 'kubernetes':
      return `${outside} A pod asks for it as a resource of a device plugin of the cluster (KubeVirt's has \`devices.kubevirt.io/${name}\`); a privileged container with a hostPath volume gets it, too.`
    case 'lxc':
      return `${outside} With Incus or LXD: \`incus config device add NAME ${name} unix-char source=${device} path=${device}\`; with LXC: \`lxc.cgroup2.devices.allow = c ${number} rwm\` and a mount entry in its configuration.`
    default:
      return `${outside} Pass it in (Docker and Podman: ${options}).`
  }
}
