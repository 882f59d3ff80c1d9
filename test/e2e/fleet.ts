/** Bash for several hosts in one: namespaces with a network, a home, an /etc and an sshd of their own. */

/** `make_host NAME ADDRESS` starts one; `prepare_fleet` comes first, in the network outside. */
export const fleet = `
prepare_fleet() {
  printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d
  apt-get install --yes -qq --no-install-recommends openssh-server >/dev/null 2>&1
  mkdir -p /root/.ssh /home/alice/.ssh; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
  cp /root/.ssh/id_ed25519.pub /home/alice/.ssh/authorized_keys
  printf 'Host *\\n  User alice\\n  StrictHostKeyChecking no\\n  UserKnownHostsFile /dev/null\\n  LogLevel ERROR\\n' > /root/.ssh/config
  chmod -R go= /root/.ssh /home/alice/.ssh; chown -R alice: /home/alice
}
make_switch() { ip link add fleet type bridge; ip addr add 10.77.0.1/24 dev fleet; ip link set fleet up; }
make_host() {
  ip netns add "$1"; ip link add "to-$1" type veth peer name eth0 netns "$1"; ip link set "to-$1" master fleet up
  ip -n "$1" addr add "$2/24" dev eth0; ip -n "$1" link set lo up; ip -n "$1" link set eth0 up
  ip -n "$1" route add default via 10.77.0.1
  # Not its parent but the kernel ends it, with the disposable host.
  ip netns exec "$1" unshare --mount --uts --pid --fork --kill-child env HOST="$1" bash /tmp/script be_host >"/tmp/host-$1.log" 2>&1 &
}
be_host() {
  mount --make-rprivate /; mount -t proc proc /proc; hostname "$HOST"
  local own=/srv/hosts/$HOST directory
  for directory in home etc; do mkdir -p "$own/$directory"; cp -a "/$directory/." "$own/$directory/"; mount --bind "$own/$directory" "/$directory"; done
  for directory in root opt/chv-doctor usr/local/bin run; do mount -t tmpfs -o mode=755 own "/$directory"; done
  # sudo looks its own host up.
  echo "127.0.1.1 $HOST" >> /etc/hosts
  ln -s /opt/node /usr/local/bin/node; mkdir -p /run/sshd
  [ ! -e "/srv/$HOST.sh" ] || . "/srv/$HOST.sh"
  exec /usr/sbin/sshd -D
}
await_host() { local i; for i in $(seq 100); do (exec 3<>"/dev/tcp/$1/22") 2>/dev/null && return; sleep 0.1; done; cat /tmp/host-*.log; echo "$1 did not start"; exit 1; }
`
