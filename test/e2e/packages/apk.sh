# shellcheck shell=bash
# A signed repository of Alpine's packages in /srv/repo, in the format that apk 2 and 3 read: streams of gzip one after
# another, each a piece of one tar archive (signature, control, data).
key() {
  openssl genrsa -out /srv/test.rsa 2048 2>/dev/null
  mkdir -p /etc/apk/keys
  openssl rsa -in /srv/test.rsa -pubout -out /etc/apk/keys/test.rsa.pub 2>/dev/null
  apk add --initdb > /dev/null
}
# archive DIRECTORY [OPTION...] FILE...: without its end
archive() {
  local directory=$1
  shift
  tar --create --format=posix --owner=0 --group=0 --numeric-owner --blocking-factor=1 --directory "$directory" "$@" | head -c -1024
}
piece() { archive "$@" | gzip -n; }
pack() {
  local name=$1 root=/srv/build/$1 file directory
  shift
  mkdir -p "$root/data/usr/share/packed" "/srv/repo/$(uname -m)" "$root/control"
  : > "$root/data/usr/share/packed/$name"
  for file in "$@"; do install -D "$file" "$root/data$file"; done
  # apk wants the digest of each file in the header of its own.
  {
    (cd "$root/data" && find usr -type d) | sort | while read -r directory; do
      archive "$root/data" --no-recursion "$directory"
    done
    for file in "/usr/share/packed/$name" "$@"; do
      archive "$root/data" "--pax-option=APK-TOOLS.checksum.SHA1:=$(sha1sum < "$root/data$file" | cut -d ' ' -f 1)" "${file#/}"
    done
    head -c 1024 /dev/zero
  } | gzip -n > "$root/data.gz"
  printf '%s = %s\n' pkgname "$name" pkgver 1-r0 pkgdesc 'of a test' url http://chv.test size 1 arch "$(uname -m)" \
    license none datahash "$(sha256sum < "$root/data.gz" | cut -d ' ' -f 1)" > "$root/control/.PKGINFO"
  piece "$root/control" .PKGINFO > "$root/control.gz"
  cat "$root/control.gz" "$root/data.gz" > "/srv/repo/$(uname -m)/$name-1-r0.apk"
}
# signature FILE: the piece that stands before it
signature() {
  mkdir -p /srv/signature
  openssl dgst -sha1 -sign /srv/test.rsa -out /srv/signature/.SIGN.RSA.test.rsa.pub "$1"
  piece /srv/signature .SIGN.RSA.test.rsa.pub
}
sign() {
  local file name
  for file in "$@"; do
    name=$(basename "$file" -1-r0.apk)
    { signature "/srv/build/$name/control.gz"; cat "/srv/build/$name/control.gz" "/srv/build/$name/data.gz"; } > "$file"
  done
}
publish() { sign "/srv/repo/$(uname -m)"/*.apk; index; }
index() {
  local directory; directory=/srv/repo/$(uname -m)
  apk index --quiet --allow-untrusted --output /srv/index.gz "$directory"/*.apk
  { signature /srv/index.gz; cat /srv/index.gz; } > "$directory/APKINDEX.tar.gz"
}
from() { echo "${1#file://}" > /etc/apk/repositories; }
installed() { apk info --quiet; }
lock() {
  local lock=/lib/apk/db/lock; [ -e $lock ] || lock=/usr/lib/apk/db/lock
  python3 -c 'import fcntl, sys, time
f = open(sys.argv[1], "w"); fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_EX); print("held", flush=True); time.sleep(600)' $lock > /srv/held & HOLDER=$!
  until grep -q held /srv/held; do sleep 0.05; done
}
unlock() { kill $HOLDER; }
# Of a package its digest in the signed index is enough.
unsigned() { pack unsigned; index; cp /srv/index.gz "/srv/repo/$(uname -m)/APKINDEX.tar.gz"; }
