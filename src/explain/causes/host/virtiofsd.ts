/** What virtiofsd says at its start, one entry for each reason; what is left has the general entry in around.ts. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const page = 'https://gitlab.com/virtio-fs/virtiofsd/-/blob/main/README.md'

const namesIt = ({ says }: Evidence): boolean => says(/virtiofsd/i)

const after = 'Until it runs, the VM cannot connect to the socket of its --fs device.'

export const virtiofsd: readonly Cause[] = [
  {
    id: 'virtiofsd-id-map',
    line: [
      /WriteUidMap|WriteGidMap|new[ug]idmap\b.{0,80}(?:not (?:found|allowed|permitted)|fail|denied|No such|must)/,
      /(?:couldn't|failed to|Failed to) (?:find|read|parse) .{0,40}\/etc\/sub[ug]id/,
      /Error entering sandbox: .{0,40}(?:Uid|Gid|IdMap)\w*/,
    ],
    needs: namesIt,
    what: 'virtiofsd could not set up the map of user ids of its sandbox (namespace).',
    why: `As an ordinary user it asks newuidmap and newgidmap (package uidmap or shadow) for it, which permit only what /etc/subuid and /etc/subgid give to that user. ${after}`,
    hint: 'Install newuidmap and newgidmap, give the user a range (`sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER`), map only its own id (`--uid-map :0:UID:1: --gid-map :0:GID:1:`), or use `--sandbox none`.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-sandbox-denied',
    line: [
      /Error (?:entering|creating) sandbox: (?<step>\w{1,40})\(.{0,80}(?:code: (?:1|13)\b|Operation not permitted|Permission denied)/,
      /(?<step>mount|unshare|pivot_root)\([^)]{0,60}\bMS_(?:SLAVE|BIND|REC|PRIVATE)\b[^)]{0,40}\): (?:Permission denied|Operation not permitted)/,
      /apparmor="DENIED".{0,200}operation="userns_create".{0,200}(?:comm="virtiofsd")?/,
    ],
    needs: (evidence) => namesIt(evidence) || evidence.says(/vhost-user-fs|virtio_session_mount|\bfuse\b/i),
    what: 'virtiofsd was not permitted to make its sandbox ({step|see the message}; EPERM): it needs root, or a user namespace.',
    why: `The sandboxes namespace and chroot take root. As an ordinary user, namespace works only where the kernel permits user namespaces: Ubuntu 23.10 and later restrict them by AppArmor, containers by seccomp, some distributions by a sysctl. ${after}`,
    hint: 'Start it as root, or with `--sandbox none` as the user; or permit user namespaces: `sysctl kernel.apparmor_restrict_unprivileged_userns` (0 permits), `kernel.unprivileged_userns_clone` (1 permits), `user.max_user_namespaces`.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-socket',
    line: [
      /(?:Error creating listener|Failed ?Creating ?Listener|SocketCreate|Error binding|[Ff]ailed to (?:create|bind)(?: to)? (?:the )?(?:vhost )?socket).{0,120}(?<words>AddrInUse|Address (?:already )?in use|NotFound|No such file or directory|PermissionDenied|Permission denied|Operation not permitted)/,
    ],
    needs: namesIt,
    what: 'virtiofsd could not make its socket: {words|see the message}.',
    why: `Address in use: a socket of that name is there, of another virtiofsd that still runs or of one that ended. No such file: its directory is not there. Permission: the directory belongs to somebody else. ${after}`,
    hint: 'See who uses it (`ss -xlp | grep SOCKET`, `ps -C virtiofsd`); if nobody does, remove it, and start virtiofsd anew before each start of the VM (it ends with the VM). Make the directory as the user who runs virtiofsd.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-directory',
    line: [
      /(?:shared[- ]dir(?:ectory)?|`\/[^`]{0,200}`|"\/[^"]{0,200}").{0,60}(?:does not exist|is not a directory|No such file)/i,
      /virtiofsd source path (?:not available|is empty)/,
      /Error opening (?:shared directory|root)|Failed to open (?:the )?(?:shared directory|root (?:inode|node))/i,
    ],
    needs: namesIt,
    what: 'virtiofsd cannot use the directory that it is to share (--shared-dir).',
    why: `It is not there, is no directory, or this user may not enter it (every directory above it counts). ${after}`,
    hint: '`ls -ld DIRECTORY` and `namei -l DIRECTORY` as the user who runs virtiofsd; make it, or correct `--shared-dir` (source = in microvm.nix and Kata).',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-file-handles',
    line: [
      /file handles?\b.{0,120}(?:Operation not permitted|os error 1\b|CAP_DAC_READ_SEARCH|not supported)/i,
    ],
    needs: (evidence) => namesIt(evidence) && !evidence.says(/disabling file handles altogether/),
    what: 'virtiofsd cannot use file handles (--inode-file-handles): they take the capability CAP_DAC_READ_SEARCH, that is root.',
    why: `An ordinary user, a container or a user namespace does not have it; some file systems (overlay, FUSE) have no file handles. ${after}`,
    hint: 'Use `--inode-file-handles=never` (or `prefer`, which falls back), or start it as root without a user namespace.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-open-files',
    line: [
      /(?:Error increasing number of open files|Failure when trying to set the limit to \d+).{0,200}/i,
      /virtiofsd.{0,120}(?:Too many open files|os error 24\b)/,
    ],
    errnos: [1, 13, 24],
    needs: namesIt,
    what: 'virtiofsd cannot have as many open files as it wants (RLIMIT_NOFILE).',
    why: 'It keeps a file open for every inode that the guest knows. Only root may raise the hard limit. The warning that the hard limit is used instead is harmless; with "Too many open files" the guest gets errors (EMFILE) on the share.',
    hint: 'Give it `--rlimit-nofile=N` below `ulimit -Hn`, raise the limit of its service (LimitNOFILE=1048576), or use file handles (`--inode-file-handles=prefer`, as root), which keep no files open.',
    reference: page,
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-capability',
    line: [
      /(?:capset|cap_set|dropping capabilities|apply_capabilities|Failed to (?:set|drop|change) capabilit)\S{0,20}:? .{0,80}(?:not permitted|denied|fail|invalid|error|EPERM)/i,
      /Cannot (?:enable|set) (?:POSIX ACLs?|xattr)/i,
      /(?:setgroups|setresuid|seccomp)\S{0,10}: (?:Operation not permitted|Invalid argument)/,
    ],
    needs: namesIt,
    what: 'virtiofsd lacks a right or a feature of the host for what its options ask ({said|see the message}).',
    why: `{errno|} Changing capabilities, owners or extended attributes takes root; POSIX ACLs take --xattr and a file system that has them. ${after}`,
    hint: 'Start it as root, or without that option (`--posix-acl`, `--xattr`, `--modcaps`); in a container give it SYS_ADMIN and the capabilities of its documentation.',
    reference: page,
    confidence: 'possible',
  },
  {
    id: 'virtiofsd-client-gone',
    severity: 'note',
    line: [
      /Client disconnected, shutting down/,
      /Waiting for daemon failed: HandleRequest\((?:Disconnected|SocketBroken|PartialMessage)/,
    ],
    needs: namesIt,
    what: 'virtiofsd ends because the VMM closed the connection: that is the ordinary course at the end of a VM (and at a restart).',
    why: 'It serves one connection. If the VM was not to end, the reason is in the VMM, not here.',
    hint: 'Look at the end of the output of Cloud Hypervisor at that time; start virtiofsd anew before each start of the VM (a unit with Restart=always does so).',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-waiting',
    severity: 'note',
    line: [/Waiting for vhost-user socket connection/],
    needs: ({ says }) => says(/virtiofsd/i) && !says(/Client connected/),
    what: 'virtiofsd waits for the VM: it runs and is in order.',
    why: 'The VMM connects to the socket when it starts with --fs.',
    hint: 'Start the VM with the same path: `--fs tag=TAG,socket=SOCKET` and `--memory size=…,shared=on`. If the VM runs already, it uses another path.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-state-lost',
    line: [/virtiofsd.{0,40}Replying ERROR, header: OutHeader \{ error: -9 \(Bad file descriptor\)/],
    what: 'The guest uses files that this virtiofsd has never opened (EBADF): it was started anew under a guest that runs on.',
    why: 'After a restore, a reboot of the VM alone or a crash of virtiofsd its table of inodes and open files is empty, while the guest remembers the old numbers. A snapshot holds the memory of the guest, not the state of virtiofsd.',
    hint: 'Mount the file system anew in the guest, or start the VM anew; take a snapshot without the share, or with releases on both sides that save the state. A guest with its root on virtiofs does not survive it.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-unprivileged',
    severity: 'note',
    line: [/File handles do not appear safe to use, disabling file handles altogether/],
    what: 'virtiofsd runs without root and says what it does without: warnings, not errors. It goes on and waits for the VM.',
    why: 'An ordinary user cannot become another uid or gid, and file handles take the capability CAP_DAC_READ_SEARCH; it opens files by their paths instead.',
    hint: 'Nothing need be done. Files in the share belong to the user that runs it, or to those that --uid-map and --gid-map name.',
    reference: 'https://gitlab.com/virtio-fs/virtiofsd/-/blob/main/README.md',
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-memory-unknown',
    line: [/\bFindMemoryRegion\b/, /virtiofsd.{0,200}\bNoMemoryRegion\b/],
    needs: namesIt,
    what: 'virtiofsd got an address in the memory of the guest that it was not given, and gave up.',
    why: 'Memory of the VM is not shared with it as a whole: memory that was added later (hot-plugged, a zone) without shared=on.',
    hint: 'Give all memory of the VM shared=on, zones included, or give the VM its whole memory at the start; and take releases of virtiofsd and Cloud Hypervisor of one time.',
    reference: doc('fs.md'),
    confidence: 'likely',
  },
  {
    id: 'virtiofsd-protocol',
    line: [
      /Waiting for daemon failed: HandleRequest\((?<words>\w{1,40})|(?:Error|error) (?:restoring|deserializing|applying) .{1,160}/,
    ],
    needs: namesIt,
    what: 'virtiofsd and the VMM did not come to terms over the vhost-user protocol ({words|see the message}).',
    why: 'InvalidParam, InvalidOperation, InvalidMessage: the memory of the VM is not shared, the number or size of queues does not fit, or one of them is much older. While restoring: the directory does not hold the files that the state remembers.',
    hint: 'Give the VM `--memory size=…,shared=on` and the share without num_queues and queue_size; use releases of one time; see whether virtiofsd may map memory (ulimit -v, its sandbox).',
    reference: doc('fs.md'),
    confidence: 'possible',
  },
]
