/**
 * A TAP with this process as its guest: frames in both directions, for as long as the link is open. Node
 * has no ioctl, so a small perl process attaches (TUNSETIFF) and passes frames on as lines of hex. The
 * kernel detaches when that process ends, however it ends.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { getSystemErrorName } from 'node:util'

// TUNSETIFF 0x400454CA, TUNGETVNETHDRSZ 0x800454D7, IFF_TAP 0x0002, IFF_NO_PI 0x1000 (linux/if_tun.h). An
// attach sets the flags of the interface, so IFF_MULTI_QUEUE 0x0100 and IFF_VNET_HDR 0x4000 are taken from
// what it has. TUNSETIFF would create an interface that does not exist: its flags are read first.
const perl = `
use strict; $| = 1;
my $name = shift;
my $fail = sub { print "error $_[0]\\n"; exit 1 };
open(my $state, '<', "/sys/class/net/$name/tun_flags") or $fail->($! + 0);
my $flags = hex(<$state>) & 0x4100 | 0x1002;
sysopen(my $tap, '/dev/net/tun', 2) or $fail->($! + 0);
my $request = pack('a16 S x22', $name, $flags);
defined ioctl($tap, 0x400454CA, $request) or $fail->($! + 0);
my $header = '';
if ($flags & 0x4000) {
  my $size = pack('l', 0);
  ioctl($tap, 0x800454D7, $size);
  $header = "\\0" x unpack('l', $size);
}
print "ready\\n";
my $rest = '';
for (;;) {
  my $wanted = '';
  vec($wanted, fileno(STDIN), 1) = 1;
  vec($wanted, fileno($tap), 1) = 1;
  select(my $ready = $wanted, undef, undef, undef) > 0 or next;
  if (vec($ready, fileno($tap), 1)) {
    my $frame;
    my $length = sysread($tap, $frame, 65536);
    print unpack('H*', substr($frame, length $header)), "\\n" if $length && $length > length $header;
  }
  if (vec($ready, fileno(STDIN), 1)) {
    sysread(STDIN, $rest, 65536, length $rest) or exit 0;
    while ($rest =~ s/^([0-9a-f]*)\\n//) { syswrite($tap, $header . pack('H*', $1)); }
  }
}`

const nameOf = (errno: number): string => (errno > 0 ? getSystemErrorName(-errno) : 'no errno')

export interface TapLink {
  send(frame: Uint8Array): void
  close(): void
}

export interface TapLinkEvents {
  /** Attached: frames can be sent. */
  readonly ready: () => void
  readonly frame: (frame: Uint8Array) => void
  /** Not attached, or no longer: the name of an errno, or what ended it. */
  readonly failed: (error: string) => void
}

/**
 * @param perlPath where perl is
 * @param name the TAP; it is not created
 * @param signal closes the link
 */
export const openTapLink = (
  perlPath: string,
  name: string,
  { ready, frame, failed }: TapLinkEvents,
  signal: AbortSignal,
): TapLink => {
  const child = spawn(perlPath, ['-e', perl, name], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { LC_ALL: 'C' },
  })
  let open = true
  const end = (error: string) => {
    if (!open) return
    open = false
    failed(error)
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!open) return
    if (line === 'ready') ready()
    else if (line.startsWith('error ')) end(nameOf(Number(line.slice('error '.length))))
    else frame(Buffer.from(line, 'hex'))
  })
  child.stdin.on('error', () => {})
  child.on('error', () => end('perl ended')).on('close', () => end('perl ended'))
  const close = () => {
    open = false
    signal.removeEventListener('abort', interrupt)
    child.kill('SIGKILL')
    child.unref()
    for (const pipe of child.stdio) pipe?.destroy()
  }
  const interrupt = () => {
    end('interrupted')
    close()
  }
  signal.addEventListener('abort', interrupt, { once: true })
  return {
    send: (bytes) => {
      if (open) child.stdin.write(`${Buffer.from(bytes).toString('hex')}\n`)
    },
    close,
  }
}
