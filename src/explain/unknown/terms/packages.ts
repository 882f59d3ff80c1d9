/** Words of packages, archives and repositories. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const packageTerms: Terms = [
  [
    /\bdpkg was interrupted, you must manually run\b/,
    'An earlier installation was cut off (a restart, a full disk): `sudo dpkg --configure -a`, then `sudo apt-get -f install`; nothing can be installed before.',
  ],
  [
    /\bpackages cannot be authenticated\b/,
    'apt has no trusted signature for the lists of that repository: its key is missing in /etc/apt/keyrings (signed-by=), or `apt-get update` failed before. Install it only after the key was compared.',
  ],
  [
    /\bIgnoring https?:\/\/\S{1,120}: (?:temporary error|DNS|No such file)/,
    'apk did not reach that repository: no name server or network there (usual in containers and early at boot), or a release that is no longer on the mirror.',
  ],
  [
    /\bwith features \{[^}]{1,60}\} is required to build\b/,
    'Nix builds that derivation only on a machine with these features: kvm is offered where the daemon can use /dev/kvm, or by `system-features = kvm nixos-test …` in nix.conf (NixOS: nix.settings.system-features).',
  ],
  [
    /\bexperimental Nix feature '/,
    'Commands such as `nix build` and flakes are switched on in nix.conf: `experimental-features = nix-command flakes` (NixOS: nix.settings.experimental-features).',
  ],
  [
    /\/nix\/var\/nix\/daemon-socket\b/,
    'The Nix daemon decides who may use it (allowed-users in nix.conf, the group of its socket): inside containers the socket must be mounted, and `systemctl status nix-daemon` shows whether it runs.',
  ],
  [
    /\bfatal: early EOF\b|\binvalid index-pack output\b|\bRPC failed; curl\b/,
    'git lost the connection in the middle of a download: a proxy, a weak line, or a time-out with a large history; `git clone --depth 1`, or `git config --global http.version HTTP/1.1`, and try again.',
  ],
  [
    /\bRemote branch \S{1,80} not found in upstream\b|\bpathspec '\S{1,80}' did not match any file/,
    'There is no branch, tag or file of that name in the repository: `git ls-remote REPOSITORY` lists what there is; after `--depth 1` other tags must be fetched first (`git fetch --tags`).',
  ],
  [
    /\blocal changes to the following files would be overwritten\b/,
    'git would lose changes in these files: `git stash` or commit them first; `git checkout -- FILE` throws them away.',
  ],
  [
    /\bGnuTLS recv error \(-\d{1,12}\)|\bgnutls_handshake\(\) failed\b/,
    'The connection to the server was cut off in the middle (the number is one of GnuTLS, no errno): a proxy or firewall, an MTU that is too large on the way, or a weak line. Try `curl -Iv` with the same address, and again.',
  ],
  [
    /\bnot in gzip format\b|\bUnexpected EOF in archive\b|\b(?:xz|gzip|zstd): .{0,80}\b(?:unexpected end of|premature end|File format not recognized)\b|\bThis does not look like a tar archive\b/i,
    'The archive is not what its name says or is cut off: often a page of HTML (a 404) was stored in its place, or the download stopped. `file NAME`, `ls -l NAME`, compare the checksum, and fetch it again.',
  ],
]
