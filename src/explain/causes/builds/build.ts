/** What compilers and linkers say when Cloud Hypervisor or what belongs to it is built from source. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const building = doc('building.md')

const instead =
  'No build is needed: `chv-doctor fix install-cloud-hypervisor` gets the static binary of a release.'

/** Crates of the workspace, and those of rust-vmm that it is made of. */
const ourCrates =
  /`(?:vmm|hypervisor|cloud-hypervisor|virtio-devices|net_util|vhost_user_(?:net|block)|vm-(?:allocator|device|migration|virtio)|event_monitor|option_parser|rate_limiter|serial_buffer|api_client|performance-metrics|vm-(?:memory|fdt)|vmm-sys-util|kvm-(?:ioctls|bindings)|mshv-\w+|vfio-\w+|virtio-(?:bindings|queue)|linux-loader|micro_http|acpi_tables)[` ]/

/** What shows that another crate is built for Cloud Hypervisor. */
const ourSources = /\bcloud-hypervisor\b|virtio-devices\/src|vmm\/src/

const isRustBuild = ({ says }: Evidence): boolean =>
  says(/\bCompiling \S+ v\d|\brustc?\b|\bcargo\b|error: linking with |cloud-hypervisor/)

export const builds: readonly Cause[] = [
  {
    id: 'build-compiler-missing',
    line: [
      /Failed to find tool\. Is `(?<tool>[\w.+-]{1,60})` installed\?/,
      /^error: linker `(?<tool>[\w.+-]{1,60})` not found/,
    ],
    what: 'A build from source stopped: the C compiler or linker {tool|that it calls} is not installed, or not in the PATH.',
    why: 'This is cargo, not the VMM. A build for another target (musl, another architecture) calls the cross compiler of that target by this name; a container of the build may lack it.',
    hint: `Install it (Debian: \`musl-tools\` has musl-gcc, \`gcc-aarch64-linux-gnu\` the cross compiler), link a musl gcc under the name that is called or name one in CC_TARGET, or build for the gnu target of this machine. ${instead}`,
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-libc-old',
    line: [
      /undefined reference to [`'"‘](?<symbol>getrandom|memfd_create|copy_file_range|statx|gettid|explicit_bzero)\b/,
      /undefined symbol: (?<symbol>getrandom|memfd_create|copy_file_range|statx|gettid)\b/,
    ],
    needs: isRustBuild,
    what: 'A build from source stopped in the linker: the C library (glibc) of this machine is too old, it does not have {symbol|a function that Rust calls}.',
    why: 'This is the linker, not the VMM. getrandom came with glibc 2.25, memfd_create and copy_file_range with 2.27, statx with 2.28, gettid with 2.30; old enterprise distributions have less.',
    hint: `Build on a newer distribution, in the container of the project (\`scripts/dev_cli.sh build --release\`), or for the target x86_64-unknown-linux-musl. ${instead}`,
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-link-failed',
    line: [
      /^error: linking with `[\w.+-]{1,60}` failed/,
      /undefined reference to [`'"‘](?<symbol>[\w.]{1,80})/,
    ],
    needs: ({ text, says }) =>
      !/undefined reference/.test(text) || says(/libfdt|cargo|rustc|\.rlib|target\/|cloud-hypervisor/),
    what: 'A build from source stopped in the linker.',
    why: 'This is the linker, not the VMM. The lines behind it name what is missing: a library (cannot find -l…) or a function (undefined reference to …) that this machine does not have, or has in an older version.',
    hint: `Install the library with its headers (-dev), or build in the container of the project (\`scripts/dev_cli.sh build --release\`). ${instead}`,
    reference: building,
    confidence: 'possible',
  },
  {
    id: 'build-failed',
    line: [
      /^error: (?:could not compile|failed to run custom build command for|no matching package named|failed to select a version for(?: the requirement)?) `(?<crate>[\w-]{1,60})[` ]/,
    ],
    needs: ({ text, says }) => ourCrates.test(text) || says(ourSources),
    what: 'A build from source stopped: the compiler (rustc) refused the crate {crate|that the line names}, or could not build it.',
    why: 'This is the compiler, not the VMM. Its first error stands further above and says why. A crate that calls C code (openssl-sys and its like) misses that library. One crate built alone lacks the features that the whole asks for (hypervisor needs `kvm` or `mshv`); sources of another age than the toolchain or Cargo.lock fail, too.',
    hint: `Read the errors above from the first one on. Build at the top of the sources (\`cargo build --release --locked\`), a crate alone with \`--features kvm\`, and with the Rust release that Cargo.toml names. ${instead}`,
    reference: building,
    confidence: 'likely',
  },
]
