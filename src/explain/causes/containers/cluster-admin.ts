/** What kubeadm, kubectl and kubelets say to those who set a cluster up. */
import type { Cause } from '../../cause.ts'

const setup = 'https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/troubleshooting-kubeadm/'
const debug = 'https://kubernetes.io/docs/tasks/debug/debug-cluster/'

export const clusterAdmin: readonly Cause[] = [
  {
    id: 'k3s-config-root-only',
    line: [/open \/etc\/rancher\/k3s\/k3s\.yaml(?:\.lock)?: permission denied/],
    what: 'The kubectl of k3s uses /etc/rancher/k3s/k3s.yaml, which only root may read.',
    why: 'k3s writes it for root; its kubectl also makes a lock beside it.',
    hint: 'Use sudo, or copy it (`mkdir -p ~/.kube && sudo install -o $USER -m 600 /etc/rancher/k3s/k3s.yaml ~/.kube/config`) and set KUBECONFIG=~/.kube/config.',
    reference: 'https://docs.k3s.io/cluster-access',
    confidence: 'likely',
  },
  {
    id: 'kubelet-devices-short',
    line: [
      /requested number of devices unavailable for (?<device>\S{1,80}?)\. Requested: (?<asked>\d{1,4}), Available: (?<free>\d{1,4})/,
      /no healthy devices present; cannot allocate unhealthy devices (?<device>\S{1,80})/,
    ],
    what: 'The kubelet has fewer usable devices {device|} than the pod was promised: it was refused on the node ({free|none} free).',
    why: 'The device plug-in restarted, lost the device or calls it unhealthy, or the kubelet was restarted a moment ago and the plug-in has not registered again. The pod is not tried again by itself unless a controller makes a new one.',
    hint: '`kubectl describe node NODE` (Allocatable), the pod of the device plug-in on that node and its log (KubeVirt: virt-handler), `ls -l /dev/kvm` there; then delete the pod so that it is made anew.',
    reference: 'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/',
    confidence: 'likely',
  },
  {
    id: 'cluster-volume-elsewhere',
    line: [/(?:had |have )?volume node affinity conflict/],
    what: 'A volume of the pod belongs to another node (or zone) than those that are left for it: it cannot be scheduled.',
    why: 'Local volumes and those of a zone are bound to where they were made. That node is full, cordoned or gone, or other conditions of the pod (RuntimeClass, nodeSelector, devices) exclude it.',
    hint: '`kubectl get pv -o wide` and `kubectl describe pv NAME` (Node Affinity); free that node or relax the other conditions; with a storage class of volumeBindingMode WaitForFirstConsumer the volume is made where the pod goes.',
    reference: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode',
    confidence: 'likely',
  },
  {
    id: 'cluster-claim-unbound',
    line: [/pod has unbound immediate PersistentVolumeClaims?/],
    what: 'A claim (PVC) of the pod has no volume, so that the pod cannot be scheduled.',
    why: 'Its storage class does not exist or has no provisioner that runs, the claim names none and there is no default, or no PersistentVolume fits it (size, access mode, class).',
    hint: '`kubectl get pvc,sc -A`, `kubectl describe pvc NAME` (events at the end), and the pods of the provisioner or CSI driver with their logs.',
    reference: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
    confidence: 'likely',
  },
  {
    id: 'cluster-field-unknown',
    line: [
      /strict decoding error: .{0,40}unknown field "(?<field>[^"]{1,120})"/,
      /ValidationError\((?<place>[\w.]{1,80})\): unknown field "(?<field>[^"]{1,80})"/,
    ],
    what: 'The manifest has a field {field|} that this kind of object does not have: the API server did not take it.',
    why: 'It is misspelt, stands at the wrong depth (indentation), or belongs to another version of that API. A pod names its RuntimeClass by spec.runtimeClassName.',
    hint: '`kubectl explain KIND.spec` (for a pod `kubectl explain pod.spec`) lists the fields; correct the name or its indentation.',
    reference: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
    confidence: 'likely',
  },
  {
    id: 'cluster-request-above-limit',
    line: [/must be less than or equal to (?<what>[\w./-]{1,40}) limit of (?<limit>\w{1,20})/],
    what: 'A container asks for more {what|of a resource} (requests) than its own limit of {limit|less}: the API server refused it.',
    why: 'A limit must be at least as large as the request. A default limit of the namespace (LimitRange) counts, too.',
    hint: 'Raise resources.limits or lower resources.requests; `kubectl describe limitrange -n NAMESPACE`.',
    reference: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    confidence: 'likely',
  },
  {
    id: 'cluster-kubelet-unreachable',
    line: [
      /https:\/\/(?<node>[\w.:[\]-]{1,60}):10250\/\S{1,200}"?: .{0,80}(?<words>no route to host|connection refused|i\/o timeout|connection timed out|tls: internal error)/,
    ],
    what: 'The API server did not reach the kubelet of the node {node|} (port 10250), by which logs, exec and port-forward go: {words|see the line}.',
    why: 'No route or timeout: a firewall, the network between the nodes, or an address of the node that is not the right one (several interfaces). Refused: the kubelet does not run. tls: internal error: its serving certificate has not been approved (serverTLSBootstrap).',
    hint: '`systemctl status kubelet` there, open TCP 10250 between the nodes, `kubectl get nodes -o wide` for the address (INTERNAL-IP; --node-ip of the kubelet sets it); `kubectl get csr` and `kubectl certificate approve NAME`.',
    reference: debug,
    confidence: 'likely',
  },
  {
    id: 'kubelet-node-name',
    line: [/node "(?<own>[^"]{1,80})" is not allowed to modify node "(?<other>[^"]{1,80})"/],
    what: 'The kubelet calls itself {other|another name}, and its certificate is for the node {own|of another name}: the API server refuses it.',
    why: 'The name of the machine was changed after the join, or its image was cloned from a node with the files of the kubelet in it.',
    hint: 'Set the old name (`sudo hostnamectl set-hostname NAME`, or --hostname-override) and restart the kubelet; a clone: `sudo kubeadm reset`, then join it under its own name.',
    reference: debug,
    confidence: 'likely',
  },
  {
    id: 'kubeadm-token-expired',
    line: [/could not find a JWS signature in the cluster-info ConfigMap for token ID "?(?<token>\w{6})?/],
    what: 'The token {token|} for the join is not known to the cluster (any more).',
    why: 'Tokens of kubeadm end after 24 hours by default; or it is of another cluster.',
    hint: 'On a control plane: `kubeadm token create --print-join-command`, and run what it prints on the node.',
    reference: setup,
    confidence: 'likely',
  },
  {
    id: 'kubeadm-bridge-settings',
    line: [/FileContent--proc-sys-net-(?<what>bridge-bridge-nf-call-ip6?tables|ipv4-ip_forward)/],
    what: 'kubeadm stops, because a setting of the network of this node is not as pods need it: {what|see the line}.',
    why: 'Without the module br_netfilter the files below /proc/sys/net/bridge do not exist; ip_forward is 0 by default. Neither survives a restart unless it is written down.',
    hint: '`sudo modprobe -a br_netfilter overlay`, `sudo sysctl net.bridge.bridge-nf-call-iptables=1 net.ipv4.ip_forward=1`; for the next start put the modules into /etc/modules-load.d/k8s.conf and the settings into /etc/sysctl.d/k8s.conf. A small guest kernel needs CONFIG_BRIDGE_NETFILTER.',
    reference: 'https://kubernetes.io/docs/setup/production-environment/container-runtimes/',
    confidence: 'likely',
  },
  {
    id: 'kubelet-not-healthy',
    line: [
      /(?:localhost|127\.0\.0\.1):10248\/healthz.{0,160}(?<words>connection refused|deadline exceeded|no such host)/,
      /The kubelet is not (?:healthy|running)\b/,
    ],
    what: 'kubeadm waited for the kubelet of that node, which does not run: nobody answers at port 10248.',
    why: 'It ended at once, mostly over swap, another cgroup driver than the runtime, a runtime that is not reached, or a missing file; kubeadm does not show its message.',
    hint: '`systemctl status kubelet`, `journalctl -xeu kubelet -n 50`: its last line "command failed" holds the reason; give that to `chv-doctor explain`.',
    reference: setup,
    confidence: 'likely',
  },
]
