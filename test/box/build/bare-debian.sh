# bare-debian.sh OUT ARCHITECTURE MIRROR: OUT/root.tar is a Debian 12 with its essential packages and what apt needs, no Node.js.
set -eu
out=$1 arch=$2 mirror=$3
variant=apt
# Programs of another architecture do not run while it is made.
[ "$arch" = "$(dpkg --print-architecture)" ] || variant=extract
mmdebstrap --mode=root --architectures="$arch" --variant="$variant" --quiet \
  --aptopt='Apt::Install-Recommends "false"' --include=libstdc++6 \
  bookworm "$out/root.tar" "deb $mirror bookworm main"
