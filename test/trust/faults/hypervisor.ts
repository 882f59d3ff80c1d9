/** Faults of the Cloud Hypervisor binary and its capability. */
import type { Fault } from './fault.ts'

const B = '$ROOT_DATA/bin/cloud-hypervisor'
const says = (line: string) => `printf '#!/bin/sh\\necho "${line}"\\n' | program ${B}`
const goss = ['goss'] as const
const withCapability =
  'set_key net_admin_capability always; setcap cap_net_admin+ep $SKY_DATA/bin/cloud-hypervisor'

export const hypervisorFaults: readonly Fault[] = [
  { id: 'hypervisor-gone', check: 'cloud-hypervisor', plant: `rm ${B}`, mends: true, peers: goss },
  {
    id: 'hypervisor-not-executable',
    check: 'cloud-hypervisor',
    plant: `chmod 644 ${B}`,
    mends: false,
    peers: goss,
  },
  { id: 'hypervisor-empty', check: 'cloud-hypervisor', plant: `: > ${B}`, mends: true, peers: goss },
  {
    id: 'hypervisor-garbage',
    check: 'cloud-hypervisor',
    plant: `head -c 100000 /dev/urandom > ${B}`,
    mends: true,
    peers: goss,
  },
  {
    id: 'hypervisor-cut-short',
    check: 'cloud-hypervisor',
    plant: `truncate -s 20 ${B}`,
    mends: true,
    peers: goss,
  },
  {
    id: 'hypervisor-web-page',
    check: 'cloud-hypervisor',
    plant: `echo '<!DOCTYPE html><html>404</html>' > ${B}`,
    mends: true,
    peers: goss,
  },
  {
    id: 'hypervisor-other-architecture',
    check: 'cloud-hypervisor',
    plant: `printf '\\xb7\\x00' | dd of=${B} bs=1 seek=18 conv=notrunc status=none`,
    mends: true,
    peers: goss,
  },
  {
    id: 'hypervisor-crashes',
    check: 'cloud-hypervisor',
    plant: `printf '#!/bin/sh\\nkill -SEGV $$\\n' | program ${B}`,
    mends: true,
    peers: goss,
  },
  { id: 'hypervisor-too-old', check: 'cloud-hypervisor', plant: says('cloud-hypervisor v30.0'), mends: true },
  {
    id: 'hypervisor-vulnerable',
    check: 'cloud-hypervisor',
    status: 'warn',
    // The probe of a start needs the real one.
    ready: 'set_key ignore "{ boot-probe: a stand-in starts no guest }"',
    plant: says('cloud-hypervisor v50.0'),
    mends: false,
  },
  {
    id: 'hypervisor-other-program',
    check: 'cloud-hypervisor',
    status: 'warn',
    ready: 'set_key ignore "{ boot-probe: a stand-in starts no guest }"',
    plant: says('hello'),
    mends: false,
  },
  {
    id: 'hypervisor-directory',
    check: 'cloud-hypervisor',
    plant: 'set_key hypervisor /srv',
    mends: false,
  },
  {
    id: 'hypervisor-wrong-path',
    check: 'cloud-hypervisor',
    plant: 'set_key hypervisor /usr/local/bin/no-such-hypervisor',
    mends: false,
  },
  {
    id: 'hypervisor-no-interpreter',
    check: 'cloud-hypervisor',
    plant: `printf '#!/no/such/shell\\n' | program ${B}`,
    mends: true,
    peers: goss,
  },
  {
    id: 'hypervisor-hangs',
    check: 'cloud-hypervisor',
    status: 'unknown',
    ready: 'set_key check_timeout 3',
    plant: `printf '#!/bin/sh\\nexec sleep 1000\\n' | program ${B}`,
    mends: false,
  },
  {
    id: 'net-admin-no-capability',
    check: 'net-admin',
    user: 'sky',
    ready: withCapability,
    plant: 'setcap -r $SKY_DATA/bin/cloud-hypervisor',
    mends: true,
  },
  {
    id: 'net-admin-permitted-only',
    check: 'net-admin',
    user: 'sky',
    ready: withCapability,
    plant: 'setcap cap_net_admin+p $SKY_DATA/bin/cloud-hypervisor',
    mends: true,
  },
  {
    id: 'net-admin-copied',
    check: 'net-admin',
    user: 'sky',
    ready: withCapability,
    plant: 'cd $SKY_DATA/bin; cp cloud-hypervisor c; chown sky: c; mv c cloud-hypervisor',
    mends: true,
  },
  {
    id: 'net-admin-nosuid',
    check: 'net-admin',
    user: 'sky',
    ready: withCapability,
    plant: 'mount --bind $SKY_DATA/bin $SKY_DATA/bin; mount -o remount,bind,nosuid $SKY_DATA/bin',
    mends: false,
  },
  {
    id: 'net-admin-no-new-privileges',
    check: 'net-admin',
    user: 'sky',
    ready: withCapability,
    plant: ':',
    wrap: ['setpriv', '--no-new-privs'],
    mends: false,
  },
  {
    id: 'boot-probe-refuses',
    check: 'boot-probe',
    // The real binary under a limit that only a start meets: no descriptors for a guest.
    plant: `mv ${B} ${B}.real; printf '#!/bin/sh\\n[ "$1" = --version ] || ulimit -n 8\\nexec "$0.real" "$@"\\n' | program ${B}`,
    mends: false,
  },
  {
    id: 'boot-probe-no-memory',
    check: 'boot-probe',
    plant: `mv ${B} ${B}.real; printf '#!/bin/sh\\n[ "$1" = --version ] || ulimit -v 150000\\nexec "$0.real" "$@"\\n' | program ${B}`,
    mends: false,
  },
  {
    id: 'boot-probe-silent',
    check: 'boot-probe',
    plant: `mv ${B} ${B}.real; printf '#!/bin/sh\\n[ "$1" = --version ] || exit 0\\nexec "$0.real" "$@"\\n' | program ${B}`,
    mends: false,
  },
]
