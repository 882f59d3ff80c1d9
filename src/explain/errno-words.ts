/** What the numbers mean to a person who starts a virtual machine. Linux numbers (asm-generic/errno*.h). */
const words: Readonly<Record<number, string>> = {
  1: 'the kernel did not permit it (EPERM)',
  2: 'a file or directory is not there (ENOENT)',
  3: 'there is no such process (ESRCH)',
  4: 'a signal interrupted it (EINTR)',
  5: 'the device or disk failed to read or write (EIO)',
  6: 'there is no such device behind the file (ENXIO)',
  7: 'the arguments are too long (E2BIG)',
  8: 'the file is no program for this machine (ENOEXEC)',
  9: 'a file descriptor is not open (EBADF)',
  10: 'there is no child process (ECHILD)',
  11: 'the resource is busy for the moment (EAGAIN)',
  12: 'there is not enough memory, or a limit on it is reached (ENOMEM)',
  13: 'the user has no permission for the file (EACCES)',
  14: 'an address in memory could not be used (EFAULT)',
  16: 'something else is using it (EBUSY)',
  17: 'it exists already (EEXIST)',
  18: 'it lies on another file system (EXDEV)',
  19: 'there is no such device, or its driver is missing (ENODEV)',
  20: 'a part of the path is no directory (ENOTDIR)',
  21: 'it is a directory, not a file (EISDIR)',
  22: 'the kernel refuses a value that it was given (EINVAL)',
  23: 'the whole system has too many files open (ENFILE)',
  24: 'the process has too many files open (EMFILE)',
  25: 'it is not the kind of device that was expected (ENOTTY)',
  26: 'the file is being executed (ETXTBSY)',
  27: 'the file is too large (EFBIG)',
  28: 'there is no space left on the file system, or in a table of the kernel (ENOSPC)',
  29: 'a pipe was given where a file is needed (ESPIPE)',
  30: 'the file system is read-only (EROFS)',
  32: 'the other end has closed the connection (EPIPE)',
  36: 'the name is too long (ENAMETOOLONG)',
  35: 'it would wait for itself (EDEADLK)',
  38: 'the kernel does not have this function (ENOSYS)',
  39: 'the directory is not empty (ENOTEMPTY)',
  40: 'there are too many symbolic links (ELOOP)',
  61: 'there is no data (ENODATA)',
  71: 'the other side does not keep to the protocol (EPROTO)',
  74: 'a message or a block is damaged (EBADMSG)',
  75: 'a value is too large (EOVERFLOW)',
  77: 'a descriptor no longer stands for its device (EBADFD)',
  90: 'the message is too long (EMSGSIZE)',
  93: 'the protocol is not supported (EPROTONOSUPPORT)',
  95: 'it is not supported here (EOPNOTSUPP)',
  97: 'the address family is not supported (EAFNOSUPPORT)',
  98: 'the address is in use already (EADDRINUSE)',
  99: 'the address does not belong to this host (EADDRNOTAVAIL)',
  100: 'the network interface is down (ENETDOWN)',
  101: 'the network cannot be reached (ENETUNREACH)',
  103: 'the connection was given up (ECONNABORTED)',
  104: 'the other end has reset the connection (ECONNRESET)',
  105: 'there is no buffer space (ENOBUFS)',
  107: 'the other side is not connected (any more) (ENOTCONN)',
  108: 'the other side was shut down (ESHUTDOWN)',
  110: 'it took too long (ETIMEDOUT)',
  111: 'nothing accepts connections there (ECONNREFUSED)',
  112: 'the host is down (EHOSTDOWN)',
  113: 'no machine answers at that address (EHOSTUNREACH)',
  114: 'the same is under way already (EALREADY)',
  115: 'it is under way (EINPROGRESS)',
  116: 'the file behind the handle is gone (ESTALE)',
  117: 'the file system is damaged and needs a check (EUCLEAN)',
  121: 'a device on a bus did not answer (EREMOTEIO)',
  122: 'the disk quota is used up (EDQUOT)',
  123: 'there is no medium in the drive (ENOMEDIUM)',
  125: 'it was cancelled (ECANCELED)',
  126: 'a key that is needed is not there (ENOKEY)',
  129: 'a key or signature was not accepted (EKEYREJECTED)',
}

