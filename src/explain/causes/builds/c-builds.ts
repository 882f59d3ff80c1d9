/** What compilers, linkers and make say when a program in C or C++ is built. */
import type { Cause } from '../../cause.ts'

const install =
  'the package that has it (`apt-file search FILE`, `dnf provides "*/FILE"`): -dev on Debian and Ubuntu, -devel on Fedora and RHEL'

/** A compiler that was ended by a signal: it stands before what else a signal may mean. */
export const compilerEnds: readonly Cause[] = [
  {
    id: 'compiler-killed',
    line: [
      /fatal error: Killed signal terminated program (?<program>\w{1,20})/,
      /(?:internal compiler error|fatal error): Killed \(program (?<program>\w{1,20})\)/,
      /\/tool\/\S{1,40}\/(?<program>link|compile): signal: killed/,
    ],
    what: 'The compiler or linker ({program|see the line}) was killed in the middle of the build: the memory ran out.',
    why: 'Each parallel job takes some hundred MB up to some GB, the linker with debugging information more. The OOM killer of the kernel ended it (`sudo dmesg | grep -i oom`), or the limit of a container.',
    hint: 'Build with fewer jobs (`make -j2`, `ninja -j2`, `cargo build -j 2`, `go build -p 1`), add swap, or give the machine or container more memory.',
    reference: 'https://gcc.gnu.org/wiki/FAQ',
    confidence: 'likely',
  },
  {
    id: 'linker-bus-error',
    line: [/collect2: fatal error: ld terminated with signal 7/],
    what: 'The linker ended with a bus error (signal 7) while it wrote its output.',
    why: 'It writes through memory that is mapped to the file: mostly the file system of the output (or a tmpfs, a sparse disk of the host) became full; else an I/O error of the disk below it.',
    hint: '`df -h .` and `df -h /tmp` during the build, `sudo dmesg | tail`; make room, or build on another file system.',
    check: 'disk-space',
    reference: 'https://man7.org/linux/man-pages/man7/signal.7.html',
    confidence: 'likely',
  },
]

