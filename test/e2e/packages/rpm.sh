# shellcheck shell=bash
# A signed repository of RPM packages in /srv/repo, for dnf and zypper.
. "$REPO/test/e2e/packages/common.sh"
key() {
  # Where a distribution of RPM has its database; Debian's rpm has one for each user.
  mkdir -p /etc/rpm; echo '%_dbpath /var/lib/rpm' > /etc/rpm/macros
  signing_key
}

# pack NAME [FILE...]: a package with the mark of its name and copies of these files; PROVIDES has further things, a line
# each, that it counts as.
pack() {
  local name=$1 root=/srv/build/$1 file thing
  shift
  stage "$name" "$root" "$@"
  mkdir -p /srv/repo
  {
    printf 'Name: %s\nVersion: 1\nRelease: 1\nSummary: of a test\nLicense: none\nAutoReqProv: no\n' "$name"
    while read -r thing; do [ -z "$thing" ] || echo "Provides: $thing"; done <<< "${PROVIDES:-}"
    printf '%%description\nof a test\n%%files\n/usr/share/packed/%s\n' "$name"
    for file in "$@"; do echo "$file"; done
  } > "$root.spec"
  rpmbuild -bb --quiet --noclean --buildroot "$root" --target "$(uname -m)" --define '_rpmdir /srv/repo' \
    --define '__os_install_post %{nil}' --define '_build_name_fmt %%{NAME}.rpm' "$root.spec" > /dev/null
}
sign() { rpmsign --define '_gpg_name test@chv.test' --define "__gpg $(command -v gpg)" --addsign "$@" > /srv/sign.log 2>&1; }
publish() { sign /srv/repo/*.rpm; index; }
index() { createrepo_c --quiet /srv/repo; }
unsigned() { pack unsigned; index; }
