/**
 * Whether /proc/locks has a lock on a file: "1: OFDLCK ADVISORY WRITE -1 08:01:1234 0 EOF".
 * @param device MAJOR:MINOR in hex. Major 0 is a file system without a device of its own (btrfs,
 *   overlay, tmpfs): stat and /proc/locks may number it differently there, so the inode decides alone.
 */
export const isLocked = (locks: string, device: string, inode: number): boolean =>
  locks
    .split('\n')
    .flatMap((line) => line.split(/\s+/).find((field) => /^[0-9a-f]+:[0-9a-f]+:\d+$/.test(field)) ?? [])
    .some((id) => id === `${device}:${inode}` || (device.startsWith('00:') && id.endsWith(`:${inode}`)))
