/** /dev/net/tun, through which every TAP is made. */
import type { Cause } from '../../cause.ts'
import type { Pattern } from '../../patterns.ts'

const tun = (errno: number): readonly Pattern[] => [
  ["Couldn't open /dev/net/tun", errno],
  ['OpenTun(', errno],
]

export const tunDevice: readonly Cause[] = [
  {
    id: 'tun-missing',
    patterns: tun(2),
    what: 'There is no /dev/net/tun.',
    why: 'The tun module is not loaded, or a container has not got the device.',
    hint: 'Load it: `sudo modprobe tun`. A container needs `--device /dev/net/tun`.',
    check: 'tun',
    reference: 'https://docs.kernel.org/networking/tuntap.html',
  },
  {
    id: 'tun-driver-missing',
    patterns: [...tun(19), ...tun(6)],
    what: '/dev/net/tun is there, but no driver is behind it.',
    why: 'The tun module is not loaded; on a container this must be done on its host.',
    hint: 'Load it: `sudo modprobe tun`.',
    check: 'tun',
    reference: 'https://docs.kernel.org/networking/tuntap.html',
  },
  {
    id: 'tun-denied',
    patterns: tun(13),
    what: 'The user was not permitted to open /dev/net/tun.',
    why: 'It is open to all (mode 0666) on usual hosts; here a udev rule, a container or Landlock closes it.',
    hint: 'Open it again: `sudo chmod 666 /dev/net/tun`, or `chv-doctor fix tun`.',
    check: 'tun',
    reference: 'https://docs.kernel.org/networking/tuntap.html',
  },
  {
    id: 'tun-forbidden',
    patterns: tun(1),
    what: 'The kernel forbade opening /dev/net/tun.',
    why: 'EPERM, not EACCES: not the mode of the file, but the device policy of the cgroup of a service or container, or a security module.',
    hint: 'Allow the device: `DeviceAllow=/dev/net/tun rw` in a unit with DevicePolicy=closed, `--device /dev/net/tun` for a container.',
    check: 'tun',
    reference: 'https://docs.kernel.org/networking/tuntap.html',
  },
]
