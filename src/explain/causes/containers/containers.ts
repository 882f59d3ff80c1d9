/** What Docker, containerd and Kubernetes say before any VM is there. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const kubernetes = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/'

/** Clusters run anything: something in the text must belong to virtual machines. */
const aboutMachines = ({ says }: Evidence): boolean =>
  says(/virt|kata|cloud[- ]?hypervisor|\bclh\b|\bvms?\b|kubevirt|runtimeclass|sandbox|dev_cli|\bchv?\b/i)

export const containers: readonly Cause[] = [
  {
    id: 'kvm-owner-unmapped',
    line: [/\b(?:65534|nobody)[: ]\s*(?:65534|nogroup|nobody)\b.{0,60}\/dev\/kvm\b/],
    what: 'Here /dev/kvm belongs to 65534 (nobody): its real owner and group are not mapped into this user namespace, so that no membership counts.',
    why: 'In a pod with hostUsers: false, or a rootless container, groups of the host that are not mapped are shown as 65534 and give no access (EACCES), whatever supplementalGroups says.',
    hint: 'Map the group of the device into the namespace (rootless Podman: `--group-add keep-groups`), use a device plugin, or give /dev/kvm of the node the mode 0666 where all on it may start VMs.',
    check: 'kvm',
    reference: 'https://man7.org/linux/man-pages/man7/user_namespaces.7.html',
    confidence: 'likely',
  },
  {
    id: 'docker-not-reached',
    line: [
      /[Cc]annot connect to the Docker daemon(?: at (?<place>\S{1,120}?)\.?)? /,
      /permission denied while trying to connect to the [Dd]ocker (?:daemon socket|API)(?: at (?<place>\S{1,120}))?/,
      /docker: (?:command )?not found$/,
      /unable to pull \S{0,80}cloud-hypervisor\S{0,80}/,
    ],
    needs: (evidence) =>
      aboutMachines(evidence) || /Docker daemon (?:at|socket)|docker API/i.test(evidence.text),
    what: 'Docker could not be used: its daemon does not run, this user may not use it, or the image cannot be pulled.',
    why: 'The container of the build (dev_cli.sh) and tools around VMs call Docker. "Permission denied" means that the user is not in the group docker; "Is the daemon running" that the service is not started. Cloud Hypervisor itself was not reached.',
    hint: '`sudo systemctl start docker`; join the group (`sudo usermod -aG docker $USER`, then log in again) or use sudo. To run Cloud Hypervisor no Docker is needed: `chv-doctor fix install-cloud-hypervisor` gets the static binary.',
    reference: doc('building.md'),
    confidence: 'likely',
  },
  {
    id: 'cluster-network-plugin',
    line: [
      /failed to (?:setup|set up|create) network for sandbox .{0,300}/i,
      /plugin type="(?<plugin>[\w-]{1,40})"(?: name="[^"]{0,60}")? failed \(add\)/,
      /(?:cni config uninitialized|NetworkPlugin cni failed|network is not ready: .{0,40}cni)/i,
    ],
    what: 'The network plugin of the cluster (CNI) {plugin|} could not make the network of the pod: that is before any VM is started.',
    why: 'The message behind it is of the plugin: its pod does not run on that node, its files in /etc/cni/net.d or /opt/cni/bin are missing, or it has no address left. Cloud Hypervisor and Kata were not reached.',
    hint: 'See `kubectl get pods -n kube-system -o wide` for the plugin on that node and its log, `ls /etc/cni/net.d /opt/cni/bin`, and whether an ordinary pod (runc) starts there.',
    reference: 'https://www.cni.dev/docs/',
    confidence: 'likely',
  },
  {
    id: 'cluster-no-node',
    line: [/(?<!preemption: )(?<counts>\d+\/\d+ nodes are available: (?!.{0,200}kubevirt\.io\/kvm).{1,300})/],
    what: 'The scheduler found no node for the pod: {counts|see the message}.',
    why: 'No VM was tried. The message counts the reasons: a nodeSelector (the RuntimeClass of Kata brings one, such as katacontainers.io/kata-runtime=true) that no node carries, taints, or too little memory or CPU, to which the overhead of the RuntimeClass is added. Insufficient NAME/DEVICE: no node offers that device (its device plug-in does not run), for devices.kubevirt.io/kvm no node has /dev/kvm.',
    hint: 'Compare `kubectl describe runtimeclass NAME` and the pod with `kubectl get nodes --show-labels`; `kubectl describe nodes | grep -A8 "Allocated resources"` shows what requests hold. Label the nodes (or deploy kata-deploy there), or ask for less.',
    reference: kubernetes,
    confidence: 'likely',
  },
  {
    id: 'container-not-privileged',
    line: [
      /(?:open|mknod|mount|ioctl)\S* ?(?<file>\/dev\/(?:kvm|net\/tun|vhost-\w+|vfio\/\w+)).{0,40}operation not permitted/i,
      /\/dev\/(?:kvm|vhost-net|vhost-vsock).{0,40}[Oo]peration not permitted/,
    ],
    what: 'A container is not permitted to use {file|a device of the host} (operation not permitted, EPERM).',
    why: 'Its list of devices (device cgroup) does not hold it: the mode of the file has no part in this.',
    hint: 'Give it the devices: `docker run --device /dev/kvm --device /dev/net/tun --cap-add NET_ADMIN …`; in Kubernetes a device plugin or a privileged pod.',
    check: 'kvm',
    reference: doc('README.md#host-os'),
    confidence: 'likely',
  },
]
