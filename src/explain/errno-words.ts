/** What the numbers mean to a person who starts a virtual machine. Linux numbers (asm-generic/errno*.h). */
const words: Readonly<Record<number, string>> = {
  1: 'the kernel did not permit it (EPERM)',
  2: 'a file or directory is not there (ENOENT)',
  4: 'a signal interrupted it (EINTR)',
  5: 'the device or disk failed to read or write (EIO)',
  6: 'there is no such device behind the file (ENXIO)',
  7: 'the arguments are too long (E2BIG)',
  9: 'a file descriptor is not open (EBADF)',
  11: 'the resource is busy for the moment (EAGAIN)',
  12: 'there is not enough memory, or a limit on it is reached (ENOMEM)',
  13: 'the user has no permission for the file (EACCES)',
  14: 'an address in memory could not be used (EFAULT)',
  16: 'something else is using it (EBUSY)',
  17: 'it exists already (EEXIST)',
  19: 'there is no such device, or its driver is missing (ENODEV)',
  20: 'a part of the path is no directory (ENOTDIR)',
  21: 'it is a directory, not a file (EISDIR)',
  22: 'the kernel refuses a value that it was given (EINVAL)',
  23: 'the whole system has too many files open (ENFILE)',
  24: 'the process has too many files open (EMFILE)',
  25: 'it is not the kind of device that was expected (ENOTTY)',
  26: 'the file is being executed (ETXTBSY)',
  27: 'the file is too large (EFBIG)',
  28: 'there is no space left on the file system (ENOSPC)',
  29: 'a pipe was given where a file is needed (ESPIPE)',
  30: 'the file system is read-only (EROFS)',
  32: 'the other end has closed the connection (EPIPE)',
  36: 'the name is too long (ENAMETOOLONG)',
  38: 'the kernel does not have this function (ENOSYS)',
  40: 'there are too many symbolic links (ELOOP)',
  61: 'there is no data (ENODATA)',
  75: 'a value is too large (EOVERFLOW)',
  93: 'the protocol is not supported (EPROTONOSUPPORT)',
  95: 'it is not supported here (EOPNOTSUPP)',
  97: 'the address family is not supported (EAFNOSUPPORT)',
  98: 'the address is in use already (EADDRINUSE)',
  99: 'the address does not belong to this host (EADDRNOTAVAIL)',
  101: 'the network cannot be reached (ENETUNREACH)',
  104: 'the other end has reset the connection (ECONNRESET)',
  110: 'it took too long (ETIMEDOUT)',
  111: 'nothing accepts connections there (ECONNREFUSED)',
  122: 'the disk quota is used up (EDQUOT)',
}

/** The last errno that a text names, or null. */
export const errnoIn = (text: string): number | null => {
  const numbers = [...text.matchAll(/(?:os error |code: |\bError\()(\d+)/g)]
  const last = numbers.at(-1)?.[1]
  return last === undefined ? null : Number(last)
}

export const errnoInWords = (number: number): string =>
  words[number] ?? `the kernel answered with errno ${number}`
