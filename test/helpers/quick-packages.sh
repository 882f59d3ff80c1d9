#!/bin/bash
# Makes the package manager of a copy of this host quicker, where that is apt: quick-packages.sh ROOT CACHE
# What apt makes of its lists is the same in each copy: the first makes it, the others take it from CACHE. Whether
# it is still right apt itself finds out (gencaches), and makes it anew where not.
set -eu
root=$1 cache=$2/apt
# Some images delete the packages in the cache after every installation, and keep nothing of the lists.
rm -f "$root/etc/apt/apt.conf.d/docker-clean"
# Manual pages are indexed after every installation, which takes longer than the installation.
rm -f "$root/var/lib/man-db/auto-update"
[ -e "$root/usr/bin/apt-cache" ] || exit 0
mkdir -p "$cache"
exec 9> "$cache/lock"
flock 9
[ ! -e "$cache/srcpkgcache.bin" ] || cp -a "$cache/pkgcache.bin" "$cache/srcpkgcache.bin" "$root/var/cache/apt/"
chroot "$root" apt-cache gencaches > /dev/null 2>&1 || exit 0
for name in pkgcache.bin srcpkgcache.bin; do
  [ "$root/var/cache/apt/$name" -nt "$cache/$name" ] || continue
  cp -a "$root/var/cache/apt/$name" "$cache/$name.new"
  mv "$cache/$name.new" "$cache/$name"
done
# Root made it in the directory of whoever tests.
chown -R --reference "$2" "$cache"
