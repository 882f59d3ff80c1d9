# shellcheck shell=bash
# The real Docker, which sets the policy of FORWARD to drop when it turns forwarding on.
PACKAGES=docker.io
run() {
  ready
  mount -t cgroup2 cgroup /sys/fs/cgroup 2>/dev/null || {
    mount -t tmpfs cgroup /sys/fs/cgroup
    mkdir /sys/fs/cgroup/devices
    mount -t cgroup -o devices cgroup /sys/fs/cgroup/devices
  }
  sysctl -qw net.ipv4.ip_forward=0
  dockerd --data-root /tmp/docker --exec-root /tmp/docker-run --storage-driver vfs > /tmp/dockerd.log 2>&1 &
  local dockerd=$!
  for _ in $(seq 300); do grep -q 'API listen' /tmp/dockerd.log && break; sleep 0.1; done
  grep -q 'API listen' /tmp/dockerd.log || { echo "== dockerd"; tail -n 3 /tmp/dockerd.log; echo "== end"; exit 1; }
  record_as_root docker
  kill "$dockerd"
  finish
}
