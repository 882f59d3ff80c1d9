/** What an errno means of programs that are started, of threads, shared memory, and of files and directories. */
import type { Part } from './reason.ts'

/** A more particular part stands first. */
export const fileParts: readonly Part[] = [
  {
    words: /\bsethostname\b|\bhost ?name\b/i,
    reasons: {
      1: [
        'Setting the host name takes CAP_SYS_ADMIN (EPERM), in a container a namespace of its own (UTS).',
        null,
      ],
      22: [
        'The kernel does not take that host name (EINVAL): it has at most 64 bytes.',
        'Choose a shorter one.',
      ],
    },
  },
  {
    words: /\/dev\/(?:ptmx|pts\/\d|pty)|\bpty\b|\bpseudo ?terminal\b/i,
    reasons: {
      5: ['The other end of the pseudo terminal is closed (EIO): the program that had it open ended.', null],
    },
  },
  {
    words:
      /\b(?:exec(?:ve|vp)?|fork\/exec|posix_spawn|(?<!at step (?!EXEC)[A-Z_]{3,30} )spawn(?:ing)?|starting|start(?:ed)? (?:the )?(?:process|program|command)|exec format)\b/i,
    reasons: {
      2: [
        'The program was not found (ENOENT): it is not installed there or not in the PATH of that process; or the loader that it is linked with is missing.',
        '`command -v NAME`, `ls -l PATH`, `file PATH` where it is started.',
      ],
      7: ['The arguments and the environment are too long (E2BIG).', null],
      8: [
        'The file is no program for this machine (ENOEXEC): another architecture, or a script without its first line.',
        '`file PATH`.',
      ],
      13: [
        'The program may not be executed (EACCES): its mode, a directory above it, a mount with noexec, or a security module.',
        '`namei -l PATH`, `findmnt -T PATH`.',
      ],
      26: ['The program is still open for writing (ETXTBSY): it is being copied or downloaded.', null],
    },
  },
  {
    words: /\b(?:thread|fork|clone3?|pthread_create|TasksMax|pids?\.max)\b/i,
    reasons: {
      11: [
        'No further process or thread may be started (EAGAIN): `ulimit -u`, TasksMax= of the unit, or pids.max of the cgroup.',
        '`systemctl show -p TasksMax UNIT`; `cat /sys/fs/cgroup/…/pids.max`.',
      ],
      12: ['There is no memory for a further thread (ENOMEM), or a limit of the cgroup.', '`free -h`.'],
    },
  },
  {
    words: /\/dev\/shm\b|\bmemfd\w*\b|\btmpfs\b|\bshm_open\b/i,
    reasons: {
      12: [
        'Shared memory could not be had (ENOMEM): it counts in the cgroup, and in /dev/shm up to its size.',
        '`df -h /dev/shm`, `free -h`.',
      ],
      13: ['The file in /dev/shm belongs to another user (EACCES).', '`ls -l /dev/shm`.'],
      27: [
        'A limit on the size of files (RLIMIT_FSIZE) also counts for shared memory (EFBIG).',
        '`ulimit -f`.',
      ],
      28: [
        '/dev/shm (or that tmpfs) is full (ENOSPC): it lies in memory, in containers it has 64 MiB unless told otherwise.',
        '`df -h /dev/shm`; `--shm-size` of the container.',
      ],
    },
  },
  {
    words: /\b(?:mlock\w*|locked memory|MEMLOCK)\b/i,
    reasons: {
      1: ['This process may lock no memory (EPERM): RLIMIT_MEMLOCK is 0.', '`ulimit -l`, LimitMEMLOCK=.'],
      12: ['More memory should be locked than the process may (ENOMEM).', '`ulimit -l`, LimitMEMLOCK=.'],
    },
  },
  {
    words: /\b(?:bpf|BPF|ebpf|eBPF)\b/,
    reasons: {
      1: [
        'Loading a BPF program is not permitted (EPERM): it takes CAP_BPF or root (kernel.unprivileged_bpf_disabled), and old kernels count it as locked memory.',
        null,
      ],
      22: [
        'The kernel does not take that BPF program (EINVAL): it is older than what the program was built for.',
        null,
      ],
    },
  },
  {
    words: /\b(?:[fl]?setxattr|xattrs?|extended attributes?|setcap)\b/i,
    reasons: {
      1: [
        'Setting an attribute of this kind is not permitted (EPERM): security.* and trusted.* take root outside of a container.',
        null,
      ],
      95: [
        'The file system keeps no such attributes (EOPNOTSUPP): tmpfs, NFS and others lack some; a mount with nosuid ignores capabilities.',
        '`findmnt -T PATH`.',
      ],
    },
  },
  {
    words: /\b(?:fallocate|punch(?:_| )hole|FALLOC_\w+|O_DIRECT|direct I\/O|DIO)\b/i,
    reasons: {
      22: [
        'That file system does no direct I/O, or the size is no multiple of its blocks (EINVAL).',
        '`findmnt -T PATH`; compare direct=off.',
      ],
      28: ['There is no room for it (ENOSPC).', '`df -h PATH`.'],
      95: [
        'The file system does not do that (EOPNOTSUPP): holes and preallocation need ext4, XFS, btrfs or tmpfs.',
        '`findmnt -T PATH`.',
      ],
    },
  },
  {
    words:
      /\b(?:flock|lockf|fcntl|F_\w*SETLK|(?:get|acquire|take|obtain)\w* (?:a |the )?(?:\w+ )?lock|lock file)\b/i,
    reasons: {
      11: ['Another process holds the lock (EAGAIN).', '`sudo fuser -v PATH`, `lslocks`.'],
      13: [
        'Another process holds the lock, or the file belongs to another user (EACCES).',
        '`lslocks`, `ls -l PATH`.',
      ],
      37: ['No locks are to be had (ENOLCK): a network file system without its lock service.', null],
    },
  },
  {
    words: /\b(?:rename|hard ?link|os\.Rename|linkat|mv)\b/i,
    reasons: {
      2: ['The file that should be renamed is not there (ENOENT): an earlier step did not make it.', null],
      18: [
        'A file cannot be renamed or linked to another file system (EXDEV): it must be copied.',
        '`findmnt -T PATH` of both.',
      ],
      39: ['The target is a directory that is not empty (ENOTEMPTY).', '`ls -la PATH`.'],
    },
  },
  {
    words: /\b(?:rmdir|unlink\w*|remov\w+|delet\w+|RemoveAll|rm)\b/i,
    reasons: {
      1: [
        'Removing it is not permitted (EPERM): it is marked immutable (`lsattr`), or lies in a directory with the sticky bit.',
        null,
      ],
      13: ['The directory that it lies in may not be written by this user (EACCES).', '`namei -l PATH`.'],
      39: [
        'The directory is not empty (ENOTEMPTY): something was, or is being, written there meanwhile.',
        '`ls -la PATH`, `sudo fuser -v PATH`.',
      ],
    },
  },
  {
    words: /\b(?:mkdir\w*|create(?:d|s)? (?:the )?director\w+|MkdirAll)\b/i,
    reasons: {
      2: ['The directory above it is not there (ENOENT).', '`namei -l PATH`.'],
      13: ['The directory above it may not be written by this user (EACCES).', '`namei -l PATH`.'],
      17: [
        'A directory or file of that name is there already (EEXIST): left from an earlier run, or of another one with the same name.',
        '`ls -ld PATH`.',
      ],
      20: ['A part of the path is a file (ENOTDIR).', '`namei -l PATH`.'],
      28: ['The file system has no room or no inodes left (ENOSPC).', '`df -h PATH`, `df -i PATH`.'],
      30: ['The file system is read-only (EROFS).', '`findmnt -T PATH`.'],
    },
  },
]