/** What a person can look at to find out which of the possible reasons it is; by errno. */
const apart: Readonly<Record<number, string>> = {
  1: 'EPERM is a missing capability, a seccomp filter or the device policy of a cgroup; the mode of a file would be EACCES. Compare with a run as root outside of the container or service.',
  2: '`strace -f -e trace=file COMMAND` shows the path that is not there; a ~ that no shell replaced is one.',
  3: 'The process ended before: `pgrep -a NAME` shows what runs.',
  5: 'The kernel log of the host (`sudo dmesg`) says which device failed.',
  6: 'See whether the driver behind the file is loaded: `lsmod`, `sudo dmesg`.',
  8: '`file PATH` says for which machine the file is.',
  10: 'The process that was waited for ended already, was waited for elsewhere (SIGCHLD is ignored there), or was never started, as under a load of many starts: try again, and look at the limits on processes.',
  11: 'A limit on threads or memory (`ulimit -u`, TasksMax=, the cgroup), or something that is to be tried again.',
  12: 'Compare `free -h`, `ulimit -a`, the limits of the cgroup and the free huge pages with the size of the guest.',
  13: 'EACCES is the mode or owner of a file or of a directory above it, Landlock, or a security module: `namei -l PATH` shows the first.',
  14: 'An address could not be used: compare a run without huge pages, memory zones and passed-through devices.',
  16: '`sudo fuser -v PATH` names the program that holds a file; of a device see its driver.',
  17: 'Something from an earlier run may be left: look for it under that name (`ls -l PATH`, `ip -br link`).',
  18: '`findmnt -T PATH` of both shows the file systems: copy instead of renaming.',
  19: 'See whether the hardware is there and its driver loaded: `lsmod`, `sudo dmesg`.',
  22: 'The kernel does not say which value it refused: leave out the options of that device one by one, and look at `sudo dmesg`.',
  24: '`ulimit -n` is the limit (LimitNOFILE= of a unit), and each device, queue and vCPU takes descriptors: `ls /proc/PID/fd | wc -l`.',
  25: 'The file is not the kind of device that it was taken for: `ls -l /proc/PID/fd` shows what a descriptor is.',
  27: '`ulimit -f` is the limit on the size of a file (also of shared memory); a file system has one, too.',
  28: '`df -h` and `df -i` show which file system is full; of KVM or an interrupt it is a table of the kernel.',
  30: '`findmnt -T PATH` shows the file system that is mounted read-only.',
  32: 'The other end closed the connection: look at what it says at that time.',
  36: 'The path of a Unix socket holds at most 107 bytes, a file name 255, the name of a network interface 15: choose a shorter one, or a directory nearer to the root.',
  38: 'The kernel of the host is too old or built without it: `uname -r`.',
  39: '`ls -la PATH` shows what is left in it.',
  74: '`sudo dmesg` names the file system or device; check it with fsck.',
  77: 'A descriptor no longer stands for its device: see whether something deleted the device.',
  95: 'The kernel or file system does not offer this operation here: compare another file system or a newer kernel.',
  98: '`ss -xlp` and `sudo fuser -v SOCKET` show who uses the address; a socket file without a user is a remainder.',
  99: '`ip addr` where the program runs: the address must be on an interface that is up.',
  104: 'Look at what the program on the other end says at that time.',
  101: 'No route leads there: see `ip route` and `ip rule` where this program runs.',
  107: 'A mount of FUSE or virtio-fs whose daemon ended says so: unmount it (`umount -l PATH`) and start the daemon anew.',
  110: 'The other side did not answer in time: see whether it runs, and what it waits for.',
  111: '`ss -xlp` shows whether a program listens on the socket.',
  113: 'Of an address of a guest: see whether its VM runs, its TAP is up and in its bridge (`ip -br link`, `ip neigh`), and whether the guest has that address.',
  114: 'Wait for what is under way, or end it first.',
  116: 'The share was made anew or its file was removed on the server: unmount and mount it again.',
  117: 'Unmount it and run fsck (for XFS `xfs_repair`).',
  121: '`sudo dmesg` names the device.',
}

/** @returns one or two sentences, or null where nothing is known to tell the reasons apart */
export const whatTellsApart = (number: number): string | null => apart[number] ?? null

