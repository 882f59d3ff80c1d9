/** What mount.nfs, the kernel and programs say of directories that come over NFS. */
import type { Cause } from '../../cause.ts'

const page = 'https://man7.org/linux/man-pages/man5/nfs.5.html'

export const nfs: readonly Cause[] = [
  {
    id: 'nfs-refused-by-server',
    line: [
      /mount(?:\.nfs4?)?: (?:.{0,120}: )?access denied by server while mounting (?<source>\S{1,120})/,
      /mount\.nfs4?: Operation not permitted(?: for (?<source>\S{1,120}))?/,
    ],
    what: 'The NFS server does not allow this machine to mount {source|that directory}.',
    why: '/etc/exports does not name its address or network (behind NAT it comes with another one), the path is not exported, or the server asks for a port below 1024 (insecure).',
    hint: 'On the server: `sudo exportfs -v`, a line such as `/srv/vms 10.0.0.0/24(rw,sync,no_subtree_check)`, `sudo exportfs -ra`; from here `showmount -e SERVER`.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nfs-server-unreachable',
    line: [
      /mount\.nfs4?: (?:.{0,120}: )?(?:Connection (?:timed out|refused)|No route to host|Network is unreachable|portmap query (?:failed|retrying))/,
      /mount\.nfs4?: mount to NFS server '?(?<server>\S{1,80}?)'? failed: .{0,40}(?:timed out|refused|route)/,
      /clnt_create: RPC: (?:Unable to receive|Program not registered|Port mapper failure|Timed out)/,
    ],
    what: 'The NFS server does not answer.',
    why: 'Refused: the service does not run there, or NFSv3 does not find rpcbind. A time-out: a wrong address, the network, or a firewall (2049 for NFSv4; NFSv3 needs 111 and mountd, too).',
    hint: '`nc -vz SERVER 2049`, `rpcinfo -p SERVER`; on the server `systemctl status nfs-server` and its firewall; `-o vers=4.2` needs port 2049 only.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nfs-version-unsupported',
    line: [
      /mount\.nfs4?: (?:.{0,80}: )?(?:Protocol not supported|requested NFS version or transport protocol is not supported|an incorrect mount option was specified)/,
    ],
    what: 'Client and NFS server have no version or option in common.',
    why: 'The server has that version off (NFSv3 or v4 only), the kernel lacks it (CONFIG_NFS_V4), or an option is misspelt.',
    hint: 'Try `-o vers=4.2`, `vers=4`, `vers=3`; on the server `cat /proc/fs/nfsd/versions`; `grep nfs /proc/filesystems` here.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nfs-path-missing',
    line: [/mount\.nfs4?: mounting (?<source>\S{1,120}) failed, reason given by server: No such file/],
    what: 'The NFS server has no directory {source|of that name} among its exports.',
    why: 'The path is misspelt or not exported; with NFSv4 paths begin at the root that the server sets (fsid=0).',
    hint: '`showmount -e SERVER`; with fsid=0 leave the front part out (`SERVER:/`).',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nfs-server-silent',
    line: [/\bnfs: server (?<server>\S{1,80}) not responding, (?:still trying|timed out)/],
    what: 'The NFS server {server|} stopped answering: programs that use its files hang until it is back.',
    why: 'The server or the network is down or overloaded, or its address changed. "still trying" is a hard mount, which waits; "timed out" a soft one, which gives errors.',
    hint: '`ping`, `nc -vz SERVER 2049`; see the server; "server … OK" in the kernel log tells that it is back. `umount -f -l DIRECTORY` frees this machine.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nfs-handle-stale',
    line: [/Stale (?:NFS )?file handle/, /\bESTALE\b|os error 116\b/],
    what: 'A file or directory of a network or stacked file system is gone or was replaced on the server, while this machine still had it open (ESTALE).',
    why: 'On NFS: it was removed or moved there, the export was made anew (another disk, another fsid), or the server restarted with other ids. With overlay or virtio-fs: the directory below was changed.',
    hint: 'Leave the directory, `sudo umount -f -l DIRECTORY` and mount it again; give the export a fixed fsid= in /etc/exports.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nfs-statd-missing',
    line: [/rpc\.statd is not running but is required for remote locking/],
    what: 'NFSv3 wants the lock service rpc.statd, and it does not run on this machine.',
    why: 'Locks of NFSv3 need rpcbind and rpc.statd here; NFSv4 has locks in itself.',
    hint: '`sudo systemctl start rpcbind rpc-statd`, mount with `-o vers=4`, or `-o nolock` where only this machine uses the files (images of VMs of several hosts need locks).',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'nfs-root-squashed',
    line: [
      /(?:chown|chgrp|cp|tar|rsync|mknod)\b.{0,200}\/\S{0,40}nfs\S{0,120}.{0,60}Operation not permitted/,
    ],
    what: 'The NFS server does not let root of this machine act as root there (root_squash).',
    why: 'By default the server turns root into nobody, which may not give files away or read those of others.',
    hint: 'Do it on the server, as the owner of the files, or export with no_root_squash to a host that you trust (`exportfs -ra`).',
    reference: 'https://man7.org/linux/man-pages/man5/exports.5.html',
    confidence: 'possible',
  },
]
