/** vsock beside its socket: guest numbers (CID), the kernel's vhost-vsock, and clients on the host. */
import { type Cause, doc } from '../../cause.ts'

const page = doc('vsock.md')

export const vsock: readonly Cause[] = [
  {
    id: 'vsock-ended-by-restore',
    line: [/\bvsock (?:connection )?(?:is |was )?closed\b/i],
    needs: ({ says }) => says(/\b(?:restor|reset|resum|snapshot)/i),
    what: 'A connection over vsock ended when the VM was restored or reset.',
    why: 'A snapshot holds the side of the guest only: connections that were open do not survive a restore, also in the same VMM.',
    hint: 'Connect anew to the socket after the resume, with its handshake (`CONNECT PORT`), and let the program in the guest listen again.',
    reference: doc('vsock.md'),
    confidence: 'possible',
  },
  {
    id: 'vsock-cid-in-use',
    patterns: [
      [/Failed to assign guest CID (?<cid>\d+) to vhost-vsock/, 98],
      [/vhost-?vsock/i, 98],
    ],
    what: 'The vsock number (CID) {cid|} is in use by another VM.',
    why: "The kernel's vhost-vsock knows each CID once on a host.",
    hint: 'Give this VM another number: `--vsock cid=N`, 3 or more and unique on the host.',
    reference: page,
  },
  {
    id: 'vhost-vsock-missing',
    patterns: [[/vhost-?(?:kernel )?(?:virtio-)?vsock/i, /(?:os error |code: |\bError\()(?:2|6|19)\b/]],
    needs: ({ text }) => /vhost-kernel|VhostVsock|\/dev\/vhost-vsock/.test(text),
    line: [/\/dev\/vhost-vsock['"]?: (?:[Nn]o such (?:file|device)|cannot find)/],
    what: 'There is no /dev/vhost-vsock.',
    why: "The module vhost_vsock is not loaded, and this device is served by the kernel's backend.",
    hint: 'Load it (`sudo modprobe vhost_vsock`), or use a vsock with socket=, which needs no module.',
    reference: page,
  },
  {
    id: 'vsock-client-handshake',
    severity: 'warning',
    patterns: [[/vsock: error adding local-init connection/]],
    anyLevel: true,
    what: 'A program on the host connected to the vsock socket without saying which port it wants.',
    why: 'A connection to the socket begins with one line, "CONNECT PORT"; it must be sent whole before anything else.',
    hint: 'Send the line first: `echo "CONNECT 1234"`, then read the answer "OK PORT".',
    reference: page,
  },
  {
    id: 'vsock-client-gone',
    severity: 'warning',
    patterns: [[/vsock: unable to ack host connection/]],
    anyLevel: true,
    what: 'A program on the host closed its vsock connection before it read the answer.',
    why: 'Behind "CONNECT PORT" the client must read "OK PORT"; `socat -u` does not read, for example. Nothing is wrong with the VM.',
    hint: 'Use a client that reads the answer, such as `socat - UNIX-CONNECT:SOCKET`.',
    reference: page,
  },
  {
    id: 'vsock-no-listener',
    severity: 'warning',
    line: [/^CONNECT (?<port>\d{1,10})$/],
    needs: ({ says }) => says(/UNIX-CONNECT|\bnc -U|vsock/i) && !says(/^OK \d+/),
    what: 'The host asked for vsock port {port|of the guest}, and no "OK" came back.',
    why: 'The VMM answers "OK PORT" once a program of the guest has accepted the connection. It closes it where nothing listens at that port, and waits where the guest has no driver for vsock or is not up yet. The line must end with a line feed, and nothing may be sent behind it before the answer.',
    hint: 'In the guest: `ss --vsock -l` must show the port, and /dev/vsock must be there (`modprobe vmw_vsock_virtio_transport`). The socket is the one of `--vsock cid=…,socket=PATH`.',
    reference: page,
    confidence: 'possible',
  },
]
