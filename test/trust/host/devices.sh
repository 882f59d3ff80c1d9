#!/bin/bash
# Devices, processes and a temporary directory for a root file system: devices.sh ROOT
# /dev is made anew, so that a fix that changes a mode or an ACL cannot reach the host's own devices.
set -eu
R=$1
mount -t tmpfs -o mode=1777 tmp "$R/tmp"
mount -t proc proc "$R/proc"
mount -t tmpfs -o mode=755 dev "$R/dev"
cd "$R/dev"
mknod -m 666 null c 1 3; mknod -m 666 zero c 1 5; mknod -m 666 full c 1 7
mknod -m 666 random c 1 8; mknod -m 666 urandom c 1 9; mknod -m 666 tty c 5 0
mkdir pts shm net
mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts pts
ln -s pts/ptmx ptmx; ln -s /proc/self/fd fd; mount -t tmpfs shm shm
if [ -e /dev/kvm ]; then
  mknod kvm c 10 232; chmod 660 kvm
  ! grep -q '^kvm:' "$R/etc/group" || chown ":$(sed -n 's/^kvm:[^:]*:\([0-9]*\):.*/\1/p' "$R/etc/group")" kvm
fi
mknod -m 666 net/tun c 10 200
