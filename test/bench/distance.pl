# A wire of a certain length: distance.pl INTERFACE OWN-SOCKET PEER-SOCKET MILLISECONDS MEGABITS
# Makes a TUN interface here and passes its packets to the peer, which does the same in another network
# namespace. Packets leave one after another at the rate of the wire and arrive after the delay; nothing
# overtakes. What would wait more than 50 ms for its turn is dropped, as by a router.
use strict; use warnings;
use Fcntl; use Socket; use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);
my ($name, $own, $peer, $delay, $megabits) = @ARGV;
my $queue = 0.05;
sysopen(my $tun, '/dev/net/tun', O_RDWR) or die "/dev/net/tun: $!";
# linux/if_tun.h: TUNSETIFF with IFF_TUN | IFF_NO_PI | IFF_VNET_HDR, TUNSETOFFLOAD with TUN_F_CSUM | TUN_F_TSO4.
# Packets of 1500 bytes come in bundles, as a network card takes and hands them over: one by one they would
# measure this program, and larger ones TCP as it is on no real way (two of them fill its first window).
ioctl($tun, 0x400454ca, pack('a16 S x22', $name, 0x5001)) or die "TUNSETIFF: $!";
ioctl($tun, 0x400454d0, 3) or die "TUNSETOFFLOAD: $!";
socket(my $wire, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!";
# Room for what the peer has not taken yet: unix sockets count it at the sender.
setsockopt($wire, SOL_SOCKET, 32, pack('i', 64 << 20)); # SO_SNDBUFFORCE
unlink $own; bind($wire, pack_sockaddr_un($own)) or die "bind: $!";
fcntl($_, F_SETFL, fcntl($_, F_GETFL, 0) | O_NONBLOCK) for $tun, $wire;
my $to = pack_sockaddr_un($peer);
$| = 1; print "up\n";
my (@way, $free);
while (1) {
  my $in = ''; vec($in, fileno($tun), 1) = 1; vec($in, fileno($wire), 1) = 1;
  my $wait = @way ? $way[0][0] - clock_gettime(CLOCK_MONOTONIC) : 1;
  select($in, undef, undef, $wait < 0 ? 0 : $wait);
  my $now = clock_gettime(CLOCK_MONOTONIC);
  while (defined sysread($tun, my $packet, 66000)) {
    $free = $now if !defined $free || $free < $now;
    next if $free > $now + $queue;
    $free += length($packet) * 8 / ($megabits * 1e6);
    push @way, [$free + $delay / 1000, $packet];
  }
  while (@way && $way[0][0] <= $now) {
    if (!defined send($wire, $way[0][1], 0, $to)) {
      last if $!{EAGAIN};
      exit if $!{ECONNREFUSED}; # the other end is gone, or (any other error) not there yet
    }
    shift @way;
  }
  while (defined recv($wire, my $packet, 66000, 0)) { syswrite $tun, $packet }
}
