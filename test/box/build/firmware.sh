# firmware.sh OUT MIRROR: OUT/CLOUDHV.fd, the real EDK2 firmware for Cloud Hypervisor, from Debian's package of it (in
# unstable; no stable release has it yet).
set -eu
out=$1 mirror=$2
apt=$(mktemp -d)
trap 'rm -rf "$apt"' EXIT
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/etc/sources.list.d" "$apt/etc/preferences.d"
echo "deb $mirror sid main" > "$apt/etc/sources.list"
# An apt of its own: nothing of this machine's sources or lists changes. A mirror's copy of unstable may be out of date.
options="-o Dir::Etc=$apt/etc -o Dir::Etc::Trusted=/etc/apt/trusted.gpg -o Dir::Etc::TrustedParts=/etc/apt/trusted.gpg.d
  -o Dir::State::Lists=$apt/lists -o Dir::Cache=$apt/cache -o APT::Sandbox::User=root -o Acquire::Languages=none
  -o Acquire::Check-Valid-Until=false -qq"
apt-get $options update
cd "$out"
apt-get $options download cloudhv-efi-x86-64
dpkg-deb --fsys-tarfile cloudhv-efi-x86-64_*.deb | tar -x --wildcards --transform='s|.*/||' '*/CLOUDHV.fd'
rm cloudhv-efi-x86-64_*.deb
