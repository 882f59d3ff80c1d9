# shellcheck shell=bash
# The real firewalld, whose zone of the uplink does not forward.
PACKAGES=firewalld
run() {
  ready
  mkdir -p /run/dbus
  dbus-daemon --system --fork
  firewalld --nofork --nopid > /tmp/firewalld.log 2>&1 &
  local firewalld=$!
  for _ in $(seq 200); do firewall-cmd --state >/dev/null 2>&1 && break; sleep 0.1; done
  firewall-cmd --quiet --zone=public --change-interface=eth0
  firewall-cmd --quiet --zone=public --remove-forward
  record_as_root firewalld
  kill "$firewalld"
  finish
}
