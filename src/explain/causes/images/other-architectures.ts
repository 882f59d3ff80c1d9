/** Programs and systems of another architecture: qemu-user, binfmt_misc, chroot, containers. */
import type { Cause } from '../../cause.ts'

const binfmt = 'https://www.qemu.org/docs/master/user/main.html'

const isForeign =
  /\b(?:arm64|aarch64|armhf|armv7l?|riscv64|ppc64el|ppc64le|s390x|mips\w{0,6})\b|qemu-\w{2,12}-static|linux\/arm|binfmt/i

export const otherArchitectures: readonly Cause[] = [
  {
    id: 'qemu-user-crashed',
    line: [/qemu: uncaught target signal (?<signal>\d{1,2}) \((?<words>[\w ]{3,40})\)/],
    what: 'A program of another architecture crashed under qemu-user ({words|signal}): mostly the emulator is at fault, not that program.',
    why: 'Old releases of qemu-user-static crash with newer systems (libc-bin of Debian and Ubuntu for arm64, Go, Node, Java, rustc, systemd); too little memory of the builder gives the same.',
    hint: 'Take a newer emulator: `docker run --privileged --rm tonistiigi/binfmt --install all` (in GitHub Actions docker/setup-qemu-action with `image: tonistiigi/binfmt:latest`), or qemu-user-static of a newer release; else build on a machine of that architecture or cross-compile.',
    reference: binfmt,
    confidence: 'likely',
  },
  {
    id: 'qemu-user-loader-missing',
    line: [
      /qemu-(?<arch>aarch64|arm|armeb|riscv64|ppc64le|ppc64|s390x|mips\w{0,6}|x86_64|i386)(?:-static)?: Could not open '(?<loader>\/lib\S{0,10}\/ld[^']{1,60})': No such file/,
      /\/lib\S{0,10}\/ld-(?:linux|musl)-(?<arch>aarch64|armhf|riscv64)\S{0,30}: No such file or directory/,
    ],
    what: 'qemu-user runs a program of {arch|another architecture} that is linked dynamically, and its loader {loader|} is not on this system.',
    why: 'The loader and the libraries of that architecture are looked for below /, unless another root is named.',
    hint: 'Install them and name the place: `sudo apt-get install libc6-arm64-cross`, `qemu-aarch64 -L /usr/aarch64-linux-gnu ./PROGRAM` (or QEMU_LD_PREFIX); or link with -static; or run it in a chroot or container of that architecture.',
    reference: binfmt,
    confidence: 'likely',
  },
  {
    id: 'container-other-architecture',
    line: [
      /(?:exec|standard_init_linux|runc|process).{0,160}exec format error/i,
      /exec container process .{0,80}: Exec format error/i,
    ],
    // A shell is no script that could lack its first line.
    needs: ({ says, text }) =>
      /["'`\s](?:\/usr)?\/bin\/(?:sh|bash|uname|ls|env|cat)\b["'`]?:/.test(text) ||
      (says(/docker|podman|buildx|nerdctl|buildah/i) && says(isForeign)),
    what: 'The container image is for another architecture than this host, and no emulator is registered for it (exec format error).',
    why: 'The kernel starts foreign programs only by binfmt_misc with qemu-user; the registration is lost at a restart of the host unless a service makes it anew.',
    hint: '`docker run --privileged --rm tonistiigi/binfmt --install all` (or install qemu-user-static and binfmt-support), check with `docker run --rm --platform linux/arm64 alpine uname -m`; or take the image of this architecture (`--platform linux/amd64`, `docker buildx imagetools inspect IMAGE` lists them).',
    reference: 'https://docs.docker.com/build/building/multi-platform/',
    confidence: 'likely',
  },
  {
    id: 'chroot-other-architecture',
    line: [
      /(?<arch>[a-z]\w{2,10}) can neither be executed natively nor via qemu user emulation/,
      /chroot: .{0,40}['‘’"](?<program>\/[\w./-]{1,80})['‘’"].{0,10}: (?:Exec format error|Fehler im Format der Programmdatei|Erreur de format pour exec\S{0,6})/,
    ],
    what: 'The system that is built or entered is for another architecture ({arch|see `file`}) than this kernel: {program|its programs} cannot be run (Exec format error).',
    why: 'Foreign programs need qemu-user and its registration in binfmt_misc; one that is not static must also lie in the chroot.',
    hint: '`sudo apt-get install qemu-user-static binfmt-support` (Fedora: qemu-user-static), `ls /proc/sys/fs/binfmt_misc`, then the same chroot again; without the flag F copy the emulator in: `sudo cp /usr/bin/qemu-aarch64-static ROOT/usr/bin/`. `file ROOT/bin/bash` names the architecture.',
    reference: binfmt,
    confidence: 'likely',
  },
  {
    id: 'chroot-shell-missing',
    line: [
      /chroot: .{0,60}['‘’"«„“](?<program>\/[\w./-]{1,80})['‘’"»“”].{0,4}: (?:No such file or directory|Datei oder Verzeichnis nicht gefunden|Aucun fichier ou dossier de ce \S{2,6}|No existe el fichero o el directorio)/,
    ],
    what: 'chroot did not start {program|the shell}: it is not in that directory, or the loader or emulator that it needs is not.',
    why: 'The directory is no complete system (an empty mount point, the wrong partition or btrfs subvolume, /usr or /boot mounted in its place); a musl system (Alpine) has /bin/sh and no bash; for a foreign system the emulator is missing inside.',
    hint: '`ls ROOT/bin ROOT/lib64`, `findmnt ROOT`; mount the root partition (btrfs: `-o subvol=@`); name a shell that is there: `sudo chroot ROOT /bin/sh`; `file ROOT/bin/bash` shows architecture and loader.',
    reference: 'https://man7.org/linux/man-pages/man1/chroot.1.html',
    confidence: 'likely',
  },
  {
    id: 'binfmt-no-emulator',
    line: [
      /update-binfmts: warning: .{0,60}no executable (?<program>\/\S{1,120}) found/,
      /update-binfmts: (?:warning|error): .{0,40}(?:no binary format|unable to (?:open|find)|format) .{0,60}(?<program>qemu-\w{2,16})/,
    ],
    what: 'The registration of an emulator for foreign programs names {program|a program} that is not there.',
    why: 'qemu-user-static was removed, or its name changed: from QEMU 9.1 on Debian and Ubuntu have static programs in qemu-user, with qemu-user-binfmt for the registration.',
    hint: '`sudo apt-get install --reinstall qemu-user-static binfmt-support` (newer: `qemu-user qemu-user-binfmt`), `sudo systemctl restart systemd-binfmt` (or binfmt-support), then `cat /proc/sys/fs/binfmt_misc/qemu-aarch64`.',
    reference: binfmt,
    confidence: 'likely',
  },
]
