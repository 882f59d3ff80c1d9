/** Where a build from source stops before or beside the compiler: targets, lock files, downloads, memory, firmware, kernels. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const building = doc('building.md')
const instead =
  'No build is needed to run it: `chv-doctor fix install-cloud-hypervisor` gets the static binary of a release.'

const isOurs = ({ says }: Evidence): boolean =>
  says(
    /cloud-hypervisor|\bvmm\b|virtio-devices|hypervisor-fw|rust-hypervisor-firmware|virtiofsd|vfio-bindings|kvm-ioctls|linux-loader/i,
  )

export const buildSteps: readonly Cause[] = [
  {
    id: 'build-target-missing',
    line: [
      /can't find crate for `(?:std|core|alloc)`/,
      /the `(?<target>[\w-]{4,60})` target may not be installed/,
      /error: toolchain '(?<target>[^']{1,80})' (?:is not installed|does not)/,
      /component 'rust-std' for target '(?<target>[^']{1,60})'/,
    ],
    needs: isOurs,
    what: 'A build from source stopped: the Rust toolchain has no standard library for the target {target|that was asked for}.',
    why: 'The target (such as x86_64-unknown-linux-musl for a static binary) is a part of its own of the toolchain. Rust packages of distributions often do not have it.',
    hint: `\`rustup target add x86_64-unknown-linux-musl\` (for the toolchain that is used here: \`rustup show\`), and musl-gcc (package musl-tools); or build without --target. ${instead}`,
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-cargo-too-old',
    line: [
      /lock file version `?(?<version>\d)`? (?:was found, but this version of Cargo does not understand|requires `-Znext-lockfile-bump`)/,
      /this version of Cargo is older than the `?(?<edition>20\d\d)?`? ?edition/,
    ],
    what: 'The cargo that is used is too old for these sources: it does not understand their Cargo.lock (version {version|4}) or edition.',
    why: 'The packages of distributions are older than what the project asks for (rust-version in Cargo.toml).',
    hint: `Install a newer one with rustup (\`rustup update stable\`; \`which cargo\` must name ~/.cargo/bin); do not remove Cargo.lock, which names the versions that were tested. ${instead}`,
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-download-failed',
    line: [
      /(?:warning: )?spurious network error/,
      /error: failed to (?:get|fetch|load source for dependency|download from) `(?<crate>[^`]{1,160})`/,
      /failed to (?:clone into|authenticate when downloading|resolve address)/,
      /error: (?:unable to update|failed to sync|failed to query replaced source) .{1,160}/i,
    ],
    needs: isOurs,
    what: 'A build from source stopped while cargo fetched {crate|its dependencies} over the network.',
    why: 'crates.io or GitHub is not reached from there: no network in the container or sandbox, a proxy, a firewall, or a dependency of git that needs the tool git.',
    hint: `Try \`curl -I https://index.crates.io\` at that place, set https_proxy or net.git-fetch-with-cli = true, and fetch first with \`cargo fetch --locked\`. ${instead}`,
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-killed',
    line: [
      /process didn't exit successfully: `\S{0,80}(?:rustc|cc|ld)\b.{0,300}\(signal: 9, SIGKILL: kill\)/,
      /(?:collect2|cc1|cc1plus|ld|rustc)\S{0,12}: .{0,60}(?:Killed|terminated with signal 9)/,
    ],
    what: 'The compiler or linker was killed in the middle of the build (SIGKILL): mostly the machine ran out of memory.',
    why: 'Linking with optimisation (lto) of the whole program takes some GB. `sudo dmesg` of the machine tells whether the OOM killer did it.',
    hint: `Give the machine or container more memory or swap, or build with fewer jobs (\`cargo build --release -j 1\`, CARGO_PROFILE_RELEASE_LTO=off). ${instead}`,
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-no-space',
    line: [
      /(?:failed to write|error writing|could not write|failed to copy|unable to create|cannot create) .{0,200}(?:No space left on device|os error 28)/,
    ],
    needs: ({ says }) => says(/target\/|cargo|rustc|\bmake\b|Build\//),
    what: 'The disk was full during the build (no space left on device, ENOSPC).',
    why: 'A build with all targets takes many GB under target/.',
    hint: 'See `df -h .`; `cargo clean` removes what earlier builds left; set CARGO_TARGET_DIR to another file system.',
    check: 'disk-space',
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-sources-unseen',
    line: [/error: could not find `Cargo\.toml` in `(?<directory>[^`]{1,160})`/],
    needs: isOurs,
    what: 'A build from source stopped: cargo sees no sources in {directory|that directory}.',
    why: 'In the container of the project (dev_cli.sh) that directory is mounted from the host. It looks empty where SELinux refuses the container (Fedora, RHEL), where the container engine runs on another machine or as a user who may not read it, or where the command was run elsewhere than at the top of the sources.',
    hint: `On a host with SELinux: \`sudo ausearch -m avc -ts recent\`; label the directory for containers (\`chcon -Rt container_file_t .\`, or \`:z\` behind the volume). Else run it at the top of the sources. ${instead}`,
    reference: building,
    confidence: 'possible',
  },
  {
    id: 'build-repository-owner',
    line: [/detected dubious ownership in repository at '(?<directory>[^']{1,160})'/],
    what: 'git refuses the repository {directory|}, because it belongs to another user than the one who runs git.',
    why: 'Usual in containers, and with sudo: the directory belongs to the user of the host.',
    hint: 'Run the build as the user whom the files belong to, or tell git once: `git config --global --add safe.directory DIRECTORY`.',
    reference: 'https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory',
    confidence: 'likely',
  },
  {
    id: 'build-edk2-failed',
    line: [
      /: error (?<code>[0-9A-F]{4}): (?<words>.{1,120})/,
      /^build\.py\.\.\.$/,
      /(?:^|: )(?<tool>nasm|iasl): (?:command )?not found/,
      /BaseTools.{0,80}(?:not found|No such file|Error)/,
    ],
    needs: ({ says }) => says(/edk2|CloudHv|CLOUDHV|BaseTools|OvmfPkg/i),
    what: 'The build of the firmware (EDK2, CLOUDHV) stopped: {words|}{tool|}.',
    why: "Error 7000 only says that a command failed; that one's own message stands above it. Usual are missing tools (nasm, iasl of acpica-tools, uuid-dev, python3), submodules that were not fetched, BaseTools that were not built, and a compiler that is newer than the release of EDK2.",
    hint: 'Tools: `sudo apt-get install nasm acpica-tools uuid-dev python3` (Fedora: nasm acpica-tools libuuid-devel). Then `git submodule update --init`, `make -C BaseTools`, `. edksetup.sh`, then `build -a X64 -t GCC5 -p OvmfPkg/CloudHv/CloudHvX64.dsc -b RELEASE`. No build is needed: `chv-doctor fix fetch-firmware` gets a firmware.',
    check: 'firmware',
    reference: doc('uefi.md'),
    confidence: 'likely',
  },
  {
    id: 'build-kernel-config',
    line: [
      /No rule to make target '(?<target>debian\/[\w.-]{1,60}|\S{0,60}\.pem)', needed by/,
      /No rule to make target '(?<target>ch_defconfig)'/,
      /pahole \(pahole\) is not available|Failed to generate BTF for vmlinux/,
      /(?:^|: )(?<target>flex|bison|bc|pahole|perl|gawk|cpio|kmod|depmod): (?:command )?not found/,
    ],
    needs: ({ says }) =>
      says(/certs\/|ch_defconfig|BTF|vmlinux|bzImage|scripts\/|\bKconfig\b|make\[\d\]|make: /),
    what: 'The build of the kernel stopped: {target|something} is missing, or an option of its configuration names something that is not there.',
    why: 'debian/…pem: the configuration of a distribution names its own keys. pahole: BTF (CONFIG_DEBUG_INFO_BTF) needs the package dwarves. ch_defconfig: only the kernel tree of Cloud Hypervisor has it. flex, bison, bc: packages of the build.',
    hint: 'Keys: `scripts/config --disable SYSTEM_TRUSTED_KEYS --disable SYSTEM_REVOCATION_KEYS`, then `make olddefconfig`; BTF: install dwarves or disable DEBUG_INFO_BTF; ch_defconfig: clone https://github.com/cloud-hypervisor/linux; tools: `apt-get install flex bison bc libelf-dev libssl-dev`.',
    check: 'kernel-image',
    reference: doc('README.md#building-your-kernel'),
    confidence: 'likely',
  },
]
