/** Words of the network of a cluster: CNI plug-ins and the agents that set them up. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const clusterNetworkTerms: Terms = [
  [
    /\bputEndpointId\w{3,30}\b|\bUnable to create endpoint\b.{0,40}\/endpoint/,
    'Cilium answers its CNI plug-in by the API of the agent on that node: 429 says that it makes too many endpoints at once and the kubelet will try again; where that does not end, look at `kubectl -n kube-system logs ds/cilium`.',
  ],
  [
    /\bNetworkPluginNotReady\b|\bcni plugin not initialized\b|\bcni config uninitialized\b|\bno networks? (?:config )?found in \/etc\/cni\/net\.d\b/i,
    'The runtime found no usable configuration in /etc/cni/net.d: the network add-on of the cluster (flannel, calico, cilium) is not installed, or its pod on that node has not written it yet; the node stays NotReady until then.',
  ],
  [
    /\bfailed to find plugin "[\w.-]{1,40}" in path\b/,
    'The network configuration of the node names a CNI plug-in whose program is not in its directory: install the package of the plug-ins (containernetworking-plugins) or copy it there; k3s and others use a directory of their own in place of /opt/cni/bin.',
  ],
  [
    /\bsubnet\.env\b/,
    'flannel writes /run/flannel/subnet.env once it runs on that node and has a range of addresses (podCIDR): without it every pod fails there; see `kubectl -n kube-flannel get pods -o wide` and their logs.',
  ],
  [
    /\bcni0"? already has an IP address different from\b/,
    'The bridge cni0 is left from another network of pods (kubeadm reset, another podCIDR): with no pods on that node `sudo ip link delete cni0` lets the plug-in make it anew.',
  ],
  [
    /\bno devices in device pool\b|\bskipping creating resource server for\b/,
    'The SR-IOV device plug-in found no device on that node that fits its selectors (vendor, device, driver, pfNames): VFs are not made (sriov_numvfs), or bound to another driver than the configuration asks for (vfio-pci); the resource then counts 0.',
  ],
  [
    /\bpod cidr not assigned\b/i,
    "The node has no range of addresses for its pods: the controller manager gives one only with --allocate-node-cidrs and a --cluster-cidr (kubeadm: --pod-network-cidr) that is large enough; `kubectl get node NODE -o jsonpath='{.spec.podCIDR}'` shows it.",
  ],
  [
    /\bunable to determine direct routing device\b|\bunable to determine device\b.{0,60}\bdirect\b/,
    'The agent of Cilium did not find by itself which interface leads to the other nodes (no default route, several interfaces, names that it does not take): set `devices` in its configuration, and look at `ip route` on that node.',
  ],
  [
    /\balready exists for an interface other than 'cali\w{0,30}'/,
    'Calico finds a route to the address of the new pod over an interface that an earlier pod left, or the address was given out twice: `ip route get ADDRESS` on that node, and `calicoctl ipam check`.',
  ],
]