/** What libraries of C print for an errno (glibc, then musl where it differs): tools name no number. */
const printed: readonly (readonly [string, number])[] = [
  ['No such file or directory', 2],
  ['Permission denied', 13],
  ['Operation not permitted', 1],
  ['(?:Device or r|\\bR)esource busy', 16],
  ['No space left on device', 28],
  ['Read-only file system', 30],
  ['Cannot allocate memory', 12],
  ['Connection refused', 111],
  ['Connection reset by peer', 104],
  ['Broken pipe', 32],
  ['Address (?:already )?in use', 98],
  ['No such device(?! or address)', 19],
  ['No such device or address', 6],
  ['Operation not supported|\\bNot supported$', 95],
  ['Inappropriate ioctl for device', 25],
  ['Invalid argument(?!: [a-z])', 22],
  ['Input/output error', 5],
  ['Too many open files(?! in system)', 24],
  ['Too many open files in system', 23],
  ['No route to host', 113],
  ['Network is unreachable', 101],
  ['Connection timed out', 110],
  ['Bad address', 14],
  ['Bad file descriptor', 9],
  ['Function not implemented', 38],
  ['Resource temporarily unavailable', 11],
  ['File exists', 17],
  ['Not a directory', 20],
  ['\\bIs a directory', 21],
  ['Text file busy', 26],
  ['File too large', 27],
  ['Disk quota exceeded', 122],
  ['File ?name too long', 36],
  ['No such process', 3],
  ['Interrupted system call', 4],
  ['Argument list too long', 7],
  ['No child process(?:es)?\\b', 10],
  ['Invalid cross-device link|\\bCross-device link', 18],
  ['Resource deadlock (?:avoided|would occur)', 35],
  ['Directory not empty', 39],
  ['Too many levels of symbolic links|\\bSymbolic link loop', 40],
  ['\\bBad message', 74],
  ['Value too large for (?:defined )?data type', 75],
  ['Message too (?:long|large)', 90],
  ['Protocol not supported', 93],
  ['Address family not supported', 97],
  ['Cannot assign requested address|\\bAddress not available', 99],
  ['Network is down', 100],
  ['Software caused connection abort|\\bConnection aborted', 103],
  ['No buffer space available', 105],
  ['Transport endpoint is not connected|\\bSocket not connected', 107],
  ['Cannot send after (?:transport endpoint|socket) shutdown', 108],
  ['Host is (?:down|unreachable)', 112],
  ['Operation already in progress', 114],
  ['Operation now in progress|\\bOperation in progress', 115],
  ['Stale (?:NFS )?file handle', 116],
  ['Structure needs cleaning', 117],
  ['Remote I/O error', 121],
  ['No medium found', 123],
  ['Operation canceled', 125],
  ['Required key not available', 126],
  ['Key was rejected by service', 129],
]

/** One search for all of them: the group that took part says which it is. */
const anyPrinted = new RegExp(printed.map(([words]) => `(${words})`).join('|'), 'gi')

const names: ReadonlyMap<string, number> = new Map(
  Object.entries(words).flatMap(([number, text]) => {
    const name = /\((E[A-Z0-9]+)\)/.exec(text)?.[1]
    return name === undefined ? [] : [[name, Number(number)] as const]
  }),
)

/** Inside of a value in Debug form: an exit code or a status is no errno. */
export const codeOfValue = String.raw`(?<=[{(,]\s?)code: `

const byNumber = new RegExp(
  String.raw`(?:os error |${codeOfValue}(?:Some\(-)?|\b(?:Error|ERROR)\(|\berrno[ =:]{1,2}|\bErrno |\b(?:error|failed|err|ret)[ :=(]{1,3}-(?!1\b)|: -(?=\d{1,3}$)(?!1$))(\d{1,3})\b`,
  'gm',
)

/** Programs and drivers with numbers of their own: OpenSBI, GnuTLS, the admin queue of network cards. */
const ownNumbers = /^sbi_\w{1,60}: |\bGnuTLS \w{1,20} error\b|\badminq?:? -\d/

/**
 * @returns the errnos that a text names, in its order: by their numbers; where there are none by the words of
 *   a C library; else by their names, as traces and programs in other languages print them
 */
export const errnosIn = (text: string): readonly number[] => {
  if (ownNumbers.test(text)) return []
  const numbers = [...text.matchAll(byNumber)].map(([, number]) => Number(number))
  if (numbers.length > 0) return numbers
  const inWords = [...text.matchAll(anyPrinted)].flatMap(
    ([, ...groups]) => printed[groups.findIndex((group) => group !== undefined)]?.[1] ?? [],
  )
  if (inWords.length > 0) return inWords
  return [...text.matchAll(/\bE[A-Z]{2,14}\b/g)].flatMap(([name]) => names.get(name) ?? [])
}

/** @returns the last errno that a text names, or null */
export const errnoIn = (text: string): number | null => errnosIn(text).at(-1) ?? null

export const errnoInWords = (number: number): string =>
  words[number] ?? `the kernel answered with errno ${number}`
