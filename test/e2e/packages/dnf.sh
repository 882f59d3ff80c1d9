# shellcheck shell=bash
. "$REPO/test/e2e/packages/rpm.sh"
# from URL
from() {
  mkdir -p /etc/yum.repos.d
  printf '[test]\nname=test\nbaseurl=%s\ngpgcheck=1\ngpgkey=file:///srv/key.asc\n' "$1" > /etc/yum.repos.d/test.repo
  dnf --quiet clean all
}
installed() { rpm --query --all --queryformat '%{name}\n'; }
# dnf waits for whoever holds this, for ever: the doctor is ended meanwhile.
lock() { mkdir -p /var/lib/dnf; echo $$ > /var/cache/dnf/metadata_lock.pid; }
unlock() { rm /var/cache/dnf/metadata_lock.pid; }
