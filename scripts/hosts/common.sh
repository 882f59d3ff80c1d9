# shellcheck shell=bash
# What the scripts of the recorded hosts share. They run on a disposable host, after the prelude and the lab of
# test/e2e, which define configure, serve, network and D.

# An ordinary user with sudo, as a reader of the README is one.
D="runuser -u user -- env -i HOME=/home/user USER=user TERM=dumb PATH=/usr/local/bin:/usr/bin:/bin $NODE $REPO/dist/cli.js"
as_root() { runuser -u user -- sudo "$NODE" "$REPO/dist/cli.js" "$@"; }

prepare() {
  # shellcheck disable=SC2086 # a list of packages
  apt-get install --yes -qq --no-install-recommends nftables iptables procps acl sudo libelf-dev flex bison bc ${PACKAGES:-} >/tmp/apt.log 2>&1 ||
    { tail -n 5 /tmp/apt.log; exit 1; }
  ${BARE:-true}
  useradd --create-home --shell /bin/bash user
  echo 'user ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/user
  # What whoever uses this machine has in that home is no part of a recorded host.
  rm -rf /root/.local/share/chv-doctor /root/.local/state/chv-doctor
  mkdir -p /etc/chv-doctor
  echo 'check_timeout: 60' > /etc/chv-doctor/chv-doctor.yaml
}

# record NAME [OPTION...]: one file of facts, of the ordinary user; record_as_root: of the same through sudo.
record() { record_by "$D" "$@"; }
record_as_root() { record_by as_root "$@"; }
record_by() {
  local by=$1 name=$2 file
  shift 2
  file=$(mktemp -u /tmp/facts-XXXXXX)
  $by check --facts-out "$file" "$@" > "/tmp/check-$name.out" 2>&1 || true
  echo "== facts $name"
  cat "$file"
  echo "== end"
}

configure_user() {
  configure /home/user
  # The name server of the lab, see network.
  echo 'nameservers: [203.0.113.53]' >> /home/user/.config/chv-doctor/chv-doctor.yaml
  chown -R user: /home/user
}

# A host on which the doctor has repaired everything, with an uplink.
ready() {
  cd /home/user
  configure_user
  network
  serve
  $D fix --yes > /tmp/ready.out 2>&1 || { echo "== repair"; tail -n 30 /tmp/ready.out; echo "== end"; }
}

finish() { kill "$SERVER" "$SERVERS" 2>/dev/null || true; }
