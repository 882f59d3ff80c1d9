# shellcheck shell=bash
# A signed repository of pacman's packages in /srv/repo.
. "$REPO/test/e2e/packages/common.sh"
key() {
  signing_key
  (
    unset GNUPGHOME
    pacman-key --init
    pacman-key --add /srv/key.asc
    pacman-key --lsign-key test@chv.test
  ) > /srv/pacman-key.log 2>&1
}
pack() {
  local name=$1 root=/srv/build/$1
  stage "$name" "$root" "${@:2}"
  mkdir -p /srv/repo
  printf '%s = %s\n' pkgname "$name" pkgbase "$name" pkgver 1-1 pkgdesc 'of a test' builddate 1700000000 \
    packager test size 1 arch any license none > "$root/.PKGINFO"
  tar --create --zstd --directory "$root" --file "/srv/repo/$name-1-1-any.pkg.tar.zst" .PKGINFO usr
}
sign() { local file; for file in "$@"; do gpg --quiet --batch --yes --detach-sign "$file"; done; }
publish() { sign /srv/repo/*.zst; index; }
index() { rm -f /srv/repo/test.*; repo-add --quiet /srv/repo/test.db.tar.gz /srv/repo/*.zst; }
from() { printf '[options]\nArchitecture = auto\nSigLevel = Required DatabaseOptional\n[test]\nServer = %s\n' "$1" > /etc/pacman.conf; }
installed() { pacman --query --quiet; }
lock() { touch /var/lib/pacman/db.lck; }
unlock() { rm /var/lib/pacman/db.lck; }
unsigned() { pack unsigned; index; pacman --sync --refresh > /dev/null; }
