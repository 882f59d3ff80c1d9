/** What docker, buildx and podman say while they build or pull an image that a VM, a kernel or a toolchain comes from. */
import type { Cause } from '../../cause.ts'

const docker = 'https://docs.docker.com/'

export const containerBuilds: readonly Cause[] = [
  {
    id: 'docker-buildx-missing',
    line: [
      /BuildKit is enabled but the buildx component is missing or broken/,
      /^unknown flag: --(?<flag>platform|load|push|mount|secret|progress|ssh)\b/,
      /docker: 'buildx' is not a docker command|unknown command: docker buildx/,
      /the --(?:mount|chmod|link|parents) option requires BuildKit/,
    ],
    needs: ({ text, says }) => !/^unknown flag/.test(text) || says(/docker|buildx/i),
    what: 'This docker has no buildx (BuildKit), which the build needs.',
    why: 'It is a plugin of its own; docker.io of Debian and Ubuntu does not bring it.',
    hint: 'Install docker-buildx-plugin (repository of Docker) or docker-buildx (Ubuntu, Debian, Arch); `docker buildx version` shows it. Older: `DOCKER_BUILDKIT=1 docker build …`.',
    reference: 'https://github.com/docker/buildx#installing',
    confidence: 'likely',
  },
  {
    id: 'docker-platform-driver',
    line: [
      /Multi-platform build is not supported for the docker driver|docker exporter does not currently support exporting manifest lists/,
    ],
    what: 'The builder of docker that is used cannot build for several platforms at once.',
    why: 'The default driver keeps one platform per image.',
    hint: '`docker buildx create --use --driver docker-container`, then build with `--platform … --push` (or `-o type=oci,dest=FILE`); or switch the containerd image store on.',
    reference: `${docker}build/building/multi-platform/`,
    confidence: 'likely',
  },
  {
    id: 'container-architecture-foreign',
    line: [
      /(?<!fork\/)\bexec(?: |_user_process caused: exec: ")\/?\S{1,80}:? exec format error/i,
      /exec user process caused:? "?exec format error/,
      /no matching manifest for (?<platform>\S{1,40}) in the manifest list/,
      /image(?: with reference \S{1,160} was found but)? .{0,20}(?:platform|architecture) \((?<platform>\S{1,40})\) does not match/,
    ],
    what: 'The image is of another architecture than this machine, or is not made for {platform|this one}.',
    why: 'Programs of another architecture run through qemu-user only, once it is registered (binfmt_misc); "no matching manifest" means that the image has no variant for this platform.',
    hint: '`docker run --privileged --rm tonistiigi/binfmt --install all` (or package qemu-user-static), then `--platform linux/amd64`; or take an image that has this architecture (`docker buildx imagetools inspect IMAGE`).',
    reference: `${docker}build/building/multi-platform/#qemu`,
    confidence: 'likely',
  },
  {
    id: 'container-image-not-found',
    line: [
      /failed to resolve source metadata for (?<image>\S{1,160}): .{0,200}(?:not found|does not exist|authorization failed|pull access denied)/,
      /manifest (?:for (?<image>\S{1,160}) not found|unknown)/,
      /pull access denied for (?<image>\S{1,160}), repository does not exist/,
    ],
    what: 'The registry has no image {image|of that name}, or does not show it to you.',
    why: 'The name or tag is misspelt or was removed; an image that was built here only is looked for at Docker Hub; a private one needs a login.',
    hint: 'Compare the tags at the registry (`skopeo list-tags docker://NAME`); `docker login REGISTRY`; for an image of this machine build it first under that very name.',
    reference: `${docker}reference/cli/docker/image/pull/`,
    confidence: 'likely',
  },
  {
    id: 'container-copy-missing',
    line: [
      /failed to (?:compute cache key|calculate checksum of ref).{0,200}?"(?<file>\/[^"]{1,160})": not found/,
      /(?:COPY|ADD) failed: .{0,120}(?:no such file or directory|not found in build context|no source files)/,
      /copier: stat: "(?<file>\/[^"]{1,160})": no such file or directory/,
    ],
    what: 'COPY or ADD of the Dockerfile names {file|a file} that is not in the build context.',
    why: 'Paths count from the directory at the end of the build command, not from the Dockerfile; .dockerignore leaves files out (target/, build/); the file may have to be built first.',
    hint: '`ls` it below the context, look at .dockerignore, and run the build as `docker build -f PATH/Dockerfile .` at the directory that has it.',
    reference: `${docker}build/concepts/context/`,
    confidence: 'likely',
  },
  {
    id: 'container-store-full',
    line: [
      /failed to register layer: .{0,200}no space left on device/,
      /(?:\/var\/lib\/(?:docker|containerd|containers)|\/containers\/storage)\S{0,160}.{0,80}no space left on device/,
      /(?:writing blob|copying layers|committing).{0,200}no space left on device/i,
    ],
    what: 'The disk where docker or podman keeps its images is full.',
    why: 'Images, stopped containers and the build cache stay there until they are removed (/var/lib/docker, /var/lib/containers, ~/.local/share/containers); podman also unpacks in TMPDIR.',
    hint: '`docker system df`, then `docker builder prune` and `docker image prune` (podman: `podman system prune`); read what they will remove. See `df -h /var/lib/docker` and `df -i`.',
    check: 'disk-space',
    reference: `${docker}engine/manage-resources/pruning/`,
    confidence: 'likely',
  },
  {
    id: 'container-build-killed',
    line: [
      /process "(?<command>.{1,200})" did not complete successfully: exit code: 137/,
      /The command '.{1,200}' returned a non-zero code: 137/,
    ],
    what: 'A step of the image build was killed (exit code 137, SIGKILL): mostly the memory ran out.',
    why: 'The machine, the VM of Docker Desktop or the limit of the builder has too little memory for that step (compilers and linkers take it).',
    hint: '`sudo dmesg | grep -i oom` on the host; give Docker Desktop or the machine more memory, or build with fewer jobs (`cargo build -j 2`, `make -j2`).',
    reference: `${docker}desktop/settings-and-maintenance/settings/`,
    confidence: 'likely',
  },
  {
    id: 'container-build-mount-denied',
    line: [
      /process "(?<command>.{0,120}\b(?:mount|losetup|debootstrap|kpartx|mknod|chroot)\b.{0,120})" did not complete successfully/,
    ],
    what: 'A step of the image build needs rights that a build does not have: {command|mount or losetup}.',
    why: 'Steps of a Dockerfile run without the right to mount, to make devices or to use loop devices, and `docker build` has no --privileged.',
    hint: 'Do that step in `docker run --privileged -v /dev:/dev …`; or with buildx `RUN --security=insecure` and `--allow security.insecure`; or make the image without mounting: `mkfs.ext4 -d DIRECTORY`, mtools, `virt-make-fs`.',
    reference: `${docker}reference/dockerfile/#run---security`,
    confidence: 'likely',
  },
  {
    id: 'container-build-step-failed',
    line: [
      /process "(?<command>.{1,200})" did not complete successfully: exit code: (?<code>\d{1,3})/,
      /The command '(?<command>.{1,200})' returned a non-zero code: (?<code>\d{1,3})/,
    ],
    what: 'A step of the image build failed (exit code {code|}): {command|}.',
    why: 'The reason stands in the output of that step, above this line. 127: a program is not in the image, 126: it may not be executed, 100: apt-get failed (no network, no update before), 101: cargo or a program in Rust, 137: killed.',
    hint: '`docker build --progress=plain --no-cache …` shows all of it; then run the step by hand in `docker run -it IMAGE sh`.',
    reference: `${docker}reference/cli/docker/buildx/build/#progress`,
    confidence: 'possible',
  },
  {
    id: 'podman-short-name',
    line: [
      /short-name "?(?<name>[\w./-]{1,80})"? did not resolve to an alias/,
      /short-name resolution enforced but cannot prompt/,
    ],
    what: 'podman does not know which registry the image {name|} is of.',
    why: 'Names without a registry are looked up in unqualified-search-registries of /etc/containers/registries.conf, and none is set.',
    hint: 'Write it in full: `docker.io/library/NAME:TAG`; or set `unqualified-search-registries = ["docker.io"]` there.',
    reference: 'https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md',
    confidence: 'likely',
  },
]
