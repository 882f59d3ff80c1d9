# product.sh OUT REPOSITORY: the program as its users get it (the npm package, installed globally), as OUT/product.img.
set -eu
out=$1 repository=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$repository"
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
mkdir -p "$work/tree/lib/node_modules"
tar -xzf "$work"/*.tgz -C "$work/tree/lib/node_modules"
mv "$work/tree/lib/node_modules/package" "$work/tree/lib/node_modules/chv-doctor"
chmod -R a+rX "$work/tree"
truncate -s 16M "$out/product.img"
mke2fs -q -t ext4 -L product -O ^has_journal -E root_owner=0:0 -d "$work/tree" "$out/product.img"
