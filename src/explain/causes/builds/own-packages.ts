/** What package managers and toolchains say of Cloud Hypervisor and what belongs to it. */
import { type Cause, doc } from '../../cause.ts'

const binaries = doc('README.md#use-pre-built-binaries')
const building = doc('building.md')

export const ownPackages: readonly Cause[] = [
  {
    id: 'package-of-vmm-unknown',
    line: [
      /Unable to locate package (?<package>(?:cloud-hypervisor|hypervisor-fw)\S{0,20})/,
      /(?:No match for argument|No package|Package) ?:? ?'?(?<package>cloud-hypervisor\S{0,20}?)'? ?(?:available|not found|$)/i,
      /snap "(?<package>cloud-hypervisor)" not found/,
      /target not found: (?<package>cloud-hypervisor)/,
    ],
    what: 'The distribution has no package {package|of that name} in the sources that are set up here.',
    why: 'Debian and Ubuntu have no package of Cloud Hypervisor of their own; Fedora, Arch, Alpine, Nix and others have one. Lists that were never fetched know nothing at all.',
    hint: '`sudo apt-get update` first; for Cloud Hypervisor take the static binary: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    reference: binaries,
    confidence: 'likely',
  },
  {
    id: 'package-of-vmm-unfit',
    line: [
      /(?<need>libc\.so\.6\(GLIBC_[\d.]+\)\S{0,10}) is needed by cloud-hypervisor/,
      /dependency problems prevent configuration of (?<package>cloud-hypervisor\S{0,20})/,
      /nothing provides (?<need>\S{1,60}).{0,40} needed by cloud-hypervisor/,
    ],
    what: 'The package of Cloud Hypervisor does not fit this distribution: {need|something that it depends on} is missing.',
    why: 'It was built for a newer (or another) distribution.',
    hint: 'Use the static binary, which needs nothing: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    reference: binaries,
    confidence: 'likely',
  },
  {
    id: 'build-no-toolchain',
    line: [/rustup could not choose a version of (?<tool>\w{1,12}) to run/],
    what: 'rustup is installed, and no Rust toolchain: {tool|cargo} cannot run.',
    why: 'No default was set for this user (sudo uses that of root).',
    hint: '`rustup default stable`, without sudo. To run Cloud Hypervisor no build is needed: `chv-doctor fix install-cloud-hypervisor`.',
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-feature-unknown',
    line: [
      /(?:does not have (?:the )?feature|does not contain (?:this|these) features?:?|none of the selected packages contains (?:this|these) features?:?) `?(?<feature>[\w,-]{1,60})/,
    ],
    needs: ({ says }) => says(/cloud-hypervisor|\bvmm\b|hypervisor/),
    what: 'A build from source stopped: the crate has no feature {feature|of that name} in this release.',
    why: 'Features come and go: kvm, mshv, tdx, sev_snp, igvm, dbus_api, guest_debug, io_uring, pvmemcontrol. Several are given as `--features "mshv,tdx"` at the top of the sources.',
    hint: 'See [features] in cloud-hypervisor/Cargo.toml (or Cargo.toml at the top) of these very sources.',
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-nothing-to-install',
    line: [/there is nothing to install in `cloud-hypervisor`|could not find `cloud-hypervisor` in registry/],
    what: 'cargo install does not give Cloud Hypervisor: it is not published that way.',
    why: 'The name on crates.io is no release of the program; it is built from its repository.',
    hint: '`git clone https://github.com/cloud-hypervisor/cloud-hypervisor`, then `cargo build --release` at its top; or the static binary: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    reference: building,
    confidence: 'likely',
  },
  {
    id: 'build-library-missing',
    line: [
      /\bld: cannot find -l(?<library>[\w+-]{1,40})/,
      /(?:Package|library) '?(?<library>[\w+-]{1,40})'?,? (?:required by .{1,60}, )?(?:was )?not found(?: in the pkg-config search path)?/,
    ],
    needs: ({ says }) => says(/cloud-hypervisor|virtiofsd|\bvmm\b|cargo|rustc|seccomp|cap-?ng/i),
    what: 'A build from source stopped in the linker: the library {library|that the message names} (or its headers) is missing.',
    why: 'virtiofsd needs libcap-ng and libseccomp; a static or cross build needs these libraries for that target, and -lc the C library of it (libc6-dev, musl-tools).',
    hint: 'Install its development package (`sudo apt-get install libseccomp-dev libcap-ng-dev libc6-dev musl-tools`; Fedora: …-devel), or use a binary of a release.',
    reference: building,
    confidence: 'likely',
  },
]
