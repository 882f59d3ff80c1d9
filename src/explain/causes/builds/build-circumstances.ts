/** Builds that stop over what stands around them: PATH, toolchains, lints, sign-offs, architectures of images and compilers. */
import type { Cause } from '../../cause.ts'

const rustup = 'https://rust-lang.github.io/rustup/'

export const buildCircumstances: readonly Cause[] = [
  {
    id: 'cargo-not-in-path',
    line: [/(?:^|[ :])(?<tool>cargo|rustc|rustup): (?:command )?not found$/],
    needs: ({ says, text }) =>
      /^sudo: /.test(text) ||
      says(/^(?:Step \d|RUN |#\d)|sh\.rustup\.rs|rustup-init|\.cargo\/|sudo \S{0,20} ?cargo/),
    what: 'The shell does not find {tool|cargo}: rustup puts it into ~/.cargo/bin of the user who installed it, and that directory is not in this PATH.',
    why: 'A shell that was open during the installation, a step of a container or CI, and sudo (which has a PATH of its own, and another home) do not have it.',
    hint: '`. "$HOME/.cargo/env"`, or a new login; in a Dockerfile `ENV PATH=/root/.cargo/bin:$PATH`. Build without sudo, and use it only for `sudo install` of the result.',
    reference: `${rustup}installation/index.html`,
    confidence: 'likely',
  },
  {
    id: 'rustup-toolchain-missing',
    line: [/\btoolchain '(?<toolchain>[^']{1,80})' is not installed/],
    what: 'rustup has no toolchain {toolchain|of that name} on this machine.',
    why: 'rust-toolchain.toml of the sources (or +NAME, an override, RUSTUP_TOOLCHAIN) asks for it, and rustup from 1.28 on does not fetch it by itself in every case; an offline or sandboxed build cannot.',
    hint: '`rustup toolchain install` in the directory of the sources (or with the name), then build again; `rustup show` tells who asks for it.',
    reference: `${rustup}overrides.html`,
    confidence: 'likely',
  },
  {
    id: 'commit-not-signed-off',
    line: [
      /Body does not contain a 'Signed-off-by' line/,
      /\b(?:DCO|Signed-off-by)\b.{0,60}\b(?:missing|not found|failed|required)\b/i,
    ],
    what: 'A commit has no line "Signed-off-by": the check of the pull request asks for it, the code was not the reason.',
    why: 'With it the author states the origin of the change (DCO). Each commit of the branch must have it, with the name and address of its author.',
    hint: '`git commit --amend -s` for the last one, `git rebase --signoff origin/main` for all of the branch, then `git push --force-with-lease`.',
    reference: 'https://developercertificate.org/',
    confidence: 'likely',
  },
  {
    id: 'cargo-vendor-incomplete',
    line: [
      /no matching package (?:named `(?<crate>[\w-]{1,80})` )?found/,
      /failed to select a version for the requirement `(?<crate>[\w-]{1,80}) = /,
    ],
    needs: ({ says }) => says(/directory source `|which is replacing (?:registry|git)/),
    what: 'cargo looks for {crate|a crate} in a directory of vendored sources only, and it is not in there.',
    why: '.cargo/config.toml replaces crates.io by that directory (source replacement). It was filled for another Cargo.lock, or without the dependencies of git.',
    hint: '`cargo vendor --locked vendor` with network beside these very sources, and the lines that it prints into .cargo/config.toml (one entry for each source of git); or take the replacement out to build with network.',
    reference: 'https://doc.rust-lang.org/cargo/commands/cargo-vendor.html',
    confidence: 'likely',
  },
  {
    id: 'kernel-target-of-other-architecture',
    line: [/No rule to make target ['`](?<target>Image(?:\.gz)?|zImage|uImage|bzImage|dtbs)['’]\. {1,2}Stop/],
    what: 'This kernel tree has no target {target|of that name} for the architecture that it is built for.',
    why: 'The image of arm64 is called Image, that of x86 bzImage (and vmlinux for a direct boot); make takes the architecture of this machine unless ARCH= is given. Outside of the top of a kernel tree there is no such target at all.',
    hint: 'x86: `make bzImage` (or `make vmlinux`). For arm64 on another machine: `make ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- defconfig Image`, with the same two for each call; `make help` lists the targets.',
    reference: 'https://docs.kernel.org/kbuild/kbuild.html',
    confidence: 'likely',
  },
  {
    id: 'cross-tool-missing',
    line: [
      /(?:^|[ :'"`])(?<tool>(?:aarch64|arm|riscv64|x86_64|powerpc64le|s390x)-(?:none-|unknown-|suse-)?(?:linux-)?(?:gnu\w{0,8}|musl\w{0,8}|elf|eabi)-(?:gcc|g\+\+|cc|ld|as|ar|objcopy|cpp|strip)(?:-\d{1,2})?)['"`]?: (?:command not found|not found|No such file or directory)/,
    ],
    what: 'The cross compiler {tool|of that target} is not installed: the build is for another architecture than this machine.',
    why: 'CROSS_COMPILE=, the tool chain of EDK2 or a linker setting of cargo names it; it comes with a package of its own.',
    hint: '`sudo apt-get install gcc-aarch64-linux-gnu` (Fedora: gcc-aarch64-linux-gnu binutils-aarch64-linux-gnu; riscv64 and x86_64 likewise); EDK2: `export GCC5_AARCH64_PREFIX=aarch64-linux-gnu-` (newer: GCC_AARCH64_PREFIX). On a machine of that architecture leave CROSS_COMPILE out.',
    reference: 'https://docs.kernel.org/kbuild/kbuild.html',
    confidence: 'likely',
  },
  {
    id: 'linker-rwx-note',
    severity: 'note',
    line: [
      /\bwarning: .{1,160} has a LOAD segment with RWX permissions/,
      /\bmissing \.note\.GNU-stack section implies executable stack/,
    ],
    what: 'The linker only warns of memory that is writable and executable: the build goes on.',
    why: 'binutils from 2.39 on say so of firmware, boot code and older kernels, which are laid out like that on purpose.',
    hint: 'Nothing need be done; `-Wl,--no-warn-rwx-segments` silences it. If the build stops, the reason is another line.',
    reference: 'https://sourceware.org/binutils/docs/ld/Options.html',
    confidence: 'likely',
  },
]
