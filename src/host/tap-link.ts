/**
 * A TAP with this process as its guest: frames in both directions, for as long as the link is open. Node
 * has no ioctl, so a small perl process attaches (TUNSETIFF) and passes frames on as lines of hex. The
 * kernel detaches when that process ends, however it ends.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

// TUNSETIFF 0x400454CA, TUNGETVNETHDRSZ 0x800454D7, IFF_VNET_HDR 0x4000 (linux/if_tun.h). The flags are
// those that the interface has: other ones would stay behind. Nothing is created: an interface that went
// away in the meantime would be made anew by TUNSETIFF, so its index must be there before.
const perl = `
use strict; $| = 1;
my ($name, $flags) = @ARGV;
my $fail = sub { print "error $_[0]\\n"; exit 1 };
$fail->('ENODEV') unless -e "/sys/class/net/$name";
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

const tap = 0x0002
const noPacketInfo = 0x1000
/** The flags that survive an attach, and that must be asked for again: multi_queue and vnet_hdr. */
const keptFlags = 0x4100

/**
 * @param tunFlags the text of /sys/class/net/NAME/tun_flags ("0x5002")
 * @returns the flags to attach with so that the interface stays as it is
 */
export const attachFlags = (tunFlags: string): number =>
  tap | noPacketInfo | (Number.parseInt(tunFlags, 16) & keptFlags)

export interface TapLink {
  send(frame: Uint8Array): void
  close(): void
}

export interface TapLinkEvents {
  /** Attached: frames can be sent. */
  readonly ready: () => void
  readonly frame: (frame: Uint8Array) => void
  /** Not attached, or no longer: an errno as a decimal number, or a word. */
  readonly failed: (error: string) => void
}

/** @param perlPath where perl is @param name an interface name that the configuration has validated */
export const openTapLink = (
  perlPath: string,
  name: string,
  flags: number,
  { ready, frame, failed }: TapLinkEvents,
): TapLink => {
  const child = spawn(perlPath, ['-e', perl, name, String(flags)], {
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
    else if (line.startsWith('error ')) end(line.slice('error '.length))
    else frame(Buffer.from(line, 'hex'))
  })
  child.stdin.on('error', () => {})
  child.on('error', () => end('perl')).on('close', () => end('perl'))
  return {
    send: (bytes) => {
      if (open) child.stdin.write(`${Buffer.from(bytes).toString('hex')}\n`)
    },
    close: () => {
      open = false
      child.kill('SIGKILL')
      child.unref()
      for (const pipe of child.stdio) pipe?.destroy()
    },
  }
}
