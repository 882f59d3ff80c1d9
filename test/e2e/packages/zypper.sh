# shellcheck shell=bash
. "$REPO/test/e2e/packages/rpm.sh"
from() {
  rpm --import /srv/key.asc
  mkdir -p /etc/zypp/repos.d
  printf '[test]\nname=test\nbaseurl=%s\nenabled=1\nautorefresh=1\nrepo_gpgcheck=0\npkg_gpgcheck=1\n' "$1" > /etc/zypp/repos.d/test.repo
  zypper --quiet clean --all
}
installed() { rpm --query --all --queryformat '%{name}\n'; }
lock() { sleep 600 & HOLDER=$!; echo $HOLDER > /run/zypp.pid; }
unlock() { kill $HOLDER; }
