/** What NBD, iSCSI and Ceph RBD say on the host: disks that come over the network. */
import type { Cause } from '../../cause.ts'
import { isAlone } from '../remarks.ts'

const nbd = 'https://www.qemu.org/docs/master/tools/qemu-nbd.html'
const iscsi = 'https://github.com/open-iscsi/open-iscsi'
const rbd = 'https://docs.ceph.com/en/latest/rbd/rbd-ko/'

export const networkDisks: readonly Cause[] = [
  {
    id: 'nbd-device-busy',
    line: [
      /qemu-nbd: Failed to set NBD socket/,
      /nbd(?:-client)?: .{0,60}(?:already in use|is busy|Device or resource busy)/,
    ],
    what: 'The nbd device is connected already, to another image or from an earlier run.',
    why: 'Each device is used once; a connection stays until it is closed, even if its program was killed.',
    hint: '`lsblk | grep nbd` (a size of 0 is free), `sudo qemu-nbd -d /dev/nbd0` after unmounting, or take the next device.',
    reference: nbd,
    confidence: 'likely',
  },
  {
    id: 'nbd-server-gone',
    line: [
      /block nbd\d+: (?:Receive control failed \(result -?\d+\)|Connection timed out|Other side returned error \(\d+\)|Send control failed|Dead connection|Possible stuck request|Attempted send on invalid socket)/,
    ],
    what: 'The nbd device lost its server, or the server does not answer: reads and writes fail or hang.',
    why: 'qemu-nbd or the nbd server ended (killed with its shell or container), the network broke, or it was disconnected while it was in use.',
    hint: '`pgrep -a nbd`, the log of the server; unmount what is on it (`sudo umount -l` if it hangs), `sudo qemu-nbd -d /dev/nbdN`, connect again and check the file system.',
    reference: nbd,
    confidence: 'possible',
  },
  {
    id: 'iscsi-login-refused',
    line: [
      /initiator reported error \(24 - iSCSI login failed due to authorization failure\)/,
      /Login (?:authentication|authorization) failed(?: with target (?<target>\S{1,120}))?/,
      /iSCSI Login negotiation failed|login response.{0,60}status 0x0?20[12]/i,
    ],
    what: 'The iSCSI target refused the login (authorisation).',
    why: 'The name of this initiator is not in the ACL of the target, or CHAP is missing or wrong.',
    hint: '`cat /etc/iscsi/initiatorname.iscsi` must be the name that the target allows; CHAP: node.session.auth.username and .password (`iscsiadm -m node -T TARGET -o update -n … -v …`), then log in again.',
    reference: iscsi,
    confidence: 'likely',
  },
  {
    id: 'iscsi-portal-unreachable',
    line: [
      /iscsiadm: cannot make (?:a )?connection to (?<portal>\S{1,60}): (?<words>.{1,60})/,
      /iscsiadm: (?:connection login retries \(reopen_max\) \d+ exceeded|connect to \S{1,60} timed out)/,
    ],
    what: 'The iSCSI portal {portal|} cannot be reached: {words|no connection}.',
    why: 'Refused: the target service does not run or listens at another address. No route or a time-out: the network, or a firewall on port 3260.',
    hint: '`nc -vz ADDRESS 3260` from here; on the target `ss -ltn | grep 3260`, `targetcli ls`, and its firewall.',
    reference: iscsi,
    confidence: 'likely',
  },
  {
    id: 'iscsi-not-discovered',
    line: [
      /iscsiadm: (?:No records found|no records found|No active sessions|No portals found|Could not find records for \[.{1,160}\])/,
    ],
    what: 'iscsiadm has no record or session for that request.',
    why: 'The target was not discovered on this machine, has another name, offers nothing to this initiator, or nobody is logged in.',
    hint: '`sudo iscsiadm -m discovery -t sendtargets -p ADDRESS`, `sudo iscsiadm -m node -l`; if nothing is offered, see the ACL of the target.',
    reference: iscsi,
    confidence: 'likely',
  },
  {
    id: 'iscsi-session-there',
    severity: 'note',
    line: [/iscsiadm: .{0,60}session requested, but \d+ already present/],
    needs: isAlone('already present'),
    what: 'The iSCSI session exists already: nothing was done.',
    why: 'It was logged in before, for instance at the boot.',
    hint: '`sudo iscsiadm -m session -P 3` shows its disks; `-R` looks for new ones.',
    reference: iscsi,
    confidence: 'likely',
  },
  {
    id: 'iscsi-daemon-missing',
    line: [
      /iscsiadm: can ?not connect to iSCSI daemon/,
      /iscsiadm: initiator reported error \(20 - could not connect to iscsid\)/,
    ],
    what: 'iscsiadm does not reach the daemon iscsid.',
    why: 'It does not run on the host, or the container has no access to it (its abstract socket belongs to the network namespace of the host).',
    hint: '`sudo systemctl enable --now iscsid` (package open-iscsi, Fedora: iscsi-initiator-utils); a container needs the network of the host.',
    reference: iscsi,
    confidence: 'likely',
  },
  {
    id: 'iscsi-connection-lost',
    line: [
      /connection\d+:\d+: (?:ping timeout of \d+ secs expired|detected conn error \(\d+\))/,
      /session\d+: session recovery timed out after \d+ secs/,
    ],
    what: 'The connection to the iSCSI target was lost.',
    why: 'The network or the target does not answer; after the time of recovery (120 seconds) the disks give I/O errors, and file systems on them go read-only.',
    hint: '`ping` and `ip -s link` towards the target (MTU!), its log; for paths that fail over: multipath; node.session.timeo.replacement_timeout sets the time. Check the file systems after it is back.',
    reference: iscsi,
    confidence: 'likely',
  },
  {
    id: 'rbd-features-unknown',
    line: [/RBD image feature set mismatch/, /image uses unsupported features: (?<features>0x[0-9a-f]{1,8})/],
    what: 'The kernel cannot map this RBD image: it has features that the kernel does not know.',
    why: 'The client in the kernel lacks some that librbd has (object-map, fast-diff, deep-flatten, journaling in older kernels).',
    hint: '`rbd feature disable POOL/IMAGE object-map fast-diff deep-flatten` (the message names them), map through rbd-nbd (`rbd device map -t nbd`), or use a newer kernel.',
    reference: rbd,
    confidence: 'likely',
  },
  {
    id: 'rbd-module-missing',
    line: [
      /rbd: failed to load rbd kernel module/,
      /modprobe: FATAL: Module (?<module>rbd|nbd|target_core_\w{1,20}|iscsi_tcp|ceph) not found/,
    ],
    what: 'The kernel module {module|rbd} cannot be loaded.',
    why: 'It is not there for the running kernel (a cloud kernel without it, an update without a restart), or the command runs in a container without the modules of the host.',
    hint: '`sudo modprobe rbd` on the host; linux-modules-extra-$(uname -r); restart after an update of the kernel; or rbd-nbd.',
    reference: rbd,
    confidence: 'likely',
  },
  {
    id: 'rbd-still-watched',
    line: [/rbd: error: image still has watchers/, /image is still open or the client using it crashed/],
    what: 'The RBD image is open somewhere else, so it is not removed or changed.',
    why: 'A VM or a host has it mapped, or crashed with it some seconds ago.',
    hint: '`rbd status POOL/IMAGE` names the watchers; unmap it there (`rbd unmap`), or wait 30 seconds; a host that is gone: `ceph osd blocklist add ADDRESS`.',
    reference: rbd,
    confidence: 'likely',
  },
  {
    id: 'rbd-unmap-busy',
    line: [/rbd: unmap failed: \(16\)/],
    what: 'The RBD device cannot be unmapped: something uses it.',
    why: 'It is mounted, a VM has it open, or LVM or a mapping lies on it.',
    hint: '`lsblk /dev/rbdN`, `findmnt`, `sudo fuser -v /dev/rbdN`; only if nothing of it counts any more: `rbd unmap -o force`.',
    reference: rbd,
    confidence: 'likely',
  },
  {
    id: 'ceph-not-reached',
    line: [
      /(?:rbd|rados|ceph)\S{0,8}: couldn't connect to (?:the )?cluster/,
      /unable to find a keyring on (?<keyring>\S{1,160})/,
      /monclient.{0,40}: (?:get_monmap_and_config|authenticate).{0,80}(?:failed|timed out)/,
      /handle_auth_bad_method server allowed_methods/,
    ],
    what: 'The client does not get into the Ceph cluster.',
    why: 'The monitors are not reached (/etc/ceph/ceph.conf, network, ports 3300 and 6789), the key is missing ({keyring|the keyring of that user}), or it is not the one that the cluster knows.',
    hint: '`ceph -s --id USER`; copy ceph.conf and ceph.client.USER.keyring to /etc/ceph (readable for the program), `ceph auth get client.USER` on a monitor.',
    reference: 'https://docs.ceph.com/en/latest/rados/configuration/ceph-conf/',
    confidence: 'likely',
  },
  {
    id: 'libceph-trouble',
    line: [
      /libceph: (?:mon|osd|mds)\d+ \S{1,60} (?:socket closed|socket error|connect error|feature set mismatch|(?:session )?(?:lost|hunting)|wrong peer)/,
      /libceph: .{0,60}(?:auth .{0,40}error|no secret set|protocol feature mismatch)/,
      /rbd: rbd\d+: (?:encountered watch error|failed to)/,
    ],
    what: 'The kernel client of Ceph has trouble with a monitor or OSD.',
    why: '"socket closed" and "connect error": it is down, restarting, or the network or a firewall is in the way. "feature set mismatch": the kernel is older than what the cluster asks for (tunables, msgr2). "auth": the key.',
    hint: '`ceph -s`, `ceph osd tree`, `nc -vz ADDRESS 6789` from here; a newer kernel, or ms_mode=prefer-crc where only port 3300 is open.',
    reference: rbd,
    confidence: 'likely',
  },
  {
    id: 'ceph-full',
    line: [
      /\d+ (?:near)?full osd\(s\)|\d+ pool\(s\) (?:near)?full|OSD_(?:NEAR|BACKFILL)?FULL|POOL_(?:NEAR)?FULL/,
    ],
    what: 'The Ceph cluster is full or almost full.',
    why: 'From the full ratio (95 per cent of one OSD) on the cluster takes no more writes: machines with disks there hang.',
    hint: '`ceph df`, `ceph osd df`; remove images and snapshots that are not needed, add OSDs, balance (`ceph balancer status`); the ratio may be raised a little to be able to remove: `ceph osd set-full-ratio 0.97`.',
    reference:
      'https://docs.ceph.com/en/latest/rados/troubleshooting/troubleshooting-osd/#no-free-drive-space',
    confidence: 'likely',
  },
]
