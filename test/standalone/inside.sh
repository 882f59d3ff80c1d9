# inside.sh ROOT USER COMMAND...: runs a command in a root file system, in process and mount namespaces of its own.
set -eu
root=$1 user=$2
shift 2
exec unshare --mount --pid --fork --kill-child sh -eu -c '
  root=$1 user=$2
  shift 2
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  exec env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/sky LC_ALL=C.UTF-8 \
    chroot --userspec="$user" "$root" sh -c "cd /home/sky && exec \"\$@\"" inside "$@"
' namespaces "$root" "$user" "$@"
