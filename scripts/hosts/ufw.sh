# shellcheck shell=bash
# The real ufw, enabled on a host that was ready before.
PACKAGES=ufw
run() {
  ready
  ufw --force enable > /dev/null
  record_as_root ufw
  finish
}
