/** What shells, the loader, systemd and the kernel say when the program does not even get to start, or is killed. */
import { type Cause, doc } from '../../cause.ts'

const install = { id: 'install-cloud-hypervisor', args: {} } as const
const readme = doc('README.md#use-pre-built-binaries')
const program = String.raw`(?:\S*\/)?(?:cloud-hypervisor|ch-remote)[\w.-]*`

export const start: readonly Cause[] = [
  {
    id: 'binary-not-found',
    line: [
      new RegExp(`${program}: (?:command )?not found$`),
      new RegExp(`command not found: ${program}$`),
      new RegExp(
        `(?:sudo|env|nohup|exec|setpriv|unshare): ['\u2018]?${program}['\u2019]?: (?:command not found|No such file or directory)`,
      ),
      /^Command 'cloud-hypervisor' not found/,
    ],
    what: 'The shell found no program cloud-hypervisor.',
    why: 'It is not installed, or lies in a directory that is not in PATH (sudo has a PATH of its own).',
    hint: 'Install it: `chv-doctor fix install-cloud-hypervisor`; or give its absolute path.',
    check: 'cloud-hypervisor',
    fix: install,
    reference: readme,
  },
  {
    id: 'binary-missing',
    line: [
      new RegExp(
        `(?:Failed to execute|Failed at step EXEC spawning|Unable to locate executable|executing) ['"]?${program}['"]?: (?:No such file or directory|No such process)`,
      ),
      new RegExp(`^(?:-?(?:ba|da|z|k)?sh: (?:line )?(?:\\d+: )?)${program}: No such file or directory$`),
    ],
    what: 'The program is not there, or the loader that it names is not.',
    why: 'The path is wrong; or the file is for another C library (a glibc build on Alpine), which the shell words in the same way.',
    hint: 'Use the static binary, which runs everywhere: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    fix: install,
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'program-loader-missing',
    line: [/(?<file>[^\s:]{1,200}): cannot execute: required file not found/],
    what: '{file|The program} is there; the loader that it names is not.',
    why: 'It was built for another system: on NixOS its loader is below /nix/store, on Alpine it is that of musl. `readelf -p .interp FILE` names it; of a script the first line does.',
    hint: 'Use a static build, or one made for this distribution. Of Cloud Hypervisor: `chv-doctor fix install-cloud-hypervisor`.',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'binary-not-executable',
    line: [
      new RegExp(`${program}: Permission denied$`),
      new RegExp(`permission denied: ${program}$`),
      new RegExp(`Failed to (?:execute|locate executable) ${program}: Permission denied`),
    ],
    what: 'The program may not be executed.',
    why: 'A downloaded file is not executable until it is made so; or its file system is mounted noexec.',
    hint: 'Make it executable: `chmod +x FILE`; where it is mounted noexec (`findmnt -T FILE`), move it elsewhere.',
    check: 'cloud-hypervisor',
    reference: readme,
    confidence: 'likely',
  },
  {
    id: 'unit-program-not-started',
    line: [
      /Failed (?:at step EXEC spawning|to locate executable|to execute) (?<file>\/[^\s:]{1,200}): /,
      /status=203\/EXEC/,
    ],
    what: 'systemd could not start {file|the program of the unit} (203/EXEC): nothing of it ran.',
    why: '{errno|} It is not there in that system (an initramfs holds only what was packed into it), the loader or interpreter that it names is not, it is not executable, its file system is mounted noexec, or a security module refuses it.',
    hint: '`ls -l FILE`, `file FILE` and `findmnt -T FILE` in that system; the line "Failed at step EXEC" names the file and the errno. Of Cloud Hypervisor: `chv-doctor fix install-cloud-hypervisor`.',
    reference: 'https://man7.org/linux/man-pages/man5/systemd.exec.5.html',
    confidence: 'likely',
  },
  {
    id: 'binary-capability-forbidden',
    line: [new RegExp(`${program}: Operation not permitted$`)],
    // What systemd could not do before it is another matter.
    needs: ({ text }) => !/Failed at step/.test(text),
    what: 'The kernel refused to start the program at all.',
    why: 'The file has the capability cap_net_admin with its effective flag, and this session or container may not have that capability (its bounding set lacks it).',
    hint: 'Take it away (`sudo setcap -r FILE`) and use a TAP of your own, or start from a session that may have it.',
    check: 'net-admin',
    reference: 'https://man7.org/linux/man-pages/man7/capabilities.7.html',
  },
  {
    id: 'binary-wrong-architecture',
    line: [
      new RegExp(
        `${program}: cannot execute(?: binary file)?(?:: Exec format error|: required file not found)?$`,
      ),
      new RegExp(`exec format error: ${program}$`),
      new RegExp(`${program}: Exec format error$`),
      new RegExp(`${program}: (?:line )?\\d+: (?:Syntax error|syntax error|Not:? not found|<)`),
    ],
    what: 'The file is no program for this machine.',
    why: 'It is for another architecture (aarch64 on x86_64), is cut off, or is an HTML page that was downloaded in its place.',
    hint: 'Get it again: `chv-doctor fix install-cloud-hypervisor`; `file FILE` says what yours is.',
    check: 'cloud-hypervisor',
    fix: install,
    reference: readme,
  },
  {
    id: 'binary-library-missing',
    line: [
      new RegExp(`Could not start dynamically linked executable: ${program}`),
      new RegExp(`${program}: (?:error while loading shared libraries|symbol lookup error)`),
      new RegExp(`${program}: .*version [\`'"\u2018]?GLIBC_[\\d.]+['"\u2019]? not found`),
      new RegExp(`Error relocating ${program}`),
    ],
    what: 'The program was built for a newer system than this one.',
    why: 'Its C library (glibc) or another library is missing here or older; NixOS has no loader at the usual place.',
    hint: 'Use the static binary, which brings its own: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    fix: install,
    reference: readme,
  },
  {
    id: 'library-not-found',
    line: [
      /(?:^|: )(?<program>[\w./@+-]{1,120}): error while loading shared libraries: (?<library>[\w.+-]{1,80}): cannot open shared object file: No such file/,
    ],
    what: '{program|The program} did not start: the library {library|that the message names} is not there.',
    why: 'The loader looks in the directories that the program names (RPATH), in LD_LIBRARY_PATH and in those of the system. The package is not installed or was removed, on NixOS by a garbage collection of the store or because the program was built elsewhere. The VM was not reached.',
    hint: '`ldd PROGRAM` lists what is missing; install the package that holds it (`apt-file search LIBRARY`, `dnf provides "*/LIBRARY"`), on NixOS build the VM again, or use a static binary.',
    reference: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
    confidence: 'likely',
  },
  {
    id: 'library-too-old',
    line: [
      /^(?<program>[\w./-]{1,120}): .{0,120}version [`'"\u2018]?(?<library>(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)['"\u2019]? not found/,
    ],
    what: '{program|The program} was built for a newer system than this one: it asks for {library|a newer library} of the C or C++ library.',
    why: 'Programs that are linked with the C library (glibc) of a newer distribution do not start on an older one. Cloud Hypervisor was not reached by this line.',
    hint: 'Install the package of this distribution, a static build (musl), or build it on a system as old as this one; `ldd --version` shows what is here.',
    reference: 'https://sourceware.org/glibc/wiki/FAQ',
    confidence: 'likely',
  },
  {
    id: 'illegal-instruction',
    signal: 'SIGILL',
    what: 'The program uses an instruction that this processor does not have.',
    why: 'It was built for a newer processor (RUSTFLAGS with target-cpu=native).',
    hint: 'Use a release binary: `chv-doctor fix install-cloud-hypervisor`.',
    check: 'cloud-hypervisor',
    reference: readme,
    confidence: 'possible',
  },
  {
    id: 'killed',
    signal: 'SIGKILL',
    what: 'The program was killed (SIGKILL).',
    why: 'The kernel does so when memory runs out, containers and services when a limit or a time is over; or somebody did. A VM that hangs from the start (boot=0, an affinity that does not exist) is often ended so.',
    hint: 'Look for "Out of memory" in `sudo dmesg`, and for limits of the service or container.',
    check: 'memory',
    reference: doc('memory.md'),
    confidence: 'possible',
  },
  {
    id: 'aborted',
    signal: 'SIGABRT',
    // A status of UEFI has that name, too.
    needs: ({ text }) => !/^BdsDxe: /.test(text),
    what: 'The program gave up by itself (SIGABRT): an assertion, or of Cloud Hypervisor a panic inside a panic.',
    why: 'What it printed before says why. Of Cloud Hypervisor it is a value that it did not check; queue_size= that is no power of two does so up to release 50.',
    hint: 'Look for the first line with "panicked at", "assert" or "terminate called" above; of Cloud Hypervisor leave out unusual options one by one.',
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
    confidence: 'possible',
  },
  {
    id: 'segfault',
    signal: 'SIGSEGV',
    line: [/Process \d+ \(\.?cloud-hyperv\S*\) of user \d+ (?:dumped core|terminated abnormally)/],
    // Go words the end of its programs so, too.
    needs: ({ text, says }) =>
      !says(/^panic: runtime error: |^goroutine \d{1,6} \[/) &&
      !/^pid \d{1,9} \((?!\.?cloud-hyperv)/.test(text),
    what: 'The program crashed (SIGSEGV, or another signal that leaves a core dump).',
    why: 'This is a defect of the program, or of the memory of the host; a panic ends it with SIGABRT where it is built so, and a system call that its sandbox does not know with SIGSYS.',
    hint: 'See the signal with `coredumpctl info cloud-hypervisor`, and what stands before it in the log. Use the newest release, and report it upstream with both.',
    check: 'cloud-hypervisor',
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/issues',
    confidence: 'possible',
  },
]
