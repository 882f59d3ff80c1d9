/** Words of Kubernetes: its API, the kubelet, and what kubectl and kubeadm print. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const clusterTerms: Terms = [
  [
    /\bResources cannot be allocated with Topology locality\b|\bTopology ?Affinity ?Error\b/i,
    'The topology manager of the kubelet could not take all that the pod asks for (CPUs, huge pages, devices) from NUMA nodes that fit together: the scheduler counts only the sum of the node. Free some there, or choose another topologyManagerPolicy.',
  ],
  [
    /\bPLEG is not healthy\b|\bpleg was last seen active\b|\bpleg has yet to be successful\b/i,
    'PLEG is the part of the kubelet that lists the containers of the node again and again: "not healthy" means that the runtime (containerd, CRI-O) or one of its shims did not answer for minutes, or the node is overloaded.',
  ],
  [
    /\bcannot (?:get|list|watch|create|update|patch|delete|deletecollection|use|impersonate) resource "|\bcannot \w{3,16} resource "\S{1,60}" in API group\b/,
    'The API server of the cluster knows the caller and does not allow it that (RBAC): a Role or ClusterRole with this verb and resource must be bound to that user or service account; `kubectl auth can-i VERB RESOURCE --as=USER` tests it.',
  ],
  [
    /\bThe connection to the server \S{1,120} was refused\b|\bdid you specify the right host or port\b/,
    'kubectl found nobody at the address of its kubeconfig: the API server does not run (yet), or KUBECONFIG names another cluster; on the control plane `sudo crictl ps -a` shows kube-apiserver and etcd.',
  ],
  [
    /\bYou must be logged in to the server\b|\bthe server has asked for the client to provide credentials\b/,
    'The API server of the cluster does not accept the credentials in the kubeconfig: a token or client certificate that expired, or one of another cluster or of before it was made anew; `kubectl config view --minify` shows which is used.',
  ],
  [
    /\bUnable to attach or mount volumes\b|\bunmounted volumes=\[/,
    'The kubelet waited for volumes of the pod, of which those under "unmounted" did not come: an earlier event of the same pod (FailedAttachVolume, FailedMount) or the log of the CSI driver on that node says why.',
  ],
  [
    /\bnot found in the list of registered CSI drivers\b|\bCSINode \S{1,80} does not contain driver\b/,
    'The CSI driver of the volume is not registered with the kubelet of that node: the pod of its DaemonSet does not run there (taints, an image, a crash), or uses another kubelet directory; `kubectl get csinode NODE -o yaml` lists what is.',
  ],
  [
    /\bobject "[^"]{0,60}"\/"[^"]{1,80}" not registered\b/,
    'The kubelet does not know that Secret or ConfigMap (yet): mostly seen while a pod ends or the kubelet starts, and over by itself; where it stays, the object is not there in that namespace.',
  ],
  [
    /\bCreateContainerConfigError\b/,
    'The kubelet could not put the settings of the container together: mostly a Secret or ConfigMap, or a key in it, is missing in the namespace of the pod, or runAsNonRoot does not fit the image. The container was not started.',
  ],
  [
    /\bcgroup driver: \\?"?(?:systemd|cgroupfs)\\?"? is different\b|\bkubelet cgroup driver: /,
    'kubelet and runtime must manage cgroups in the same way: cgroupDriver: systemd in the configuration of the kubelet belongs to SystemdCgroup = true in that of containerd (cgroup_manager = "systemd" in CRI-O).',
  ],
  [
    /\brunning with swap on is not supported\b/,
    'The kubelet does not start on a node with swap unless it is told to: `sudo swapoff -a` and take it out of /etc/fstab (zram and swap units of systemd as well), or set failSwapOn: false.',
  ],
  [
    /\brequested number of devices unavailable for\b|\bno healthy devices present\b|\bcannot allocate unhealthy devices\b/,
    'The kubelet counts fewer usable devices of that kind than the pod was promised: the device plug-in restarted or reports them as unhealthy, or the kubelet just did; `kubectl describe node NODE` shows capacity and allocatable.',
  ],
  [
    /\bpod overhead set without corresponding RuntimeClass\b/,
    'The overhead of a pod comes from its RuntimeClass (overhead.podFixed) and is set by an admission plug-in: a pod must not set another one itself, and a manifest that was copied from a running pod does.',
  ],
  [
    /\berror dialing backend\b/,
    'The API server could not reach the kubelet of that node (port 10250), by which logs, exec and port-forward go: the kubelet does not run, a firewall or konnectivity is in between, or its certificate is not accepted.',
  ],
  [
    /\bMetrics API not available\b|\b(?:could not|unable to|failed to)\b.{0,80}\bmetrics\.k8s\.io\b/,
    '`kubectl top` and the autoscalers need metrics-server in the cluster: it is not installed, not ready, or does not reach the kubelets (their certificates). Pods and VMs run without it.',
  ],
  [
    /\bthe object has been modified; please apply your changes\b/,
    'Two writers changed the same object of the cluster, and the later one must read it again and repeat its change; controllers do that of themselves, so that the line alone is no fault.',
  ],
  [
    /\bfield is immutable\b|\bmay not change once set\b|\bforbidden: updates to \w{1,60} spec for fields other than\b/,
    'The API server does not let that field of an object be changed: leave the field as it was, or delete the object and make it anew (with care where it holds data).',
  ],
  [
    /\bexceeded quota: /,
    'A ResourceQuota of the namespace refuses the pod before it is made: requested and used together are more than limited; the overhead of its RuntimeClass counts as well (`kubectl describe quota -n NAMESPACE`).',
  ],
  [
    /\bpreflight\b.{0,40}\bfatal errors\b|\[ERROR (?:FileContent--|NumCPU|Mem|Swap|Port-\d|FileAvailable--|DirAvailable--|CRI)/,
    'kubeadm checks the node before it changes anything: the name behind ERROR is the check. FileContent--proc-sys-net-bridge… is the module br_netfilter (`sudo modprobe br_netfilter`), FileAvailable and Port what an earlier cluster left (`kubeadm reset`).',
  ],
  [
    /\btoken CA hash does not match\b|\bfailed to get CA certs\b|:\d{4}\/cacerts\b/,
    'An agent of k3s or RKE2 first asks the server for its CA (port 6443, RKE2 9345) and compares it with its token: the server must be reachable there, and the token be the one of this cluster (/var/lib/rancher/k3s/server/node-token, for RKE2 /var/lib/rancher/rke2/server/node-token).',
  ],
  [
    /\bFailed to find memory cgroup\b|\bmemory cgroup (?:is )?(?:not enabled|disabled)\b/,
    'The kernel has its memory controller of cgroups switched off, as Raspberry Pi OS and Debian kernels for it do: add cgroup_enable=memory to the kernel command line and restart that machine; `cat /sys/fs/cgroup/cgroup.controllers` must list memory.',
  ],
]
