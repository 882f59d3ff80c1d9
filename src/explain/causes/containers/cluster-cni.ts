/** What the plug-ins of a cluster's network (CNI) say when they cannot make the network of a pod. */
import type { Cause } from '../../cause.ts'

const cni = 'https://www.cni.dev/docs/'
const addons = 'https://kubernetes.io/docs/concepts/cluster-administration/addons/'

const before = 'No VM and no container was started yet.'

export const clusterCni: readonly Cause[] = [
  {
    id: 'cni-flannel-not-ready',
    line: [/(?:loadFlannelSubnetEnv failed|open \/run\/flannel\/subnet\.env: no such file)/],
    what: 'flannel has not written /run/flannel/subnet.env on that node, so pods there get no network.',
    why: `Its own pod on that node does not run: the node has no podCIDR (kubeadm init without --pod-network-cidr), br_netfilter is not loaded, or its image is missing. ${before}`,
    hint: '`kubectl -n kube-flannel get pods -o wide` and `kubectl -n kube-flannel logs ds/kube-flannel-ds`; `sudo modprobe br_netfilter`; the range in its ConfigMap (10.244.0.0/16 by default) must be the one of the cluster.',
    reference: addons,
    confidence: 'likely',
  },
  {
    id: 'cni-calico-not-ready',
    line: [
      /stat \/var\/lib\/calico\/nodename: no such file|check that the calico\/node container is running/,
    ],
    what: 'Calico is not running on that node: its pod calico-node has not written /var/lib/calico/nodename.',
    why: `calico-node has not started, crashes (often it takes the address of another interface), or was removed while its CNI configuration is left in /etc/cni/net.d. ${before}`,
    hint: '`kubectl get pods -A -o wide | grep calico-node` and its logs; IP_AUTODETECTION_METHOD where the node has several interfaces. After a change to another network plug-in remove 10-calico.conflist from /etc/cni/net.d.',
    reference: addons,
    confidence: 'likely',
  },
  {
    id: 'cni-unauthorized',
    line: [
      /(?:calico|ClusterInformation|[Mm]ultus|k8s client|network-attachment|net-attach-def|cni).{0,200}\b(?:connection is unauthorized|Unauthorized)\b/,
    ],
    needs: ({ says }) => says(/\bcni\b|failed \(add\)|failed \(delete\)|sandbox|multus|calico/i),
    what: 'The API server of the cluster does not accept the token by which the network plug-in of that node asks it.',
    why: `The plug-in (Calico, Multus) uses a kubeconfig in /etc/cni/net.d, whose token has expired, or is of an earlier cluster or service account; the daemon of the plug-in should renew it. ${before}`,
    hint: 'Restart its DaemonSet, which writes the file anew (`kubectl -n kube-system rollout restart ds/calico-node`, `ds/kube-multus-ds`), and see that the clock of the node is right; update old releases of the plug-in.',
    reference: addons,
    confidence: 'likely',
  },
  {
    id: 'cni-cilium-not-ready',
    line: [
      /[Uu]nable to connect to Cilium (?:daemon|agent)|failed to create cilium agent client|cilium\.sock: connect: (?:no such file|connection refused)/,
    ],
    what: 'The agent of Cilium does not run on that node, so its plug-in can make no network for pods.',
    why: `The pod of the agent starts, crashes or cannot be scheduled there; after a restart of the node this is usual for a minute. ${before}`,
    hint: '`kubectl -n kube-system get pods -l k8s-app=cilium -o wide` and `kubectl -n kube-system logs ds/cilium`; `cilium status` where the tool is installed. Where Cilium was removed, take its file out of /etc/cni/net.d.',
    reference: addons,
    confidence: 'likely',
  },
  {
    id: 'cni-bridge-address',
    line: [
      /"?(?<bridge>[\w.-]{1,15})"? already has an IP address different from (?<address>[\d.a-f:]{3,40}\/\d{1,3})/,
    ],
    what: 'The bridge {bridge|of the pods} on that node has an address of another range than the one that the node has now ({address|see the line}).',
    why: `It is left from an earlier cluster or range (kubeadm reset does not remove it, or the node got another podCIDR). ${before}`,
    hint: 'With no pod on that bridge: `sudo ip link set cni0 down && sudo ip link delete cni0` (with the name in the line; for flannel flannel.1 too); the plug-in makes it anew for the next pod.',
    reference: cni,
    confidence: 'likely',
  },
  {
    id: 'cni-program-missing',
    line: [
      /failed to find plugin "(?<plugin>[\w.-]{1,40})" in path \[?(?<place>[^\]\s]{0,120})/,
      /plugin not found: (?<plugin>[\w.-]{1,40}) in (?<place>\S{1,120})/,
      /(?<place>\/opt\/cni\/bin)\/(?<plugin>[\w.-]{1,40}): no such file or directory/,
    ],
    what: 'The program of the CNI plug-in {plugin|} is not in {place|the directory of the plug-ins} of that node.',
    why: `The network configuration (/etc/cni/net.d, a NetworkAttachmentDefinition, Nomad, nerdctl) names it. bridge, host-local, loopback, portmap and their like come with the standard plug-ins; others (cnv-bridge, ovs, sriov) with their operator. ${before}`,
    hint: 'Install the standard plug-ins there (package containernetworking-plugins, or the archive cni-plugins-linux-ARCH of containernetworking/plugins unpacked into /opt/cni/bin); distributions put them into /usr/lib/cni or /usr/libexec/cni: link them, or name that directory (bin_dir, cni_path).',
    reference: cni,
    confidence: 'likely',
  },
  {
    id: 'cni-addresses-used-up',
    line: [
      /no IP addresses available in (?:range set|network): ?(?<range>[\d.a-f:-]{3,90})?|failed to allocate for range \d+: no IP addresses/,
    ],
    what: 'The node has no free address left for pods {range|}: the network plug-in gave up.',
    why: `The range of the node is small for its pods, or the plug-in host-local counts addresses of pods that are gone (after a crash or a restart of the node). ${before}`,
    hint: 'Compare `ls /var/lib/cni/networks/*/` with the pods that run on the node (`sudo crictl pods`), and remove the files of addresses whose container (the id inside) is gone; else give the nodes larger ranges.',
    reference: cni,
    confidence: 'likely',
  },
  {
    id: 'cni-attachment-unknown',
    line: [
      /cannot find a network-attachment-definition \((?<name>[\w.-]{1,80})\) in namespace \((?<namespace>[\w.-]{1,80})\)/,
      /network-attachment-definitions?\.k8s\.cni\.cncf\.io \\?"(?<name>[\w.-]{1,80})\\?" not found/,
    ],
    what: 'The pod asks Multus for a further network {name|}, and there is no such NetworkAttachmentDefinition {namespace|in its namespace}.',
    why: `The name in the annotation (or networkName of a KubeVirt VM) is looked up in the namespace of the pod, unless it is written as NAMESPACE/NAME. ${before}`,
    hint: '`kubectl get network-attachment-definitions -A`; make it in that namespace, or write the namespace in front of the name.',
    reference: 'https://github.com/k8snetworkplumbingwg/multus-cni/blob/master/docs/how-to-use.md',
    confidence: 'likely',
  },
  {
    id: 'cni-version-unfit',
    line: [
      /incompatible CNI versions.{0,160}/,
      /unsupported CNI result version/,
      /config version \(?"?(?<wanted>[\d.]{1,10})"?\)? .{0,40}not supported by plugin/,
    ],
    what: 'The network configuration asks for a version of CNI that a plug-in on that node does not speak.',
    why: `cniVersion in /etc/cni/net.d is newer than the programs in the directory of the plug-ins (or older than what the engine still takes). Podman and nerdctl of one release with plug-ins of another do so, too. ${before}`,
    hint: 'Update the standard plug-ins (containernetworking/plugins 1.0 and later speak 1.0.0), or set "cniVersion" in the file to one that the message lists (0.4.0).',
    reference: cni,
    confidence: 'likely',
  },
  {
    id: 'cluster-network-not-installed',
    line: [
      /cni plugin not initialized|cni config uninitialized|NetworkPluginNotReady|no networks? (?:config )?found in \/etc\/cni\/net\.d|[Uu]nable to update cni config/i,
    ],
    what: 'The node has no configuration of a pod network (CNI) yet: it stays NotReady, and pods get no network.',
    why: 'The network add-on of the cluster (flannel, Calico, Cilium) is not installed, or its pod on that node has not come up and written its file to /etc/cni/net.d. With VMs of containerd alone nerdctl writes one of its own.',
    hint: '`ls /etc/cni/net.d` on the node, `kubectl get pods -A -o wide` for the pods of the add-on there. If there is none, install one; if the file is there, restart containerd and look at its log for why it is not read.',
    reference: addons,
    confidence: 'likely',
  },
]