export const cBuilds: readonly Cause[] = [
  {
    id: 'header-of-python-missing',
    line: [/fatal error: Python\.h: No such file/],
    what: 'The header Python.h is missing: an extension of Python cannot be built.',
    why: 'pip builds a package from source when there is no ready wheel for this Python and architecture; the headers are a package of their own.',
    hint: '`sudo apt-get install python3-dev build-essential` (Fedora: python3-devel gcc), for exactly the Python that runs pip; or take the package of the distribution (python3-NAME).',
    reference: 'https://packaging.python.org/en/latest/guides/installing-using-linux-tools/',
    confidence: 'likely',
  },
  {
    id: 'header-of-32-bit-missing',
    line: [
      /fatal error: gnu\/stubs-32\.h: No such file/,
      /(?:features\.h|stdio\.h|stdlib\.h|types\.h):\d+:\d+: fatal error: (?:sys\/cdefs|bits\/libc-header-start)\.h: No such file/,
    ],
    what: 'The headers of the C library for that target are missing, usual where 32-bit code is built (-m32) on a 64-bit machine.',
    why: 'Boot loaders and firmware (iPXE, SeaBIOS, syslinux) have parts of 32 bits; the compiler is there, its 32-bit C library is not. In a cross build the same means that libc of that target is missing.',
    hint: '`sudo apt-get install gcc-multilib` (Fedora: glibc-devel.i686 libgcc.i686); for a cross build libc6-dev-ARCH-cross.',
    reference: 'https://packages.debian.org/stable/gcc-multilib',
    confidence: 'likely',
  },
  {
    id: 'header-of-uapi-missing',
    line: [/fatal error: (?<header>(?:linux|asm|asm-generic)\/[\w./-]{1,60}\.h): No such file/],
    what: 'The kernel header {header|that the line names} is missing for the compiler.',
    why: 'Programs use the headers of linux-libc-dev (kernel-headers), not those of the running kernel: they are not installed, or older than the interface that is used. A module uses the sources of its kernel instead.',
    hint: '`sudo apt-get install linux-libc-dev` (Fedora: kernel-headers, Alpine: linux-headers); where the file is newer than the distribution, use a newer one, or switch that feature off.',
    reference: 'https://docs.kernel.org/kbuild/headers_install.html',
    confidence: 'likely',
  },
  {
    id: 'header-missing',
    line: [
      /fatal error: (?<header>(?!openssl\/|libelf|gelf|brotli\/|Python)[\w.+-]{1,60}(?:\/[\w.+-]{1,60}){0,4}\.h(?:pp)?): No such file/,
    ],
    what: 'A C header is missing: {header|see the line}. The build stopped there.',
    why: 'The development package of that library is not installed; a header of the project itself is missing where a step before (configure, a submodule, generated code) was left out.',
    hint: `Install ${install}. Usual here: libcap-ng-dev (cap-ng.h), libseccomp-dev (seccomp.h), uuid-dev (uuid/uuid.h), libaio-dev (libaio.h), liburing-dev (liburing.h), libnuma-dev (numa.h), zlib1g-dev (zlib.h), libncurses-dev (ncurses.h).`,
    reference: 'https://wiki.debian.org/BuildingTutorial',
    confidence: 'likely',
  },
  {
    id: 'library-not-linked',
    line: [
      /\b(?:ld|lld|mold|gold)(?:\.\w{2,4})?: (?:error: |fatal: )?(?:(?:cannot find|unable to find library) -l ?|library not found: )(?<library>[\w+.-]{1,40})/,
    ],
    what: 'The linker does not find the library {library|that the line names}.',
    why: 'Its development package (the file libNAME.so) is not installed for that target; a static build (-static, musl) needs libNAME.a, which is often a package of its own, and of -lc that of the C library.',
    hint: 'Install the development package (Debian: libNAME-dev; -lc: libc6-dev; -lssl -lcrypto: libssl-dev); static: the .a of it (Fedora: glibc-static, openssl-static; Alpine: NAME-static, openssl-libs-static), or link dynamically.',
    reference: 'https://sourceware.org/binutils/docs/ld/Options.html',
    confidence: 'likely',
  },
  {
    id: 'linker-not-found',
    line: [
      /collect2: fatal error: cannot find '(?<linker>[\w.-]{1,20})'/,
      /invalid linker name in (?:argument )?'-fuse-ld=(?<linker>[\w.-]{1,20})'/,
    ],
    what: 'The compiler does not find the linker {linker|} that it is told to use.',
    why: 'It is a package of its own (ld: binutils; lld, mold, gold), asked for with -fuse-ld= in the flags, in ~/.cargo/config.toml or RUSTFLAGS.',
    hint: 'Install it (`sudo apt-get install binutils`, `lld`, `mold`), or take -fuse-ld= out of the configuration.',
    reference: 'https://gcc.gnu.org/onlinedocs/gcc/Link-Options.html',
    confidence: 'likely',
  },
  {
    id: 'compiler-option-unknown',
    line: [
      /(?:gcc|g\+\+|cc|cc1|clang)\b.{0,20}error: (?:unrecognized command[- ]line option|unknown argument:?|bad value) \(?['"‘`](?<option>[^'"’`]{1,60})/,
      /error: (?:unknown argument|unsupported option): '(?<option>-[^']{1,60})'/,
    ],
    what: 'The compiler does not know the option {option|that the line names}.',
    why: 'It is older than the sources expect, is another one (clang in place of gcc), or is the compiler of this machine where one for another architecture is needed (-mlittle-endian, -march of another family).',
    hint: 'Compare `gcc --version` with what the sources ask for and use a newer one (`make CC=gcc-13`); for another architecture set the cross compiler (for a kernel `ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-`). After a change of the compiler configure anew: an old configuration remembers options.',
    reference: 'https://gcc.gnu.org/onlinedocs/gcc/Option-Summary.html',
    confidence: 'likely',
  },
  {
    id: 'compiler-warnings-fatal',
    line: [
      /\b(?:cc1(?:plus)?|\w*gcc|clang): (?:error: )?all warnings being treated as errors/,
      /\berror: .{1,300} \[-Werror(?:=(?<warning>[\w-]{2,60}))?\]$/,
    ],
    what: 'The build stopped at a warning, because the sources treat warnings as errors (-Werror).',
    why: 'A compiler that is newer than the sources warns of more. The warning ({warning|marked [-Werror=…]}) is in the lines above. Known: helpers of older kernels (objtool, libsubcmd) with gcc 12 and later (use-after-free), BaseTools of EDK2.',
    hint: 'Use the compiler release that the sources were made with, or a newer release of them; to go on: `./configure --disable-werror`, `make WERROR=0` (tools of a kernel), CONFIG_WERROR off in a kernel, or CFLAGS with -Wno-error=NAME.',
    reference: 'https://gcc.gnu.org/onlinedocs/gcc/Warning-Options.html',
    confidence: 'likely',
  },
  {
    id: 'multiple-definition-common',
    line: [/multiple definition of [`'‘](?<symbol>\w{1,60})'?.{0,200}first defined here/],
    what: 'The linker met the variable or function {symbol|that the line names} twice.',
    why: 'From gcc 10 on a global variable without an initial value is no longer shared between objects (-fno-common), which older sources rely on: yylloc in the dtc of kernels and U-Boot before 2020 is the known case. Else two objects or libraries really define it.',
    hint: 'Use a newer release of the sources (stable kernels have the correction), add -fcommon (`HOSTCFLAGS=-fcommon` for host tools, CFLAGS else), or build with gcc 9.',
    reference: 'https://gcc.gnu.org/gcc-10/porting_to.html',
    confidence: 'likely',
  },
  {
    id: 'c23-keyword',
    line: [
      /cannot use keyword ['‘`](?<word>false|true|bool)['’] as enumeration constant/,
      /['‘](?<word>bool)['’] cannot be defined via ['‘]typedef['’]/,
    ],
    what: 'The compiler takes {word|bool} as a keyword: the sources are older than the C standard that it uses (C23).',
    why: 'gcc 15 compiles C23 unless it is told otherwise, in which bool, true and false are keywords. Older sources define them themselves, among them parts of older kernels (boot code, EFI stub) that are compiled without -std=gnu11.',
    hint: 'Use a release of the sources that knows gcc 15 (a newer stable kernel), an older compiler (`make CC=gcc-14 HOSTCC=gcc-14`), or add -std=gnu11 (gnu17) to the flags.',
    reference: 'https://gcc.gnu.org/gcc-15/porting_to.html',
    confidence: 'likely',
  },
  {
    id: 'make-no-makefile',
    line: [/No targets specified and no makefile found/],
    what: 'make found no Makefile in the directory where it was called.',
    why: 'The directory is the wrong one, or the Makefile is made by a step that was left out or failed (./configure, cmake, meson).',
    hint: '`ls`; change into the sources, or run the configure step first and read its end.',
    reference: 'https://www.gnu.org/software/make/manual/make.html',
    confidence: 'likely',
  },
  {
    id: 'make-no-rule',
    line: [
      /^(?:\S{1,40}: )?\*\*\* No rule to make target [`'‘](?<target>[^'’]{1,160})['’](?:, needed by [`'‘](?<user>[^'’]{1,160})['’])?/,
    ],
    what: 'make neither finds {target|a file} nor knows how to make it.',
    why: 'Without "needed by" it was named on the command line: misspelt, of another directory, or not offered by these sources or this configuration. With it a source file is missing: an incomplete checkout, a submodule, a step before, or results of an older build that name a file that is gone.',
    hint: '`ls` and `make help` in that directory; `git status` and `git submodule update --init`; `make clean` after a change of the sources or of a header.',
    reference: 'https://www.gnu.org/software/make/manual/make.html#Error-Messages',
    confidence: 'likely',
  },
  {
    id: 'make-separator',
    line: [/\S{0,120}:\d+: \*\*\* missing separator/],
    what: 'make cannot read a line of the Makefile: a rule line does not begin with a tab.',
    why: 'Copying from a page or an editor replaced the tab by spaces; a merge conflict mark, or another make than GNU make, gives the same.',
    hint: '`sed -n LINEp Makefile | cat -A` shows the line (^I is a tab); put a tab in front.',
    reference: 'https://www.gnu.org/software/make/manual/make.html#Error-Messages',
    confidence: 'likely',
  },
]
