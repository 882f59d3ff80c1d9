/** Words of compilers and of the tools that build sources. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const buildTerms: Terms = [
  [
    /\bkernel headers for kernel \S{1,60} cannot be found\b|\bBad return status for module build on kernel\b|\/var\/lib\/dkms\/\S{1,80}\/make\.log\b/,
    'DKMS builds a module (NVIDIA, ZFS, VirtualBox) for each kernel: it needs the headers of exactly that kernel (linux-headers-VERSION, kernel-devel) and a version of the module that knows this kernel; /var/lib/dkms/NAME/VERSION/build/make.log holds the reason.',
  ],
  [
    /\block file \S{1,160} needs to be updated but --(?:locked|frozen) was passed\b|\bcannot update the lock file\b/,
    'Cargo.lock does not fit Cargo.toml: something changed a dependency or version (a patch, a merge, another branch). Restore both with git, or build once without --locked, which may choose other versions.',
  ],
  [
    /\bUnable to find libclang\b/,
    'bindgen needs libclang to read C headers: install libclang-dev (Fedora: clang-devel), or set LIBCLANG_PATH to the directory of libclang.so.',
  ],
  [
    /\btoolchain '\S{1,80}' is not installed\b|\bno override and no default toolchain set\b|\bis not applicable to the '\S{1,80}' toolchain\b|\brustup could not choose a version of\b/,
    'rustup has no (complete) toolchain for this: `rustup toolchain install NAME`, `rustup default stable`; one that is incomplete is removed first (`rustup toolchain uninstall NAME`). rust-toolchain.toml of the sources names the wanted one.',
  ],
  [
    /\bcould not download file from 'https:\/\/static\.rust-lang\.org\//,
    'rustup did not reach static.rust-lang.org, or that version does not exist: try `curl -I` with the address, set https_proxy, and compare the version with the releases of Rust.',
  ],
  [
    /\bBlocking waiting for file lock on\b/,
    'Another cargo (often rust-analyzer of an editor) works in the same directory: it waits for that one and goes on by itself.',
  ],
  [
    /\bno bin target named `/,
    'The package has no program of that name in this release: see `cargo run --bin` and [[bin]] in its Cargo.toml; in a workspace `-p PACKAGE` chooses the package.',
  ],
  [
    /\bunused manifest key\b/,
    'That cargo does not know a key of Cargo.toml, mostly as it is older than the sources: a warning, the build goes on.',
  ],
  [
    /\bobjtool: missing symbol table\b/,
    'A warning of the build of older kernels with newer binutils: harmless where the build goes on; else take a newer stable release of that kernel.',
  ],
  [
    /\bcgo: C compiler "[^"]{1,60}" not found\b/,
    'cgo needs a C compiler: install gcc (build-essential), or build without C with CGO_ENABLED=0 where the program permits it.',
  ],
  [
    /\bNo module named 'distutils'/,
    'Python 3.12 no longer has distutils: install setuptools (python3-setuptools), which brings it, or use a newer version of that program.',
  ],
  [
    /\bCould not build wheels for\b|\bFailed building wheel for\b|\bfailed-wheel-build\b/,
    'pip builds that package from source: it needs a compiler, the headers of Python (python3-dev) and of the library (for libvirt-python libvirt-dev and pkg-config); the reason stands above. The package of the distribution needs no build.',
  ],
  [
    /\bdid not complete successfully: exit code: 101\b/,
    '101 is how a program in Rust ends that panicked, and cargo when a build or a test failed: the first "error:" above this line is the reason.',
  ],
]
