/** Words of the programs that run containers on one machine: containerd, Docker, Podman, nerdctl. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const containerToolTerms: Terms = [
  [
    /\bfailed to reserve (?:sandbox|container) name\b|\bname "?\S{1,160}"? is reserved for\b/,
    'The runtime still holds that name for an earlier attempt that has not ended, mostly because that one is slow or hangs (disk, image, a VM that does not boot): the first error of that attempt is the one to look for, this one comes of trying again.',
  ],
  [
    /\bunknown service runtime\.v1(?:alpha2)?\.(?:Runtime|Image)Service\b|\bCRI v1 (?:runtime|image) API is not implemented\b/,
    'containerd answers without its CRI part: it is switched off (disabled_plugins = ["cri"] in /etc/containerd/config.toml, as the packages of Docker ship it), failed to load, or client and containerd are too far apart in version.',
  ],
  [
    /\bno matching manifest for\b|\bno match for platform in manifest\b|\bdoes not match the (?:detected host|specified) platform\b/,
    'The image does not offer the architecture of this host, or the one that was asked for (--platform linux/amd64, linux/arm64): build or pull it for that one; a foreign one runs only by qemu-user (binfmt), slowly and without KVM.',
  ],
  [
    /\bOCI runtime exec failed\b(?!: cannot enter)|\bexec failed: unable to start container process\b/,
    'A command was to be run inside of a container that runs (exec): mostly its image has no program of that name (small images have no bash, often not even sh); the last words say what was refused.',
  ],
  [
    /\bfailed to get metadata for stored (?:sandbox|container)\b|\bfailed to recover state: failed to\b/,
    'containerd reads at its start what it ran before, and could not read the records of a sandbox or container (after a downgrade, or a write that was cut off): it does not know that one any more, although its VM may still run.',
  ],
  [
    /\bno systemd user session available\b/,
    'Rootless Podman wants a session of systemd for its user to make cgroups: after su or sudo there is none. Log in over ssh or a console, or `sudo loginctl enable-linger USER`; it falls back to cgroupfs, without limits of resources.',
  ],
  [
    /\brootless containerd not running\b|\bcontainerd-rootless-setuptool\b/,
    'nerdctl was started as an ordinary user and looks for a containerd of that user: set one up with `containerd-rootless-setuptool.sh install`, or use the one of the system with sudo.',
  ],
  [
    /\bsubnet \S{7,43} overlaps with other one\b|\bPool overlaps with other one on this address space\b/i,
    'The range that was asked for overlaps one that is in use, by another network of that tool or by an interface of the host: choose another range, or remove the network that has it (`docker network ls`, `nerdctl network ls`, `ip route`).',
  ],
  [
    /\bfuse: device not found\b|\bfuse: failed to open \/dev\/fuse: (?:No such|Operation not)/,
    'A program that makes a FUSE file system needs /dev/fuse: the module fuse is not loaded (`sudo modprobe fuse`), or a container was not given the device (--device /dev/fuse, mostly with CAP_SYS_ADMIN).',
  ],
  [
    /\bdatabase configuration mismatch\b|\bdatabase (?:static dir|run root|graph root|tmp dir)\b.{0,120}\bdoes not match\b/i,
    'Podman keeps its paths in its database, and they differ from the configuration now (storage.conf, XDG_RUNTIME_DIR, sudo): use it as before, or as the last step `podman system reset`, which deletes all containers and images of that user.',
  ],
  [
    /\bbpf_prog_(?:query|attach|load)\(BPF_CGROUP_DEVICE\)|\bBPF_CGROUP_DEVICE\b|\bCONFIG_CGROUP_BPF\b/,
    'With cgroup v2 a runtime of containers allows devices by a BPF program: the kernel must be built with CONFIG_CGROUP_BPF and CONFIG_BPF_SYSCALL, which small kernels of guests often lack; inside of a container the right to load it may be missing, too.',
  ],
]
