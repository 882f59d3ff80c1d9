/** What docker, podman and nerdctl answer to a command that cannot be done: registries, ports, mounts, users. */
import type { Cause } from '../../cause.ts'

const docker = 'https://docs.docker.com/engine/'
const podman = 'https://github.com/containers/podman/blob/main/troubleshooting.md'

export const containerCommands: readonly Cause[] = [
  {
    id: 'container-registry-unreachable',
    line: [
      /(?:registry|docker\.io|quay\.io|ghcr\.io|gcr\.io|\/v2\/)\S{0,160}.{0,120}(?<words>Client\.Timeout exceeded|i\/o timeout|TLS handshake timeout|connection refused|no route to host|network is unreachable|connection reset by peer)/,
    ],
    what: 'The registry of images was not reached: {words|see the message}.',
    why: 'The engine fetches images itself, so that its own way to the network counts: no route or firewall, a proxy that the daemon does not know (the shell has http_proxy, the unit does not), an MTU that is too large (TLS handshake timeout), or a registry that is down.',
    hint: '`curl -sSI https://registry-1.docker.io/v2/` on that machine (401 is good); give the daemon the proxy: a drop-in of containerd.service or docker.service with `Environment=HTTPS_PROXY=… NO_PROXY=…`, `systemctl daemon-reload` and a restart; or use a mirror.',
    reference: `${docker}daemon/proxy/`,
    confidence: 'likely',
  },
  {
    id: 'container-disk-full',
    line: [
      /(?:\/var\/lib\/(?:containerd|docker|containers|rancher)\/|mount callback failed on|failed to extract layer|failed to register layer|failed to write to log).{0,300}no space left on device/,
    ],
    what: 'The disk on which the container engine keeps images and layers is full.',
    why: 'Images, layers of containers, logs and build caches grow below /var/lib/containerd, /var/lib/docker or /var/lib/containers; inodes can run out as well.',
    hint: '`df -h /var/lib/containerd /var/lib/docker`, `df -i`; see what is unused (`docker system df`, `sudo crictl images`) and remove that (`docker image prune`, `sudo crictl rmi --prune`), or move the directory (root in config.toml, "data-root" in daemon.json) to a larger disk.',
    reference: docker,
    confidence: 'likely',
  },
  {
    id: 'container-gpu-toolkit',
    line: [/could not select device driver "(?<name>[\w-]{0,20})" with capabilities: \[\[gpu\]\]/],
    what: 'Docker was asked for a GPU (--gpus), and has no driver for that: the NVIDIA Container Toolkit is not set up.',
    why: 'The toolkit passes the driver of the host into containers. A GPU that is bound to vfio-pci for a VM cannot be used so at all.',
    hint: 'Install nvidia-container-toolkit, `sudo nvidia-ctk runtime configure --runtime=docker`, `sudo systemctl restart docker`; `nvidia-smi` must work on the host.',
    reference: 'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html',
    confidence: 'likely',
  },
  {
    id: 'container-port-taken',
    line: [
      /Bind for (?<address>\S{1,60}) failed: port is already allocated/,
      /(?:failed to bind (?:host )?port|rootlessport|listen tcp4?|userland proxy).{0,60}?(?<address>[\d.]{7,15}:\d{1,5}|\d{1,5}\/tcp)?.{0,60}(?:bind: )?address already in use/,
    ],
    needs: ({ text, says }) =>
      /port is already allocated/.test(text) || says(/docker|podman|nerdctl|container|rootlessport/i),
    what: 'The port of the host that the container was to publish {address|} is in use.',
    why: 'Another container publishes it, or a program on the host listens there.',
    hint: '`docker ps --filter publish=PORT` and `sudo ss -ltnp | grep :PORT` show who has it; stop that one, or publish another port (-p OTHER:PORT).',
    reference: `${docker}network/`,
    confidence: 'likely',
  },
  {
    id: 'container-mount-source',
    line: [
      /bind source path does not exist: (?<file>\S{1,200}?)\.?(?:\s|$)/,
      /error mounting "(?<file>[^"]{1,200})" to rootfs at .{0,300}(?:not a directory|Are you trying to mount a directory onto a file)/,
      /statfs (?<file>\/\S{1,200}): no such file or directory/,
    ],
    what: 'The directory or file of the host that the container was to get ({file|see the line}) does not fit: it is missing, or a directory stands against a file.',
    why: 'With --mount and with Podman the source must exist; -v of Docker makes a missing one as an empty directory, which then fits no file. With a remote daemon (Docker Desktop, docker context) the path is one of that machine.',
    hint: '`ls -ld PATH` on the machine where the daemon runs; make it, or remove the empty directory that stands in place of the file.',
    reference: `${docker}storage/bind-mounts/`,
    confidence: 'likely',
  },
  {
    id: 'container-subids-few',
    line: [
      /there might not be enough IDs available in the namespace/,
      /potentially insufficient UIDs or GIDs available in user namespace/,
      /(?:cannot find (?:mappings|UID\/GID)|no sub[ug]id ranges found|No subuid ranges found|open \/etc\/sub[ug]id: no such file).{0,160}/,
    ],
    what: 'The user has too few subordinate ids for rootless containers: the image has files of owners that do not fit in.',
    why: 'Each user needs a range in /etc/subuid and /etc/subgid (65536 ids as a rule); an account of LDAP or one that was made by hand often has none.',
    hint: '`sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER` (a range that no other user has), then `podman system migrate`; `podman unshare cat /proc/self/uid_map` must show the range.',
    reference: podman,
    confidence: 'likely',
  },
  {
    id: 'container-newuidmap-rights',
    line: [
      /newuidmap"?: (?:should have setuid or have filecaps setuid|write to uid_map failed: Operation not permitted)/,
      /newuidmap: (?:write to uid_map failed|uid range \[)/,
    ],
    needs: ({ text, says }) =>
      /namespace using/.test(text) || says(/podman|docker|rootless|buildah|nerdctl/i),
    what: 'newuidmap, which gives a rootless container its ids, has not the right to do so.',
    why: 'It needs setuid root or the capability cap_setuid (lost by a copied file system, an image layer or a mount with nosuid), or the range asked for is not in /etc/subuid; inside of a container user namespaces may be forbidden.',
    hint: '`ls -l /usr/bin/newuidmap`, `getcap /usr/bin/newuidmap`; install uidmap (shadow-utils) again, or `sudo chmod u+s /usr/bin/newuidmap /usr/bin/newgidmap`; `grep USER /etc/subuid`.',
    reference: podman,
    confidence: 'likely',
  },
  {
    id: 'nerdctl-rootless-missing',
    line: [/rootless containerd not running\?/],
    what: 'nerdctl was called by an ordinary user, for whom no containerd runs.',
    why: 'Without root it looks for a rootless containerd of that user, not for the one of the system.',
    hint: 'For VM runtimes (Kata) use `sudo nerdctl`; else `containerd-rootless-setuptool.sh install` (needs uidmap and slirp4netns).',
    reference: 'https://github.com/containerd/nerdctl/blob/main/docs/rootless.md',
    confidence: 'likely',
  },
]
