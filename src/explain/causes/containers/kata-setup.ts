/** What Kata says of how it was installed and configured on a node: files, annotations, front ends that do not fit. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const docs = 'https://github.com/kata-containers/kata-containers/tree/main/docs'

const isKata = ({ says }: Evidence): boolean => says(/\bkata\b|kata-|virtcontainers/i)

export const kataSetup: readonly Cause[] = [
  {
    id: 'kata-plugin-unknown',
    line: [/Can ?not find plugin for hypervisor (?<name>[\w-]{1,40})/],
    what: 'The runtime of Kata (runtime-rs) knows no hypervisor of the name {name|in its configuration}.',
    why: 'The section of the configuration is called otherwise in that release (clh in place of cloud-hypervisor in 4.0), or the runtime was built without it.',
    hint: 'Take the configuration of the same release as the runtime, and name the section ([hypervisor.clh]) as it does.',
    reference: 'https://github.com/kata-containers/kata-containers/tree/main/docs',
    confidence: 'likely',
  },
  {
    id: 'dragonball-memory-size',
    line: [/\bMachineConfig\(InvalidMemorySize\((?<size>\d{1,12})\)\)/],
    what: 'Dragonball, the VMM in the runtime of Kata, does not accept a memory of {size|that many} MiB.',
    why: 'The size must be one that it can divide (an even number of MiB) and within its limits; it is made of default_memory and what the limits of the pod add.',
    hint: 'Choose default_memory and the memory limit of the pod so that the sum is even, or take a release of Kata that rounds it.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'cgroup-cpuset-empty',
    line: [/\bwrite \/sys\/fs\/cgroup\/\S{1,300}\/(?:tasks|cgroup\.procs): no space left on device/],
    what: 'The process could not be put into its cgroup: not a disk is full, the cpuset of that cgroup is empty.',
    why: 'With cgroups of version 1 a new group has no processors and memory nodes (cpuset.cpus, cpuset.mems) until they are written, and takes no process so long.',
    hint: 'Write those of the group above into it (`cat ../cpuset.cpus`, `cat ../cpuset.mems`), set cgroup.clone_children there, take another --cgroup-parent, or cgroups of version 2.',
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v1/cpusets.html',
    confidence: 'likely',
  },
  {
    id: 'kata-no-oci-command',
    line: [
      /(?:kata-runtime|\bkata\b).{0,80}(?:[Ii]nvalid command|unknown command|No help topic for|flag provided but not defined:?) ?['"\\]{0,2}-?-?(?<command>create|start|run|state|delete|root|log|systemd-cgroup)\b/,
    ],
    what: 'Podman or Docker called kata-runtime as an OCI runtime ({command|create}), which it is no more: nothing was started.',
    why: 'Since Kata 2.0 the only runtime is the shim containerd-shim-kata-v2, which containerd and CRI-O speak to (shim v2); kata-runtime is a tool for checks. Podman and Docker before 23 do not know shims.',
    hint: 'Use containerd with nerdctl (`sudo nerdctl run --runtime io.containerd.kata.v2 …`), CRI-O, or Docker 23 and later with "runtimeType": "io.containerd.kata.v2" in daemon.json. With Podman crun with libkrun (`podman run --runtime krun`, package crun-krun) runs containers in a VM.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-needs-root',
    line: [
      /(?:open|mkdir|stat|lstat|connect|dial unix) \/run\/(?:vc|kata|kata-containers)\b\S{0,120}: (?:connect: )?permission denied/,
    ],
    what: 'Kata was run without root: its directories below /run/vc and /run/kata-containers belong to root.',
    why: 'The shim makes cgroups, mounts and TAPs on the node, and takes root for it; so do kata-runtime exec, check and env. Rootless containerd and Podman do not run it.',
    hint: 'Use sudo (`sudo nerdctl`, `sudo kata-runtime exec SANDBOX`). The option rootless of the hypervisor only lets the VMM run as another user.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-config-missing',
    line: [
      /(?<file>\/\S{1,160}\/configuration[\w-]{0,40}\.toml): (?:file does not exist|no such file or directory)/i,
      /[Cc]annot find usable config file \((?:config file \S{0,160} unresolvable: )?file \\?"?(?<file>[^\s"\\]{1,160})\\?"? does not exist/,
      /failed to open (?:config )?file (?<file>\/\S{1,160}\/configuration[\w-]{0,40}\.toml)/,
      /failed to handle message try init runtime instance|^\s*\d: load config$/,
    ],
    needs: ({ text, says }) =>
      !/init runtime instance|\bload config\b/.test(text) ||
      (says(/\bload config\b/) && says(/entity not found|[Nn]o such file|os error 2\b/)),
    what: 'Kata does not find its configuration: {file|the file} does not exist on that node, and no VM was started.',
    why: 'The shim looks where KATA_CONF_FILE or ConfigPath of the runtime in the configuration of containerd says, then in /etc/kata-containers/configuration.toml and /usr/share/defaults/kata-containers/. An archive or kata-deploy puts it below /opt/kata/share/defaults/kata-containers/.',
    hint: '`ls /opt/kata/share/defaults/kata-containers/`, then `sudo mkdir -p /etc/kata-containers && sudo cp /opt/kata/share/defaults/kata-containers/configuration-clh.toml /etc/kata-containers/configuration.toml`, or set ConfigPath below options of that runtime and restart containerd.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'coco-no-evidence',
    line: [/[Gg]et (?:TEE )?evidence failed|[Ff]ailed to get (?:TEE )?evidence|get_evidence failed/],
    what: 'The guest could not make the evidence (report, quote) by which it proves what it is, so it gets no secrets from the key broker.',
    why: 'The device of the guest is not there (/dev/tdx_guest, /dev/sev-guest), because the VM is no confidential one or its kernel lacks the driver; for TDX and SGX the quoting service of the host (QGS, PCCS) is not reached or the platform is not registered.',
    hint: 'In the guest `ls /dev/tdx_guest /dev/sev-guest`, `dmesg | grep -iE "tdx|sev"`; on the host `systemctl status qgsd pccs`. See that the RuntimeClass is the one for that TEE; on a machine without one use the development variant (qemu-coco-dev) with the sample attester.',
    reference: 'https://confidentialcontainers.org/docs/',
    confidence: 'likely',
  },
  {
    id: 'kata-guest-pull-space',
    line: [
      /(?:[Ff]ailed to (?:unpack|pull|store|extract)|Image Pull error|image-rs|pulling image).{0,400}[Nn]o space left on device/,
    ],
    needs: ({ says }) => says(/\[CDH\]|image[_-]rs|\bin guest\b|confidential|kata-agent|guest[_ -]pull/i),
    what: 'The guest fetched the image of the container itself, and has no room for it (ENOSPC).',
    why: 'With guest pull the layers are unpacked inside of the VM, in a file system in its memory (tmpfs) unless a block volume was given for it, and only a part of that memory is usable.',
    hint: 'Give the VM more memory (limits of the pod, annotation io.katacontainers.config.hypervisor.default_memory, default_memory), or a block volume as storage for images; a smaller image helps as well.',
    reference: 'https://confidentialcontainers.org/docs/',
    confidence: 'likely',
  },
  {
    id: 'kata-sandbox-unknown',
    line: [
      /open \/run\/vc\/sbs\/(?<sandbox>[\w.-]{1,80})(?:\/\S{0,40})?: no such file or directory/,
      /\/run\/vc\/vm\/(?<sandbox>[\w.-]{1,80})\/(?:clh|kata|console|vhost)[\w.-]{0,20}: connect: (?:no such file or directory|connection refused)/,
    ],
    what: 'Kata has no running sandbox {sandbox|of that id} on this node.',
    why: 'Commands such as `kata-runtime exec` take the whole id of the sandbox (of the pod), not the one of a container or a short one; or the VM has ended. Sandboxes of runtime-rs lie below /run/kata and are reached by kata-ctl.',
    hint: '`sudo crictl pods -q --no-trunc`, `sudo ls /run/vc/sbs /run/kata`, `ps aux | grep -E "cloud-hypervisor|qemu"`; runtime-rs: `sudo kata-ctl exec ID`; debug_console_enabled = true must have been set when it was started.',
    reference:
      'https://github.com/kata-containers/kata-containers/blob/main/docs/Developer-Guide.md#connect-to-debug-console',
    confidence: 'likely',
  },
  {
    id: 'kata-guest-no-dbus',
    line: [/Establishing a D-Bus connection/],
    needs: ({ says }) => says(/kata|agent|shim task|handler? message|rpc status/i),
    what: 'The agent of Kata was to make the cgroup of the container by systemd, and the guest has no systemd (no D-Bus socket).',
    why: 'The node passes a cgroup path of systemd on (SystemdCgroup = true), and the guest runs the agent as its init (an initrd, a small image), where only cgroupfs works.',
    hint: 'Use a newer Kata, or a guest image with systemd (image = in place of initrd =); as a workaround `SystemdCgroup = false` for that runtime where the kubelet uses cgroupfs, too.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-annotation-refused',
    line: [
      /annotation (?<key>io\.katacontainers\.\S{1,80}) is not enabled/,
      /(?<kind>hypervisor|jailer|virtiofs daemon|vhost store path|kernel|image|initrd|firmware|file_mem_backend value|\bctlpath|entropy source) (?<value>\S{1,160}) required from annotation is not valid/,
      /(?<kind>[Mm]emory|[Nn]umber of cpus \d{1,6}) specified in annotation .{0,120}(?:less than|greater than)/,
    ],
    what: 'Kata refuses an annotation of the pod {key|} {kind|}, so that the sandbox was not made.',
    why: 'An administrator decides what pods may change: enable_annotations in the configuration lists (as expressions) the names that count, and valid_hypervisor_paths, valid_virtio_fs_daemon_paths and their like the files; values have bounds, too (CPUs of the node, the least memory).',
    hint: 'Add the last part of the name to enable_annotations of [hypervisor.clh] (such as "default_memory", "kernel_params") and the path to its valid_…_paths on the nodes, or take the annotation out of the pod; containerd must pass it on (pod_annotations = ["io.katacontainers.*"]).',
    reference:
      'https://github.com/kata-containers/kata-containers/blob/main/docs/how-to/how-to-set-sandbox-config-kata.md',
    confidence: 'likely',
  },
  {
    id: 'kata-qemu-bus-fixed',
    line: [/Bus '(?<bus>[\w.]{1,40})' does not support hotplugging/],
    needs: isKata,
    what: "Kata was to add a device to the running VM (QEMU), and its bus '{bus|pcie.0}' takes none while it runs.",
    why: 'The root bus of the machine type q35 is fixed: devices that are added later (GPUs, VFIO, disks) need a root port or bridge, which the VM must have had at its start.',
    hint: 'Set `cold_plug_vfio = "root-port"` (or hot_plug_vfio with pcie_root_port = N) in configuration-qemu.toml for VFIO devices, and leave one of the two as "no-port"; restart the pod.',
    reference: docs,
    confidence: 'likely',
  },
]
