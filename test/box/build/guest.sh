# guest.sh OUT ARCHITECTURE MIRROR SECURITY-MIRROR: what a Debian cloud image is, made from Debian's packages: cloud-init,
# netplan, a GPT disk with the root file system as partition 1 and an EFI system partition as 15, which is empty where no
# package has a firmware that would read it.
# Leaves OUT/guest.qcow2, and for a direct kernel boot OUT/vmlinuz and OUT/initrd.
set -eu
out=$1 arch=$2 mirror=$3 security=$4
root=$out/root

# Documentation and translations are not installed: an emulated machine downloads and unpacks this image.
slim='--dpkgopt=path-exclude=/usr/share/man/* --dpkgopt=path-exclude=/usr/share/doc/*
  --dpkgopt=path-exclude=/usr/share/locale/* --dpkgopt=path-exclude=/usr/share/i18n/*'

# As on the machine itself: an initramfs with what a virtio guest needs, quick to unpack.
before_packages='
mkdir -p "$1/etc/initramfs-tools/conf.d"
echo "MODULES=list" > "$1/etc/initramfs-tools/conf.d/box"
printf "virtio_pci\nvirtio_blk\nvirtio_net\next4\n" > "$1/etc/initramfs-tools/modules"
'
mmdebstrap --mode=root --architectures="$arch" --variant=minbase --quiet $slim \
  --aptopt='Apt::Install-Recommends "false"' \
  --essential-hook="$before_packages" \
  --include=initramfs-tools,zstd,linux-image-cloud-$arch,systemd-sysv,systemd-resolved,systemd-boot-efi,udev,dbus,libpam-systemd,login,passwd,sudo,openssh-server,iproute2,iputils-ping,kmod,procps,netbase,ca-certificates,cloud-init,cloud-guest-utils,fdisk,netplan.io \
  bookworm "$root" \
  "deb $mirror bookworm main" "deb $mirror bookworm-updates main" "deb $security bookworm-security main"

echo localhost > "$root/etc/hostname"
printf '127.0.0.1 localhost\n::1 localhost\n' > "$root/etc/hosts"
printf 'LABEL=guest / ext4 defaults 0 1\n' > "$root/etc/fstab"
chroot "$root" systemctl --quiet enable systemd-networkd systemd-resolved
ln -sf /run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
chroot "$root" systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
  fstrim.timer e2scrub_all.timer systemd-tmpfiles-clean.timer systemd-networkd-wait-online.service
# Every guest makes its own; keys in an image would be everybody's.
rm -f "$root"/etc/ssh/ssh_host_*
: > "$root/etc/machine-id"

cp "$root"/boot/vmlinuz-* "$out/vmlinuz"
cp "$root"/boot/initrd.img-* "$out/initrd"

# One EFI program with kernel, initramfs and command line in it; firmware starts it from its default path.
if [ "$arch" = amd64 ]; then
  printf 'root=LABEL=guest ro console=tty0 console=ttyS0,115200 mitigations=off' > "$out/cmdline"
  stub=$root/usr/lib/systemd/boot/efi/linuxx64.efi.stub
  objcopy \
    --add-section .osrel="$root/usr/lib/os-release" --change-section-vma .osrel=0x20000 \
    --add-section .cmdline="$out/cmdline" --change-section-vma .cmdline=0x30000 \
    --add-section .linux="$out/vmlinuz" --change-section-vma .linux=0x2000000 \
    --add-section .initrd="$out/initrd" --change-section-vma .initrd=0x3000000 \
    "$stub" "$out/bootx64.efi"
fi
chroot "$root" dpkg --purge systemd-boot-efi >/dev/null
# The firmware finds them on the EFI partition, a direct boot in OUT.
rm "$root"/boot/vmlinuz-* "$root"/boot/initrd.img-*
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/tmp/*

disk=$out/guest.raw
truncate -s 2G "$disk"
sfdisk --quiet "$disk" <<'TABLE'
label: gpt
15: start=2048, size=253952, type=uefi
1: start=262144, type=linux
TABLE
truncate -s $((253952 * 512)) "$out/esp"
mkfs.vfat -n ESP "$out/esp" >/dev/null
if [ "$arch" = amd64 ]; then
  mmd -i "$out/esp" ::EFI ::EFI/BOOT
  mcopy -i "$out/esp" "$out/bootx64.efi" ::EFI/BOOT/BOOTX64.EFI
fi
dd if="$out/esp" of="$disk" bs=1M seek=1 conv=notrunc,sparse status=none
mke2fs -q -t ext4 -L guest -E offset=$((262144 * 512)) -d "$root" "$disk" $(( (2048 - 129) * 1024 ))k
qemu-img convert -c -o compression_type=zstd -f raw -O qcow2 "$disk" "$out/guest.qcow2"
rm -rf "$root" "$disk" "$out/esp" "$out/bootx64.efi" "$out/cmdline"
