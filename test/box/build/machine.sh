# machine.sh OUT ARCHITECTURE SUITE MIRROR SECURITY-MIRROR NODE [PACKAGE...]: a fresh machine, made from the packages of that
# release of Debian: a stable one, or sid.
# Leaves OUT/disk.raw (a root file system without partitions), OUT/vmlinuz, OUT/initrd and OUT/key (ssh).
set -eu
out=$1 arch=$2 suite=$3 mirror=$4 security=$5 node=$6
shift 6
# What an installed machine of a newer release has by recommendation: users may ping, and the client of ssh is there.
[ "$suite" = bookworm ] || set -- linux-sysctl-defaults openssh-client "$@"
packages=$(IFS=,; echo "$*")
root=$out/root

# What the machine's disk and console need at boot, and nothing else: unpacking the usual initramfs
# takes an emulated processor as long as the rest of the boot.
before_packages='
mkdir -p "$1/etc/initramfs-tools/conf.d" "$1/etc/initramfs-tools"
echo "MODULES=list" > "$1/etc/initramfs-tools/conf.d/box"
printf "virtio_pci\nvirtio_blk\next4\n" > "$1/etc/initramfs-tools/modules"
'
if [ "$suite" = sid ]; then
  # It is its own update. A mirror's copy of it is valid for a week only, and one that is not renewed has to do: mmdebstrap
  # leaves the option in the machine, whose user runs apt as well.
  set -- --aptopt='Acquire::Check-Valid-Until "false"' "$suite" "$root" "deb $mirror $suite main"
else
  set -- "$suite" "$root" \
    "deb $mirror $suite main" "deb $mirror $suite-updates main" "deb $security $suite-security main"
fi
mmdebstrap --mode=root --architectures="$arch" --variant=minbase --quiet \
  --aptopt='Apt::Install-Recommends "false"' \
  --essential-hook="$before_packages" \
  --include="initramfs-tools,zstd,linux-image-cloud-$arch,systemd-sysv,systemd-resolved,udev,dbus,libpam-systemd,login,passwd,sudo,openssh-server,iproute2,iputils-ping,kmod,procps,less,nano,nftables,ca-certificates,libstdc++6,netbase,psmisc${packages:+,$packages}" \
  "$@"

# An ordinary user, as the installer makes one: in group sudo, and asked for a password.
chroot "$root" useradd --create-home --shell /bin/bash --groups sudo sky
echo 'sky:sky' | chroot "$root" chpasswd
# The ways in for the tests: sky's key for sessions, root's to take stock of the whole machine.
rm -f "$out/key" "$out/key.pub"
ssh-keygen -q -t ed25519 -N '' -C box -f "$out/key"
for home in /root /home/sky; do
  install -d -m 700 "$root$home/.ssh"
  install -m 600 "$out/key.pub" "$root$home/.ssh/authorized_keys"
done
chroot "$root" chown -R sky:sky /home/sky/.ssh
# On a busy host a login may take longer than a person would: neither the console nor sshd is to give it up.
sed -i '/^LOGIN_TIMEOUT/d' "$root/etc/login.defs"
echo 'LOGIN_TIMEOUT 600' >> "$root/etc/login.defs"
echo 'LoginGraceTime 600' > "$root/etc/ssh/sshd_config.d/patience.conf"

echo box > "$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 box\n::1 localhost\n' > "$root/etc/hosts"
printf 'LABEL=machine / ext4 defaults 0 1\nLABEL=product /opt/product ext4 ro,nofail 0 0\n' > "$root/etc/fstab"
mkdir -p "$root/opt/product"
# Node as `npm install --global` finds it under /usr/local, and the program where that puts it.
install -D -m 755 "$node" "$root/usr/local/bin/node"
ln -s /opt/product/lib/node_modules/chv-doctor/dist/cli.js "$root/usr/local/bin/chv-doctor"

if [ -x "$root/usr/sbin/NetworkManager" ]; then
  : # It brings every wired interface up by DHCP on its own.
else
  printf '[Match]\nName=en*\n\n[Network]\nDHCP=yes\n' > "$root/etc/systemd/network/uplink.network"
  chroot "$root" systemctl --quiet enable systemd-networkd systemd-resolved
  ln -sf /run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
fi
# A first boot years after an installation starts these at once, and they would hold dpkg's lock at a
# moment that no test decides. A held lock has tests of its own.
chroot "$root" systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
  fstrim.timer e2scrub_all.timer systemd-tmpfiles-clean.timer
# Descriptions of packages in English are the larger half of what an update fetches.
echo 'Acquire::Languages "none";' > "$root/etc/apt/apt.conf.d/90languages"
# What systemd-machine-id-setup makes; of unstable it wants a /proc.
tr -d - < /proc/sys/kernel/random/uuid > "$root/etc/machine-id"
echo 'Etc/UTC' > "$root/etc/timezone"

# Where SELinux is installed every file has its label from the first start on; a running machine would take minutes.
if [ -d "$root/etc/selinux/default" ]; then
  # It names the files below /proc, which is mounted for it alone.
  unshare --mount sh -c 'mount -t proc proc "$1/proc" && exec chroot "$1" setfiles -F "$2" /' \
    sh "$root" /etc/selinux/default/contexts/files/file_contexts
fi
cp "$root"/boot/vmlinuz-* "$out/vmlinuz"
cp "$root"/boot/initrd.img-* "$out/initrd"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/tmp/*
truncate -s 8G "$out/disk.raw"
mke2fs -q -t ext4 -L machine -E lazy_itable_init=0,lazy_journal_init=0 -d "$root" "$out/disk.raw"
rm -rf "$root"
