# shellcheck shell=bash
# What the repositories of all package managers have: a key of GnuPG, and packages with a mark each.
signing_key() {
  export GNUPGHOME=/srv/gnupg
  mkdir -m 700 $GNUPGHOME
  gpg --quiet --batch --passphrase '' --quick-generate-key test@chv.test rsa2048 sign never 2>/dev/null
  gpg --export --armor test@chv.test > /srv/key.asc
}
# stage NAME ROOT [FILE...]: below ROOT the mark of the package, and copies of these files
stage() {
  local name=$1 root=$2 file
  shift 2
  mkdir -p "$root/usr/share/packed"
  : > "$root/usr/share/packed/$name"
  for file in "$@"; do install -D "$file" "$root$file"; done
}
