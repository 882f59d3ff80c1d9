/** Bash that starts a systemd on a disposable host: the real manager, as PID 1 of namespaces of its own. */
import { existsSync } from 'node:fs'

/** Why there is no systemd to start, or null. */
export const whyNoSystemd: string | null = existsSync('/lib/systemd/systemd')
  ? null
  : 'needs systemd: npm run prepare-host brings it'

/**
 * `under_systemd FUNCTION`: runs a function of the same script as a service, prints what it wrote, and powers
 * the manager off. Units that the script put into /etc/systemd/system are there.
 */
export const systemd = `
under_systemd() {
  cp /tmp/script /root/inside.sh; : > /etc/machine-id; : > /root/inside.out
  cat > /etc/systemd/system/inside.service <<UNIT
[Unit]
Requires=basic.target
After=basic.target
[Service]
Type=oneshot
Environment=HOME=/root REPO=$REPO NODE=$NODE
ExecStart=/bin/bash /root/inside.sh $1
ExecStopPost=+/bin/kill -s RTMIN+4 1
StandardOutput=append:/root/inside.out
StandardError=append:/root/inside.out
TimeoutStartSec=200
UNIT
  unshare --mount --pid --ipc --uts --cgroup --fork --kill-child bash -c '
    mount --make-rprivate / 2>/dev/null || true
    mount -t proc proc /proc; mount -t cgroup2 cgroup /sys/fs/cgroup; mount -t tmpfs -o mode=755 run /run
    exec env -i container=chv-doctor PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=inside.service
  ' >/dev/null 2>&1 || true
  cat /root/inside.out
}
`
