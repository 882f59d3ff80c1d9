/** What Kata says of how it was installed and configured on a node: files, annotations, front ends that do not fit. */
import type { Cause } from '../cause.ts'
import type { Evidence } from '../evidence.ts'

const docs = 'https://github.com/kata-containers/kata-containers/tree/main/docs'

const isKata = ({ says }: Evidence): boolean => says(/\bkata\b|kata-|virtcontainers/i)

export const kataSetup: readonly Cause[] = [
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
      /[Cc]annot find usable config file \((?:config file \S{0,160} unresolvable: )?file \\?"?(?<file>[^\s"\\]{1,160})\\?"? does not exist/,
    ],
    what: 'Kata does not find its configuration: {file|the file} does not exist on that node, and no VM was started.',
    why: 'The shim looks where KATA_CONF_FILE or ConfigPath of the runtime in the configuration of containerd says, then in /etc/kata-containers/configuration.toml and /usr/share/defaults/kata-containers/. An archive or kata-deploy puts it below /opt/kata/share/defaults/kata-containers/.',
    hint: '`ls /opt/kata/share/defaults/kata-containers/`, then `sudo mkdir -p /etc/kata-containers && sudo cp /opt/kata/share/defaults/kata-containers/configuration-clh.toml /etc/kata-containers/configuration.toml`, or set ConfigPath below options of that runtime and restart containerd.',
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
  {
    id: 'kata-guest-memory-unavailable',
    line: [
      /cannot set up guest memory '(?<name>[\w.-]{1,40})': (?:Cannot allocate|Out of) memory/,
      /unable to map backing store for guest RAM: (?:Cannot allocate|Out of) memory/,
    ],
    needs: ({ says }) => says(/\bkata\b|shim task|virt-launcher|SyncVMI|kubevirt|nova|virt-handler/i),
    what: 'The node could not give the VM its memory (QEMU, ENOMEM): the VM was not started.',
    why: 'The free memory of the node, or the limit of the cgroup in which the VMM starts, is less than the guest is large; with huge pages too few of them are free (on that NUMA node).',
    hint: '`free -m`, `grep -i huge /proc/meminfo` on the node; ask for less memory (Kata: default_memory, limits of the pod), free or reserve huge pages (`sudo sysctl vm.nr_hugepages=N`), or take another node; see vm.overcommit_memory where much seems free.',
    check: 'memory',
    reference: docs,
    confidence: 'likely',
  },
]
