# shellcheck shell=bash
# A signed repository of Debian packages in /srv/repo.
. "$REPO/test/e2e/packages/common.sh"
key() {
  signing_key
  # Nothing counts as installed, and nothing else is asked.
  : > /var/lib/dpkg/status
  rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /var/lib/apt/lists /etc/apt/apt.conf.d
  mkdir -p /etc/apt/sources.list.d /etc/apt/apt.conf.d
}
pack() {
  local name=$1 root=/srv/build/$1
  stage "$name" "$root" "${@:2}"
  mkdir -p "$root/DEBIAN" /srv/repo
  printf '%s: %s\n' Package "$name" Version 1 Architecture all Maintainer 'test <test@chv.test>' \
    Description 'of a test' > "$root/DEBIAN/control"
  dpkg-deb --root-owner-group --build "$root" /srv/repo > /dev/null
}
publish() { index; }
# The lists as deb.debian.org has them: each package with its digest, and the digest of that list.
lists() {
  local file
  for file in /srv/repo/*.deb; do
    dpkg-deb --field "$file"
    printf '%s: %s\n' Filename "./$(basename "$file")" Size "$(stat -c %s "$file")" SHA256 "$(sha256sum < "$file" | cut -d ' ' -f 1)"
    echo
  done > /srv/repo/Packages
  rm -f /srv/repo/InRelease
  printf '%s: %s\n' Suite test Date "$(date -Ru)" > /srv/repo/Release
  printf 'SHA256:\n %s %s Packages\n' "$(sha256sum < /srv/repo/Packages | cut -d ' ' -f 1)" \
    "$(stat -c %s /srv/repo/Packages)" >> /srv/repo/Release
}
index() {
  lists
  gpg --quiet --batch --yes --clearsign --output /srv/repo/InRelease /srv/repo/Release
}
# A list of file: is used where it is, before anything has looked at its signature; one of copy: is fetched.
from() { echo "deb [signed-by=/srv/key.asc] ${1/file:/copy:} ./" > /etc/apt/sources.list; }
# shellcheck disable=SC2016 # names of fields, for dpkg-query
installed() { dpkg-query --show --showformat '${Package}\n'; }
lock() {
  python3 -c 'import fcntl, sys, time
f = open(sys.argv[1], "w"); fcntl.lockf(f, fcntl.LOCK_EX); print("held", flush=True); time.sleep(600)' \
    /var/lib/dpkg/lock-frontend > /srv/held & HOLDER=$!
  until grep -q held /srv/held; do sleep 0.05; done
}
unlock() { kill "$HOLDER"; }
unsigned() { pack unsigned; lists; }
