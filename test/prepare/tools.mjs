// What the tests need beyond what the doctor itself asks for.
import { tool } from './tool.mjs'

export const checks = [
  tool('tmux', 'tmux'),
  // For what `completion` and the man pages are written in.
  tool('zsh', 'zsh'),
  tool('fish', 'fish'),
  tool('mandoc', 'mandoc'),
  tool('sudo', 'sudo'),
  tool('sfdisk', 'fdisk'),
  tool('setfacl', 'acl'),
  tool('perl', 'perl-base'),
  tool('python3', 'python3-minimal'),
  tool('curl', 'curl'),
  tool('gpg', 'gpg'),
  tool('gpg-agent', 'gpg-agent'),
  tool('gpgv', 'gpgv'),
  tool('genisoimage', 'genisoimage'),
  tool('xorriso', 'xorriso'),
  tool('openssl', 'openssl'),
  tool('xz', 'xz-utils'),
  tool('zstd', 'zstd'),
  tool('bzip2', 'bzip2'),
  tool('lz4', 'lz4'),
  tool('lzop', 'lzop'),
  // What reads the reports: test/report/consumers/.
  tool('xmllint', 'libxml2-utils'),
  tool('prove', 'perl'),
  tool('cmark-gfm', 'cmark-gfm'),
  tool('codespell', 'codespell'),
  // What people read the merge page with: test/report/merge-page.real.test.ts.
  tool('chromium', 'chromium'),
  // For the test guest of aarch64.
  tool('aarch64-linux-gnu-as', 'binutils-aarch64-linux-gnu'),
  tool('qemu-system-aarch64', 'qemu-system-arm'),
  // For the machine in a box, test/box: an emulator, and what makes its disks.
  tool('qemu-system-x86_64', 'qemu-system-x86'),
  tool('mmdebstrap', 'mmdebstrap'),
  tool('mke2fs', 'e2fsprogs'),
  tool('objcopy', 'binutils'),
  tool('ssh', 'openssh-client'),
  tool('git', 'git'),
  tool('nft', 'nftables'),
  tool('iptables', 'iptables'),
  tool('ipset', 'ipset'),
  tool('sysctl', 'procps'),
  tool('ping', 'iputils-ping'),
  tool('debugfs', 'e2fsprogs'),
  // For test/e2e/package-managers.test.ts; Debian has no apk.
  tool('dnf', 'dnf'),
  tool('zypper', 'zypper'),
  tool('rpmbuild', 'rpm'),
  tool('createrepo_c', 'createrepo-c'),
  tool('pacman', 'pacman-package-manager'),
  tool('repo-add', 'makepkg'),
  tool('bsdtar', 'libarchive-tools'),
  tool('busybox', 'busybox'),
  // For deploy/systemd: test/e2e/systemd.test.ts starts it.
  tool('systemd-analyze', 'systemd'),
  // For the proofs in test/trust/attacks.
  tool('strace', 'strace'),
  tool('shellcheck', 'shellcheck'),
]
