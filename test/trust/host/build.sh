#!/bin/bash
# Makes a host ready once and freezes it: build.sh WORK REPOSITORY NODE SCRIPT CACHE [EXTRA-FILE…]
# Prints "READY <pid>" and keeps its mount namespace until its standard input ends.
set -eu
W=$1 repo=$2 node=$3 script=$4 cache=$5
shift 5
mount --make-rprivate /
mount -t tmpfs -o size=8g,mode=755 frozen "$W"
mkdir "$W/upper" "$W/work" "$W/root"
mount -t overlay -o "lowerdir=/,upperdir=$W/upper,workdir=$W/work" frozen "$W/root"
R=$W/root
# Copies, not mounts: nothing that happens here may reach the real host.
mkdir -p "$R/opt/chv-doctor/test" "$R/opt/trust"
cp -r "$repo/dist" "$repo/docs" "$repo/package.json" "$R/opt/chv-doctor/"
cp -r "$repo/test/e2e" "$R/opt/chv-doctor/test/"
cp -r "$repo/test/trust/inside/." "$R/opt/trust/"
cp "$node" "$R/opt/node"
for extra in "$@"; do cp "$extra" "$R/opt/trust/"; done
chmod -R a+rX "$R/opt"
cp "$script" "$R/opt/trust/script"
bash "$repo/test/trust/host/devices.sh" "$R"
bash "$repo/test/helpers/quick-packages.sh" "$R" "$cache"
echo "127.0.1.1 $(hostname)" >> "$R/etc/hosts"
# What a doctor of this machine's own root left in that home is no part of the test.
rm -rf "$R/root/.local/share/chv-doctor" "$R/root/.local/state/chv-doctor" "$R/root/.config/chv-doctor"
# Package downloads need the outer network; everything after them runs in a network of its own.
chroot "$R" bash /opt/trust/script prepare
unshare --net --mount bash -c 'mount -t sysfs sys "$1/sys"; ip link set lo up; chroot "$1" bash /opt/trust/script freeze' _ "$R"
rm -rf "$R/run/netns"
umount -R "$R"
echo "READY $$"
read -r _ || true
