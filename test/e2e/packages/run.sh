# shellcheck shell=bash
# One package manager as the only one of this host: MANAGER, NAMES (what it calls the packages), WANTED (what Debian calls
# them), QEMU_NAME (where qemu-img is), and perhaps APK and BUSYBOX (paths of programs to use).
. "$REPO/test/e2e/packages/$MANAGER.sh"

# want DEBIAN-NAMES MARKS: what the user's own check of want.mjs asks for
want() { printf '%s\n%s\n' "$1" "$2" > /root/want; }

# attempt NAME: the doctor installs what is wanted, and explains the log of what happened
attempt() {
  say "$1"
  rm -rf /root/.local/state/chv-doctor/log
  code $D fix install-packages --yes 2>&1
  say "$1 explained"
  cat /root/.local/state/chv-doctor/log/* | $D explain - 2>&1 || true
}

prepare() { :; }
run() {
  export HOME=/root; cd /root; configure /root
  echo "check_files: [$REPO/test/e2e/packages/want.mjs]" >> /root/.config/chv-doctor/chv-doctor.yaml
  local other
  for other in apt-get dnf zypper pacman apk; do
    [ "${other%-get}" = "$MANAGER" ] || rm -f "$(command -v $other || echo /nonexistent)"
  done
  [ "$MANAGER" = apt ] || rm -f /var/lib/dpkg/status
  [ -z "${APK:-}" ] || install "$APK" /usr/bin/apk
  # Alpine's is a link to it, and knows no --wait.
  [ -z "${BUSYBOX:-}" ] || ln -sf "$BUSYBOX" /usr/bin/setsid
  key
  local name
  for name in $NAMES; do
    if [ "$name" = "$QEMU_NAME" ]; then pack "$name" /usr/bin/qemu-img; else pack "$name"; fi
  done
  pack locked; pack unreachable
  publish
  rm /usr/bin/qemu-img; from file:///srv/repo

  say before; $D check qemu-utils -v 2>&1 || true
  want "$WANTED" "$NAMES"; attempt install
  say names; installed | sort
  say after; $D check qemu-utils -v 2>&1 || true
  want no-such-package no-such-package; attempt unknown
  unsigned; from file:///srv/repo; want unsigned unsigned; attempt unsigned
  index; from file:///srv/repo
  # pacman does not wait: it fails at once.
  lock; want locked locked
  if [ "$MANAGER" = pacman ]; then attempt locked; unlock; else { sleep 3; unlock; } & attempt locked; fi
  from http://127.0.0.1:9; want unreachable unreachable; attempt unreachable
  from http://nosuch.invalid; attempt unresolved
}
