/** Words of container runtimes and clusters that start a VM for a container. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const containerTerms: Terms = [
  [
    /\bConstraint "?(?:missing drivers|\$\{[\w.]{1,60}\}|computed class|missing \w{1,60})\b|\bnodes? excluded by filter\b|\bFailed to place all allocations\b/,
    'Nomad found no node for the task group; the constraint is named: "missing drivers" means that no node has the task driver loaded and healthy (`nomad node status -verbose NODE`, plugin_dir, the log of that client).',
  ],
  [
    /\bDimension "?(?:memory|cpu|cores|disk|network|devices)\b.{0,60}\bexhausted\b/,
    'Nomad counts what jobs ask for, not what they use: the resources block of the task (memory, cpu, cores) is more than a node has left; `nomad node status NODE` shows allocated and free.',
  ],
  [
    /\bfailed to online \d+ CPU|\bonline_?cpu_?mem/i,
    'Kata\u2019s agent switches CPUs and memory online that were added to the running VM: they do not appear where the guest kernel lacks hot plug, or the VMM added fewer.',
  ],
  [
    /\badd filter for index\b|\btcfilter\b|\b(?:add|create|ingress|delete) (?:a )?qdisc\b/i,
    'Kata connects the interface of the sandbox with the TAP by filters of tc (internetworking_model="tcfilter"): the kernel of the host needs them (cls_u32, act_mirred, sch_ingress).',
  ],
  [
    /\bhotplug\w* .{0,80}\bmaximum\b|\bthe maximum amount is\b/i,
    'A VM grows up to the maximum that it was started with; Kata takes that from the memory of the node and its configuration (default_maxmemory): a pod that asks for more than this limit is refused.',
  ],
  [
    /\bremote hypervisor\b|\bpeer ?pods?\b|\bcloud-api-adaptor\b/i,
    'A peer pod runs in a VM of a cloud: Kata\u2019s "remote hypervisor" is the cloud-api-adaptor on the node, which makes that VM; if the adaptor ended, or could not reach the cloud, the call breaks off, and its log says why.',
  ],
  [
    /\bttrpc\b/i,
    'ttrpc is the protocol between containerd, Kata\u2019s shim and its agent in the guest: "closed" says that the other end of that connection is gone (the shim, the VM or the agent ended), and a time-out that it did not answer.',
  ],
  [
    /\bsnapshotter\b/i,
    'A snapshotter is the plug-in of containerd that makes the root file system of a container (overlayfs, devmapper, nydus, erofs): `sudo ctr plugins ls` shows whether it was loaded, and its line in the log of containerd why it was not.',
  ],
  [
    /\bTimeout (?:reached )?after\b.{0,60}\b(?:device|uevent)\b|\bget_(?:pci|virtio|block|net)\w*_device/i,
    'Kata\u2019s agent waits in the guest for a device that was added: it does not appear where the guest kernel has no driver for it (virtio, hot plug by ACPI), the VMM refused to add it, or it comes under another address.',
  ],
  [
    /\bRuntimeClass\b|\bno runtime for\b|(?<!\binit )\bruntime handler\b|\bunknown runtime\b|\binvalid runtime name\b/i,
    'A RuntimeClass names a handler, and the configuration of containerd or CRI-O on that node must have a runtime of exactly that name, and was read again since (restart).',
  ],
  [
    /\bImagePullBackOff\b|\bErrImage\w+|\bmanifest unknown\b|\btoomanyrequests\b|\bpull access denied\b|\bfailed to pull (?:and |image|manifest)|\bcould not (?:fetch|resolve) (?:image|reference)/i,
    'The image was not fetched: its name or tag does not exist there, the registry wants credentials, limits how often it is asked, or is not reached from that node.',
  ],
  [
    /\bcni\b|\bCNI\b|\bfailed to (?:setup|set up) network for sandbox\b|\bnetwork plugin\b/,
    'CNI plug-ins set up the network of a sandbox before its VM starts: configuration in /etc/cni/net.d and programs in /opt/cni/bin must be there and work; Kata then moves the interface into the guest (tcfilter, macvtap).',
  ],
  [
    /\bTerminating\s+\d|\b(?:KillPodSandbox\w*|FailedKillPod|StopPodSandbox)\b/,
    'A pod stays in Terminating while its runtime cannot stop it: the shim or the VMM does not answer, a mount is busy, or the agent in the guest hangs; the processes of that sandbox on the node show which.',
  ],
  [
    /\bCrashLoopBackOff\b|\bBackOff\b|\b[Bb]ack-off (?:\w{1,12} )?restarting failed\b/,
    'CrashLoopBackOff says that the container starts and ends again and again: its own output (`kubectl logs --previous`) says why.',
  ],
  [
    /\bOOMKilled\b|\bEvicted\b|\b[Mm]emory cgroup out of memory\b/,
    'The memory limit of a container, pod or unit was reached ("Evicted": the node ran short of memory or disk): with Kata the VM counts as well, its overhead belongs into the RuntimeClass (overhead.podFixed).',
  ],
  [
    /\bFailedScheduling\b|\b\d+ Insufficient \w+|\bdidn't match (?:Pod|pod|Persistent|node)|\buntolerated taint\b|\bnode\(s\)/,
    'No node fits what the pod asks for: resources, labels (nodeSelector of the RuntimeClass), taints. Nothing was started yet.',
  ],
  [
    /\bPodSecurity\b|\bsecurityContext\b|\brunAsNonRoot\b|\bprivileged\b.{0,40}\b(?:container|pod|not allowed|mode)/i,
    'A pod that starts VMs itself needs devices of the node (a device plug-in, or privileged) and capabilities; a policy (PodSecurity) may refuse that.',
  ],
  [
    /\bhostUsers\b|\buser ?namespaces?\b|\b65534[: ]65534\b|\b[ug]id=65534\b|\bnobody:nogroup\b/,
    'In a user namespace files of users that are not mapped appear as 65534 (nobody), and their group does not count: /dev/kvm of the host may then be closed although its group was given.',
  ],
  [
    /\badmission webhook\b|\bdenied the request\b/i,
    'An admission webhook of the cluster refused the object before anything was made of it: the message is its own.',
  ],
  [
    /\bno matches for kind\b|\bCustomResourceDefinition\b|\bCRDs?\b/,
    'The cluster does not know that kind of object: its definition (CRD) is not installed, or is of another version.',
  ],
  [
    /\bsmt[- ]alignment\b|\bSMT Alignment\b|\bcpu_manager_state\b|\bcpu_manager\.go\b|\bcpuManagerPolicy\b|\bTopologyAffinityError\b|\bfull-pcpus-only\b/i,
    'The CPU manager of the kubelet gives whole processors to pods; with full-pcpus-only their number must be a multiple of the threads of a core, and the topology manager refuses what does not fit on one NUMA node.',
  ],
  [
    /\bkata-deploy\b|\bkatacontainers\.io\//,
    'kata-deploy installs Kata on the nodes by a DaemonSet, and marks them with the label katacontainers.io/kata-runtime: a label that is left from before, or a containerd that was not started again, stops it.',
  ],
  [
    /\b(?:default_vcpus|default_memory|default_maxvcpus|static_sandbox_resource_mgmt|enable_annotations|hypervisor_annotations)\b|\bio\.katacontainers\./,
    'Settings of Kata stand in configuration-clh.toml; annotations of a pod (io.katacontainers.config…) count only where enable_annotations lists them, and containerd passes them on (pod_annotations).',
  ],
  [
    /\bkata\b.{0,60}\bdebug console\b|\bkata-runtime exec\b|\bkata-monitor\b|\bdebug_console_enabled\b/i,
    'The debug console of Kata (debug_console_enabled=true, `kata-runtime exec SANDBOX`) opens a shell in the guest; releases 2.0.x need a running kata-monitor for it.',
  ],
  [
    /\bshared?fs\b|\bshared_fs\b|\bkataShared\b|\bkata-containers\/shared\b/i,
    'Kata shares the root file system of a container by virtio-fs (shared_fs="virtio-fs", virtiofsd) below /run/kata-containers/shared; with shared_fs="none" files are copied, or come as block devices.',
  ],
  [
    /\b[Nn]ydus\w*\b|\berofs\b|\b(?:RAFS|rafs)\b/,
    'nydus and erofs images are mounted instead of unpacked: snapshotter, nydusd and the kernel of the guest (EROFS) must support the version of the image.',
  ],
  [
    /\bdevice[- ]?plugin\b|\bdevices\.kubevirt\.io\b|\bnvidia\.com\/\w+|\bAllocate failed\b/i,
    'A device plug-in offers devices of a node to pods (KVM, TUN, GPUs): it must run there, and the pod must ask for its resource.',
  ],
  [
    /\bCDI\b.{0,80}\b(?:device|inject|unresolvable)|\bunresolvable CDI\b/,
    'CDI describes devices for containers in files below /etc/cdi and /var/run/cdi: a device that is named but not described there cannot be given.',
  ],
  [
    /\bVirtualMachine(?:Instance)?s?\b|\bDataVolume\b|\bvirt-(?:launcher|handler|controller)\b/,
    'A controller turns the object into a pod with a launcher, and that starts the VMM: events of the object, the log of the launcher and the one of the VMM tell different parts.',
  ],
  [
    /\bnomad\b|\balloc(?:ation)?_?(?:id)?[ =:]{1,2}[\da-f]{8}\b|\btask driver\b|\bdriver\b.{0,40}\bfingerprint|\bfingerprint\w*\b.{0,40}\bdriver/i,
    'Nomad finds a driver by its fingerprint: a plug-in that is not in plugin_dir, or misses its binary, is "undetected" or "unhealthy" (`nomad node status -verbose`); `nomad alloc status` shows the events of a task.',
  ],
  [
    /\b(?:passt|pasta)(?:\.avx2)?\b|\bslirp4netns\b/,
    'pasta and slirp4netns connect a network namespace without privileges: they must be able to enter it (AppArmor, SELinux, user namespaces) and live as long as the container.',
  ],
  [
    /\bdocker daemon socket\b|\bdocker\.sock\b/i,
    'The Docker daemon listens at /var/run/docker.sock: it must run, and this user be allowed to use it (group docker, which counts from the next login on).',
  ],
  [
    /\bError response from daemon\b/i,
    'The Docker daemon passes on what the runtime below it answered: the innermost words are the reason.',
  ],
  [
    /\b(?:LXD|lxd|lxc|incus)\b/,
    'LXD and Incus give a container devices only by its configuration (`lxc config device add NAME kvm unix-char source=/dev/kvm`).',
  ],
  [
    /\bfsGroup\b|\bPersistentVolumeClaim\b|\bPVC\b|\bvolumeMode\b|\bMultiAttach\b|\bMulti-Attach\b/,
    'A volume (PVC) is attached to a node and then to the pod: with volumeMode Block it is a device, else a mounted file system; ReadWriteOnce allows one node at a time.',
  ],
  [
    /\bpause (?:container|image)\b|\bsandbox[_ ]image\b/i,
    'Every pod has a pause container, whose image (sandbox_image) must be there on the node, too.',
  ],
]
