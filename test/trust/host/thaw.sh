#!/bin/bash
# One use of a frozen host, thrown away afterwards: thaw.sh WORK NAME SIZE DIRECTORY-OF-SCRIPTS COMMAND…
# In its own mount, process and host name namespaces already; gets a network of its own here.
set -eu
W=$1 name=$2 size=$3 here=$4
shift 4
mount --make-rprivate /
T=$W/thawed-$name
mkdir "$T"
mount -t tmpfs -o "size=$size,mode=755" thawed "$T"
mkdir "$T/upper" "$T/work" "$T/root"
mount -t overlay -o "lowerdir=$W/upper:/,upperdir=$T/upper,workdir=$T/work" thawed "$T/root"
R=$T/root
# For the inventory: what has changed since the freeze, and how it was.
mkdir -p "$R/mnt/upper" "$R/mnt/frozen"
bash "$here/devices.sh" "$R"
mount --bind "$T/upper" "$R/mnt/upper"
mount -o remount,bind,ro "$R/mnt/upper"
mount -t overlay -o "ro,lowerdir=$W/upper:/" pristine "$R/mnt/frozen"
exec unshare --net bash -c '
  root=$1; shift
  mount -t sysfs sys "$root/sys"; ip link set lo up
  exec chroot "$root" "$@"' _ "$R" "$@"
