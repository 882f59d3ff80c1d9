#!/usr/bin/env bash
# Runs a command as the user nobody in a root file system that has node with npm, sh, env and their libraries,
# and no other program: what a contributor has on a machine where nothing was installed.
#
#   bare-root.sh REPOSITORY NODE COMMAND...
#
# It needs root, and changes nothing outside its own mount, network and process namespaces.
set -eu
if [ "${BARE_ROOT:-}" = '' ]; then
  BARE_ROOT=$(mktemp -d "${TMPDIR:-/tmp}/chv-doctor-bare-XXXXXX")
  export BARE_ROOT
  code=0
  unshare --mount --net --pid --fork --kill-child "$0" "$@" || code=$?
  rmdir "$BARE_ROOT"
  exit "$code"
fi

repository=$1 node=$2
shift 2
root=$BARE_ROOT
mount --make-rprivate /
mount -t tmpfs -o mode=755 bare "$root"
mkdir -p "$root"/{bin,etc,proc,dev,tmp,home,usr/bin,repository}

# Copies a program or library, and whatever the dynamic linker loads for it, under the same paths.
install_with_libraries() {
  local file
  install -D "$1" "$root$2"
  { ldd "$1" 2>/dev/null || true; } | grep -o '/[^ ]*' | while read -r file; do
    [ -e "$root$file" ] || install -D "$file" "$root$file"
  done
}
install_with_libraries "$node" /usr/bin/node
install_with_libraries "$(readlink -f /bin/sh)" /bin/sh
# The first line of every script that npm installs names it.
install_with_libraries /usr/bin/env /usr/bin/env
npm=$(readlink -f "$(command -v npm)")
mkdir -p "$root/npm"
cp -r "${npm%/bin/*}/." "$root/npm/"
printf '#!/bin/sh\nexec node /npm/bin/npm-cli.js "$@"\n' > "$root/usr/bin/npm"
chmod 755 "$root/usr/bin/npm"

printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' > "$root/etc/group"
cp -L /etc/os-release "$root/etc/os-release"
printf '127.0.0.1 localhost\n' > "$root/etc/hosts"
chmod 1777 "$root/tmp"
chown 65534:65534 "$root/home"
mount -t proc proc "$root/proc"
mknod -m 666 "$root/dev/null" c 1 3
mknod -m 666 "$root/dev/zero" c 1 5
mknod -m 666 "$root/dev/urandom" c 1 9
ip link set lo up

# The checkout is copied as its owner has it, without what git ignores; the packages lie under an overlay.
git -C "$repository" -c safe.directory="$repository" ls-files -z --cached --others --exclude-standard |
  (cd "$repository" && while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done) |
  tar -C "$repository" --null --files-from=- -cf - | tar -C "$root/repository" -xf -
mkdir -p "$root/repository/node_modules" "$root"/overlay/{work,upper/.vite,upper/.vite-temp}
chown -R 65534:65534 "$root/repository" "$root/overlay/upper"
mount -t overlay -o "lowerdir=$repository/node_modules,upperdir=$root/overlay/upper,workdir=$root/overlay/work" \
  packages "$root/repository/node_modules"
for native in "$repository"/node_modules/@*/*/*.node "$repository"/node_modules/*/*.node; do
  [ ! -e "$native" ] || ldd "$native" 2>/dev/null | grep -o '/[^ ]*' | while read -r file; do
    [ -e "$root$file" ] || install -D "$file" "$root$file"
  done
done

chroot=$(command -v chroot)
exec env -i PATH=/usr/bin:/bin HOME=/home FORCE_COLOR=0 \
  "$chroot" --userspec=65534:65534 "$root" sh -c 'cd /repository && exec "$@"' _ "$@"
