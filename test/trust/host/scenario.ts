/** The healthy host that everything here is tried on: ready for root and for an ordinary user with sudo. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { makeArtifacts } from '../../e2e/fixtures.ts'
import { lab, server } from '../../e2e/lab.ts'
import { port } from '../../e2e/scripts.ts'
import { repository } from '../../helpers/disposable-host.ts'
import { type FrozenHost, freezeHost } from './frozen-host.ts'

const artifacts = 'dist/trust-artifacts'

/** Functions of bash that faults and scenarios use. */
const functions = (config: string): string => `
D="$NODE $REPO/dist/cli.js"
ROOT_DATA=/root/.local/share/chv-doctor
SKY_DATA=/home/sky/.local/share/chv-doctor
export DEBIAN_FRONTEND=noninteractive
sky() { (cd /home/sky; runuser -u sky -- env -i HOME=/home/sky USER=sky TERM=dumb XDG_STATE_HOME=/home/sky/state-ready PATH=/usr/local/bin:/usr/bin:/bin "$@"); }
# In the user's own configuration directory: one that is found in the working directory needs consent.
configure() { mkdir -p "$1/.config/chv-doctor"; cat > "$1/.config/chv-doctor/chv-doctor.yaml" <<'CONFIG'
${config}nameservers: [${server}]
check_timeout: 60
CONFIG
}
serve() {
  "$NODE" "$REPO/test/e2e/serve.mjs" "$REPO/${artifacts}" ${port} "$@" >/dev/null 2>&1 & SERVER=$!
  local i; for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && return; sleep 0.1; done
  echo "the file server did not start"; exit 1
}
${lab}
# The host as it is frozen, with its network: ready USER
ready() {
  network; serve
  # A disk of its own, whose inode has a number of its own: /proc/locks is of the whole machine, and names what is on
  # tmpfs by that number alone.
  mkdir /var/numbers; (cd /var/numbers; seq $((RANDOM % 20000 + 1)) | xargs touch); rm -r /var/numbers
  local f; for f in $ROOT_DATA/resolute.raw $SKY_DATA/resolute.raw; do cp -a --sparse=always $f $f.own; mv $f.own $f; done
  if [ "$1" = root ]; then (cd /root; XDG_STATE_HOME=/root/state-ready quiet $D fix --yes tap-device nat)
  else sky $D fix --yes tap-device nat >/dev/null 2>&1; fi
}
# Changes keys of the configuration of both users: set_key KEY VALUE
set_key() {
  local f; for f in /root/.config/chv-doctor/chv-doctor.yaml /home/sky/.config/chv-doctor/chv-doctor.yaml; do sed -i "/^$1:/d" $f; echo "$1: $2" >> $f; done
}
# Rewrites one file of the seed of root: edit_seed NAME SED-EXPRESSION
edit_seed() {
  mcopy -oni $ROOT_DATA/cloud-init.img "::$1" /tmp/seed-file; sed -i "$2" /tmp/seed-file
  mcopy -oi $ROOT_DATA/cloud-init.img /tmp/seed-file "::$1"
}
# Writes one file of the seed of root from standard input: put_seed NAME
put_seed() { cat > /tmp/seed-file; mcopy -oi $ROOT_DATA/cloud-init.img /tmp/seed-file "::$1"; }
# A TAP of another kind in the place of the right one, with its address: other_tap IP-TUNTAP-ARGUMENTS
other_tap() { ip link del vm-tap0; ip tuntap add dev vm-tap0 "$@"; ip addr add 192.168.249.1/24 dev vm-tap0; ip link set vm-tap0 up; }
# A program in front of or in the place of another: program PATH <<TEXT
program() { rm -f "$1"; cat > "$1"; chmod 755 "$1"; }
# The record of where a disk is from names the inode, which a frozen host does not keep.
disk_origin() { sed -i "s/\\"inode\\":[0-9]*/\\"inode\\":$(stat -c %i $ROOT_DATA/resolute.raw)/" $ROOT_DATA/.resolute.raw.origin.json $ROOT_DATA/resolute.raw.origin.json 2>/dev/null || true; }
docker_rules() {
  $1 -P FORWARD DROP
  for c in DOCKER DOCKER-USER DOCKER-FORWARD DOCKER-CT; do $1 -N $c; done
  $1 -A FORWARD -j DOCKER-USER; $1 -A FORWARD -j DOCKER-FORWARD
  $1 -A DOCKER-FORWARD -j DOCKER-CT; $1 -A DOCKER-FORWARD -i docker0 -j ACCEPT
  $1 -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
  $1 -A DOCKER ! -i docker0 -o docker0 -j DROP
  $1 -A DOCKER-USER -j RETURN
}
`

const packages =
  'qemu-utils dosfstools mtools acl libcap2-bin iproute2 nftables iptables libelf-dev flex bison bc'

const phases = `
source /opt/trust/functions
prepare() {
  apt-get install --yes -qq --no-install-recommends ${packages} >/dev/null 2>&1
  apt-get install --yes -qq --reinstall --download-only --no-install-recommends ${packages} >/dev/null 2>&1
  rm -f "$(command -v cloud-hypervisor || echo /nonexistent)"
  # The package database as a copy: what somebody installs on the real host meanwhile must not show here.
  cp -a /var/lib/dpkg /var/lib/dpkg.own; rm -rf /var/lib/dpkg; mv /var/lib/dpkg.own /var/lib/dpkg
  # The inventory's own: a fault may take the other away.
  cp "$(readlink -f /sbin/ip)" /opt/trust/ip
  groupadd --force --system kvm
  useradd --create-home --shell /bin/bash --groups kvm sky
  echo 'sky ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/sky
  chown :kvm /dev/kvm 2>/dev/null || true
}
freeze() {
  configure /root; configure /home/sky; chown -R sky: /home/sky
  network; serve
  cd /root; $D fix --yes
  sky $D fix --yes
  kill $SERVER $SERVERS; wait
  rm -rf /root/.local/state /home/sky/state-ready /run/chv-doctor
}
`

/** @param extras further files for /opt/trust */
export const freezeHealthyHost = async (extras: readonly string[] = []): Promise<FrozenHost> => {
  const config = makeArtifacts(`${repository}/${artifacts}`, `http://127.0.0.1:${port}`)
  const directory = mkdtempSync(`${tmpdir()}/chv-doctor-trust-`)
  writeFileSync(`${directory}/functions`, functions(config))
  const { use, close: end } = await freezeHost(phases, [`${directory}/functions`, ...extras])
  const close = async () => {
    await end()
    rmSync(directory, { recursive: true })
  }
  return { use, close }
}
