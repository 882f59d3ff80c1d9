/** What a node says around a pod of Kata: files that are missing, buses that are full, consoles that are closed. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const docs = 'https://github.com/kata-containers/kata-containers/tree/main/docs'

const isKata = ({ says }: Evidence): boolean =>
  says(/\bkata\b|kata-|QMP command failed|shim task|containerd task|virtcontainers|\bclh\b/i)

export const kataPods: readonly Cause[] = [
  {
    id: 'kata-guest-file-missing',
    line: [
      /(?<file>\/\S{0,120}kata-containers\/\S{0,80}\.(?:container|img|image|initrd|fd|efi)): (?:no such file or directory|file does not exist)/i,
      /(?:stat|open|lstat|readlink) (?<file>\/\S{0,120}kata\S{0,60}\/(?:vmlinu[xz]|bzImage|kata-|firmware)\S{0,80}): no such file or directory/i,
    ],
    what: 'A file of the guest of Kata, {file|kernel, image or firmware}, is not on that node: no VM was started.',
    why: 'kernel =, image =, initrd = or firmware = in the configuration names a place where this installation does not have it: only a part of the packages is installed, the link points to a release that was removed, or the configuration is of another installation (packages use /usr/share/kata-containers, archives and kata-deploy /opt/kata/share/kata-containers).',
    hint: '`ls -l /opt/kata/share/kata-containers /usr/share/kata-containers`, `kata-runtime env` (names the configuration and these files); correct the path, or unpack the archive kata-static of the same release again.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-artifacts-disk-full',
    line: [/\/opt\/kata\S{0,200}: No space left on device/i],
    what: 'The disk of the node is full: kata-deploy (or the archive) could not put the files of Kata below /opt/kata.',
    why: 'Kernels, images and VMMs of Kata take some 2 GB unpacked; the file system that holds /opt (on the node, not in the pod) has no room for them.',
    hint: '`df -h /opt /` on that node; make room (`sudo crictl rmi --prune`, old logs) or make /opt/kata a link to a larger disk, then delete the pod kata-deploy so that it starts again.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-bus-full',
    line: [
      /There is no PCI slot available|no more (?:capacity|bridge slots)|[Uu]nable to hot ?plug device on bridge|PCI: (?:slot|no slot).{0,60}(?:not available|in use by)|no more available slots|no slot\/function available/,
    ],
    needs: isKata,
    what: 'The VM of Kata has no free slot left for a further device: a disk, volume, network card or GPU of the pod could not be added.',
    why: 'Each block volume, block root and network card takes a slot of a PCI bridge (about 30 for each). Many containers or volumes with a block snapshotter (devmapper) or block PVCs use them up; a GPU needs a root port of its own.',
    hint: 'Raise `default_bridges` (up to 5) in the section of the hypervisor, for GPUs `pcie_root_port`; or share files instead (`shared_fs = "virtio-fs"` with `disable_block_device_use = true`), or split the pod.',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-no-space',
    line: [
      /failed to create (?:shim|containerd) task: (?!.{0,300}(?:\/var\/lib\/(?:containerd|docker|containers|rancher)|watch|Image Pull|extract|layer)).{0,200}(?:No space left on device|ENOSPC)/i,
    ],
    needs: isKata,
    what: 'The start of a container in a VM failed over a file system without room (ENOSPC).',
    why: 'Where the line comes from the agent ("os error 28", "rpc error … Internal") it is the guest: /run there is a tmpfs of half the memory of the VM, and takes what is copied or pulled into it (shared_fs = "none", guest pull, large config maps and secrets). Else it is the node: /run, or the disk of containerd.',
    hint: '`df -h /run /var/lib/containerd` and `df -i` on the node; for the guest raise the memory limit of the pod or default_memory, and use virtio-fs in place of copies.',
    reference: docs,
    confidence: 'possible',
  },
  {
    id: 'kata-agent-ended',
    line: [
      /kata-agent(?:\.service: Main process exited|\.service: Failed with result|\[\d+\]: (?:Error|thread .{1,40} panicked|panicked))/,
    ],
    what: 'The agent of Kata ended in the guest, so the runtime waits in vain for its vsock port 1024.',
    why: 'The guest boots; the agent does not come up: agent and runtime are of different releases, a parameter (agent.… of kernel_params) has a value that it does not take, or the image lacks a file or kernel feature (cgroups, vsock) that it needs.',
    hint: 'Use the image or initrd of the same release as the shim (`kata-runtime version`, `kata-runtime env`), take agent.… parameters out one by one, and put agent.log=debug into kernel_params: its message stands on the console of the guest (enable_debug = true of the hypervisor).',
    reference: docs,
    confidence: 'likely',
  },
  {
    id: 'kata-share-not-bound',
    line: [
      /bind mount (?:from )?\/run\/kata-containers\/shared\/(?<place>\S{1,160}) .{0,200}(?:no such file or directory|not permitted|invalid argument)/i,
    ],
    what: 'Kata could not bind the directory that it shares with the guest on the node ({place|below /run/kata-containers/shared}): no container was started.',
    why: 'The directory was not made or is gone: a sandbox of the same name is being removed or was left by an earlier run (`ctr run` with an id that was used), or the runtime runs in a mount namespace of its own (MountFlags= of the unit, a snap, a container) that does not share /run.',
    hint: '`sudo ls /run/kata-containers/shared/sandboxes`, `findmnt | grep kata`; end what is left of that id (`sudo ctr task rm -f ID; sudo ctr container rm ID`) or take another id, and run containerd with shared mounts.',
    reference: docs,
    confidence: 'possible',
  },
  {
    id: 'kata-debug-console',
    line: [
      /debug console.{0,60}(?:EOF|refused|not (?:enabled|found)|fail)|(?:failed|unable|cannot) to connect to (?:the )?debug console|CONNECT 1026\b/i,
    ],
    what: 'The debug console of the guest of Kata (`kata-runtime exec`) does not answer.',
    why: 'The agent serves it (vsock port 1026) only where it was switched on before the sandbox was started, and the image of the guest must hold a shell; the VM must still run.',
    hint: 'Set `debug_console_enabled = true` in [agent.kata] of the configuration in use, start the pod anew, then `sudo kata-runtime exec SANDBOX` (runtime-rs: `sudo kata-ctl exec SANDBOX`); confidential images leave it out: build a debug image.',
    reference:
      'https://github.com/kata-containers/kata-containers/blob/main/docs/Developer-Guide.md#set-up-a-debug-console',
    confidence: 'likely',
  },
  {
    id: 'kata-process-not-found',
    line: [
      /starting container process caused.{0,12}(?:exec: .{0,120})?(?:no such file or directory|executable file not found)/,
    ],
    needs: ({ text, says }) => /rpc error: code = Internal desc/.test(text) || says(/kata/i),
    what: 'The VM and its agent run: the program that the container is to start is not in its image (or not in its PATH).',
    why: 'The agent starts the container in the guest and does not find the command, or the loader or interpreter that it names (a script with `#!/bin/bash` in an image without bash). Where every image fails so, its root is empty: the share (virtiofsd) or the block device of the root was not mounted.',
    hint: 'Run the same image and command with runc to compare; correct command: or args:. If it works there, look with the debug console at /run/kata-containers/shared/containers in the guest.',
    reference: docs,
    confidence: 'likely',
  },
]
