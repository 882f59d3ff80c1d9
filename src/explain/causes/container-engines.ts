/** What Docker, Podman, containerd, CRI-O and runc say of containers themselves, with or without a VM below them. */
import type { Cause } from '../cause.ts'

const containerd = 'https://github.com/containerd/containerd/blob/main/docs/cri/config.md'
const docker = 'https://docs.docker.com/engine/daemon/troubleshoot/'
const runc = 'https://github.com/opencontainers/runc'

export const containerEngines: readonly Cause[] = [
  {
    id: 'container-runtime-unknown',
    line: [
      /Unknown runtime specified (?!kata)(?<name>[\w./-]{1,80}?)\.?(?:\s|$)/,
      /unknown or invalid runtime name: (?!io\.containerd\.kata|kata)(?<name>[\w./-]{1,80}?)\.?(?:\s|$)/,
      /default OCI runtime "(?!kata)(?<name>[\w./-]{1,80})" not found/,
      /invalid runtime name (?!kata)(?<name>[\w./-]{1,80}), correct runtime name should be/,
      /runtime "(?!io\.containerd\.kata)(?<name>io\.containerd\.[\w.-]{1,60})" binary not installed/,
      /no runtime for "(?!kata)(?<name>[\w.-]{1,60})" is configured/,
      /runtime handler "?(?!kata)(?<name>[\w.-]{1,60})"? (?:is not found|from runtime list)/i,
      /RuntimeHandler "(?!kata)(?<name>[\w.-]{1,60})" not (?:supported|found)/,
      /RuntimeClass(?:\.node\.k8s\.io)? "(?!kata)(?<name>[\w.-]{1,60})" not found/,
    ],
    what: 'The container engine of that machine has no runtime {name|of that name}: no container was started.',
    why: 'Docker takes runtimes from "runtimes" in /etc/docker/daemon.json, containerd and CRI-O those of their configuration, and all of them read it only when they start. A name such as io.containerd.NAME.v2 stands for a program containerd-shim-NAME-v2 in the PATH of containerd. A RuntimeClass must exist in the cluster, and its handler be the name in that configuration.',
    hint: '`docker info | grep -i runtime`, `containerd config dump | grep -A2 runtimes` or `crio config | grep -A2 runtime` show what is known; add it there, install its program, and restart that daemon. In a cluster compare with `kubectl get runtimeclass`.',
    reference: containerd,
    confidence: 'likely',
  },
  {
    id: 'container-runtime-ended',
    line: [
      /unable to retrieve OCI runtime error .{0,240}: (?<program>[\w./-]{1,80}) did not terminate successfully: exit status (?<code>\d{1,3})/,
      /unable to retrieve OCI runtime error .{0,240}(?:exec: "(?<program>[^"]{1,120})": executable file not found|fork\/exec (?<program2>\S{1,120}): )/,
    ],
    what: 'The OCI runtime {program|(runc, crun or another one)} ended before it could write what is wrong (exit status: {code|not said}): the container was not made.',
    why: 'log.json is the file in which the runtime leaves its error; that it is not there is no fault of its own. Usual are a program that is missing or does not start: exit status 127 is one whose libraries are missing or too old (runc needs libseccomp), 126 one that may not be executed.',
    hint: 'Run it by hand on that node (`runc --version`, `which -a runc`, `ldd $(which runc)`); install runc and libseccomp of the distribution or of the same source as containerd, and see its path (BinaryName) in the configuration.',
    reference: runc,
    confidence: 'likely',
  },
  {
    id: 'container-cgroups-path',
    line: [/expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups/],
    what: 'runc uses cgroups by systemd, and was given a path of the other kind (cgroupfs): the container was not made.',
    why: 'The cgroup drivers do not agree: containerd has SystemdCgroup = true for that runtime, and the kubelet (or the caller) uses cgroupfs.',
    hint: 'Use one driver: `cgroupDriver: systemd` in /var/lib/kubelet/config.yaml and `SystemdCgroup = true` in /etc/containerd/config.toml (or cgroupfs and false), then restart both. For a test with `ctr run` or `crictl` give a path of the form slice:prefix:name.',
    reference: containerd,
    confidence: 'likely',
  },
  {
    id: 'container-cgroups-missing',
    line: [
      /cgroups?: cgroup mountpoint does not exist/,
      /[Dd]evices cgroup isn't mounted/,
      /cgroups?: cannot find cgroup mount destination/,
      /cgroup mountpoint does not exist/,
    ],
    what: 'The container engine does not find the cgroups that it needs on that machine.',
    why: 'Either no cgroups are mounted (a system without systemd, a small guest, a container), or the machine has only cgroup v2 and the program is of before that (Docker before 20.10, containerd before 1.4, Kata 1.x).',
    hint: '`stat -fc %T /sys/fs/cgroup` (cgroup2fs is version 2, tmpfs version 1). Nothing mounted: start the service for it (Alpine: `sudo rc-update add cgroups && sudo rc-service cgroups start`). Version 2: use a newer release of the engine.',
    reference: docker,
    confidence: 'likely',
  },
  {
    id: 'container-command-missing',
    line: [
      /(?:unable to start container process|starting container process caused|container_linux\.go|OCI runtime (?:create|exec) failed|exec failed).{0,200}exec:? \\*"?(?<file>[^"\\\s:]{1,120})\\*"?: (?:executable file not found in \$PATH|stat \S{1,120}: no such file|(?<words>no such file or directory|permission denied|exec format error|is a directory))/,
    ],
    what: 'The container was set up, and its program {file|} could not be started in it: {words|it is not in the image}.',
    why: 'Not found: the image has no program of that name in its PATH (small images have no bash, often no sh), or what was meant as an option stands behind the name of the image. No such file for a script that is there: its first line (#!) names a shell that is not, or it has Windows line ends. Permission denied: it is not executable. Exec format error: another architecture, or a script without its first line.',
    hint: 'Correct the command or entry point; `docker run --rm --entrypoint ls IMAGE -l /` (nerdctl, podman alike) shows what is in the image, `file` of what architecture it is.',
    reference: runc,
    confidence: 'likely',
  },
  {
    id: 'container-nested-denied',
    line: [
      /error mounting "(?:proc|sysfs|tmpfs|cgroup|mqueue|devpts)" to rootfs at "[^"]{1,80}": .{0,160}(?:operation not permitted|permission denied)/,
      /error during container init: open sysctl \S{1,80} file: .{0,80}permission denied/,
      /unable to apply cgroup configuration: .{0,160}(?:permission denied|read-only file system|operation not permitted)/,
    ],
    what: 'runc was not permitted to set the container up: it runs itself inside of a container or as a user that may not do this.',
    why: 'In LXC (Proxmox, Incus), in another container or rootless, AppArmor, a read-only or masked /proc and /sys, or cgroups that are not delegated forbid what runc does for each container. Newer runc (1.2.8, 1.3.3 and later) opens sysctls in a way that older AppArmor profiles of LXC refuse.',
    hint: 'LXC: switch on nesting (`lxc config set NAME security.nesting=true`, Proxmox: Features nesting=1, keyctl=1) and update LXC and its AppArmor profiles on the host. Docker in a container: it takes --privileged. Or run the engine in a VM.',
    reference: runc,
    confidence: 'likely',
  },
  {
    id: 'container-overlay-refused',
    line: [
      /(?:failed to mount overlay|error creating overlay mount|creating overlay mount|mounting "?overlay"?|mount callback failed on|overlay: mount).{0,300}invalid argument/i,
      /overlayfs: filesystem on '(?<place>[^']{1,160})' not supported as upperdir/,
      /overlay2?["']?:? (?:is not supported over|the backing \S{1,20} filesystem is formatted without d_type)/,
    ],
    what: 'The kernel does not make an overlay of the layers of the container: the file system below {place|the directory of the engine} cannot carry it.',
    why: 'The upper layer must hold extended attributes and whiteouts: an overlay in an overlay (an engine inside of a container), NFS, virtiofs, 9p, eCryptfs, or XFS with ftype=0 do not. `dmesg` names which directory is refused.',
    hint: '`sudo dmesg | tail`, `findmnt -T /var/lib/containerd` (or /var/lib/docker). Put that directory on ext4 or on XFS with ftype=1 (a volume of its own in a container), or use another snapshotter or storage driver (fuse-overlayfs, native, vfs).',
    reference: 'https://docs.docker.com/engine/storage/drivers/overlayfs-driver/',
    confidence: 'likely',
  },
  {
    id: 'container-image-unknown',
    line: [
      /failed to resolve reference "?(?<image>[^"\s]{3,160}?)"?: \S{3,200}: not found/,
      /manifest for (?<image>\S{3,160}) not found/,
      /(?:manifest unknown|MANIFEST_UNKNOWN)/,
      /pull access denied for (?<image>[\w./:-]{1,160}), repository does not exist/,
      /(?:initializing source|reading manifest) \S{0,160} ?(?:in )?(?<image>[\w./:-]{0,120}): (?:manifest unknown|name unknown|unauthorized|(?:denied: )?requested access to the resource is denied)/,
    ],
    what: 'The registry has no image {image|of that name and tag}, or does not show it to this caller.',
    why: 'The name or tag is misspelt, was removed or never pushed, or it is private: registries answer both alike. A name without a registry means Docker Hub, and one without a tag means :latest.',
    hint: 'Look the tag up in the registry (`skopeo list-tags docker://NAME`), and log in for a private one (`docker login`, `nerdctl login`; in a cluster imagePullSecrets). An image that only exists on this machine must be loaded where it is to run, with imagePullPolicy IfNotPresent.',
    reference: 'https://kubernetes.io/docs/concepts/containers/images/',
    confidence: 'likely',
  },
  {
    id: 'container-registry-limit',
    line: [
      /\btoomanyrequests\b|\b429 Too Many Requests\b.{0,160}(?:registry|docker|pull|manifest)|(?:registry|docker\.io|manifests)\S{0,160}.{0,80}429 Too Many Requests/i,
    ],
    what: 'The registry refuses further pulls for a while: the limit of requests (status 429) for this address or account is reached.',
    why: 'Docker Hub counts pulls without a login by address, so that all machines behind one gateway share the limit. The image itself is there.',
    hint: 'Log in (`docker login`, imagePullSecrets), wait, or pull over a mirror (hosts.toml of containerd, "registry-mirrors" in /etc/docker/daemon.json), or from another registry that holds the image.',
    reference: 'https://docs.docker.com/docker-hub/usage/',
    confidence: 'likely',
  },
  {
    id: 'container-registry-plain',
    line: [/server gave HTTP response to HTTPS client/],
    what: 'The registry speaks plain HTTP, and the engine asked it by HTTPS.',
    why: 'All registries but localhost count as HTTPS until the configuration says otherwise.',
    hint: 'containerd: /etc/containerd/certs.d/HOST:PORT/hosts.toml with `server = "http://HOST:PORT"` (config_path must name that directory); Docker: "insecure-registries" in /etc/docker/daemon.json and a restart; nerdctl: --insecure-registry; Podman: `insecure = true` in registries.conf. Better, give the registry a certificate.',
    reference: 'https://github.com/containerd/containerd/blob/main/docs/hosts.md',
    confidence: 'likely',
  },
  {
    id: 'container-name-taken',
    line: [
      /Conflict\. The container name "\/?(?<name>[^"]{1,120})" is already in use/,
      /the container name "(?<name>[^"]{1,120})" is already in use/,
      /\bname "(?<name>[^"]{1,120})" is already used by ID/,
      /ctr: (?:snapshot|container) "(?<name>[^"]{1,120})": already exists/,
    ],
    what: 'There is already a container (or its snapshot) with the name {name|that was given}: nothing was started.',
    why: 'A container that has ended stays until it is removed, unless it was started with --rm; with `ctr` its snapshot is a thing of its own.',
    hint: 'Take another name, or remove the old one: `docker rm NAME` (nerdctl, podman alike); `sudo ctr container rm NAME` and `sudo ctr snapshot rm NAME` (with --snapshotter devmapper where it lies there).',
    reference: docker,
    confidence: 'likely',
  },
  {
    id: 'container-kill-denied',
    line: [
      /(?:cannot (?:stop|kill) container|unknown error after kill|unable to signal init).{0,300}permission denied/,
    ],
    what: 'The engine may not end the container: the signal is refused (permission denied), although it runs as root.',
    why: 'Mostly AppArmor: the profile of the container was loaded anew or by another installation of Docker (snap beside the package), or an updated profile of runc does not allow the signal.',
    hint: '`sudo dmesg | grep -i apparmor`; `sudo systemctl restart apparmor`, or `sudo aa-remove-unknown` for profiles that nobody has any more; keep one installation of Docker (`snap list docker`). Update apparmor and containerd.',
    reference: docker,
    confidence: 'likely',
  },
  {
    id: 'crun-handler-missing',
    line: [
      /the handler `?(?<name>\w{2,20})`? is not supported by this build|could not load `?libkrun(?:-\w{1,10})?\.so/,
    ],
    what: 'This crun cannot run containers in a VM: it was built without the handler {name|krun}, or does not find its library.',
    why: 'The runtime krun is crun with libkrun, which many distributions build as a package of its own.',
    hint: 'Fedora: `sudo dnf install crun-krun libkrun`; else build crun with --with-libkrun and libkrun itself; it needs /dev/kvm that this user may open.',
    reference: 'https://github.com/containers/crun/blob/main/krun.1.md',
    confidence: 'likely',
  },
  {
    id: 'program-not-in-path',
    line: [
      /(?<!container process: |caused: |caused \\?"|exec failed: |create failed: )exec: \\?"(?!(?:\S{0,200}\/)?(?:cloud-hypervisor|ch-remote|containerd-shim-kata))(?<program>[\w.+-]{1,60})\\?": executable file not found in \$PATH(?!.{0,40}unable to start container)/,
    ],
    needs: ({ text }) =>
      !/unable to start container process|OCI runtime (?:create|exec) failed|container_linux\.go/.test(text),
    what: 'A program looked for {program|another program} and did not find it in its PATH.',
    why: 'It is not installed on that machine, or lies where this service does not look: units of systemd, sudo, cron and containers have a short PATH.',
    hint: 'Install what holds it: dmsetup is in dmsetup (Fedora: device-mapper), apparmor_parser in apparmor, newuidmap in uidmap (shadow-utils), qemu-img in qemu-utils (qemu-img), mkfs.ext4 in e2fsprogs, ip in iproute2 (iproute), modprobe in kmod; iptables, runc, socat, conntrack in packages of that name. Then restart the service, or put it into its PATH.',
    reference: containerd,
    confidence: 'likely',
  },
]
