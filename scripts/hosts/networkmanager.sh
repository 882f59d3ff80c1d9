# shellcheck shell=bash
# A host whose network the real NetworkManager runs. No systemd runs here: a stand-in says which services do.
PACKAGES='network-manager dbus'
run() {
  mkdir -p /run/systemd/system
  # shellcheck disable=SC2016 # $1 is the stand-in's
  printf '#!/bin/sh\n[ "$1" = is-active ] || exec /usr/bin/systemctl --root=/ "$@"\nprintf "inactive\\nactive\\ninactive\\n"\nexit 3\n' > /usr/local/bin/systemctl
  chmod 755 /usr/local/bin/systemctl
  ready
  mkdir -p /run/dbus
  dbus-uuidgen --ensure
  dbus-daemon --system --fork
  NetworkManager --no-daemon >/tmp/networkmanager.log 2>&1 &
  local manager=$!
  record_as_root networkmanager --set persist_network=true
  $D fix --yes network-persistence --set persist_network=true > /tmp/persist.out 2>&1 || { echo "== repair"; tail -n 30 /tmp/persist.out; echo "== end"; }
  record_as_root networkmanager-persistent --set persist_network=true
  kill "$manager"
  finish
}
