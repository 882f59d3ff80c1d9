# A wire of a certain length: distance.pl INTERFACE OWN-SOCKET PEER-SOCKET MILLISECONDS
# Makes a TUN interface here and passes its packets to the peer, which does the same in another network
# namespace. Each packet waits; nothing is lost and nothing overtakes. A line on standard output says "up".
use strict; use warnings;
use Fcntl; use Socket; use Time::HiRes 'time';
my ($name, $own, $peer, $delay) = @ARGV;
sysopen(my $tun, '/dev/net/tun', O_RDWR) or die "/dev/net/tun: $!";
# TUNSETIFF with IFF_TUN | IFF_NO_PI (linux/if_tun.h)
ioctl($tun, 0x400454ca, pack('a16 S x22', $name, 0x1001)) or die "TUNSETIFF: $!";
socket(my $wire, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!";
# Room for what is on its way: unix sockets count it at the sender.
setsockopt($wire, SOL_SOCKET, 32, pack('i', 64 << 20)); # SO_SNDBUFFORCE
unlink $own; bind($wire, pack_sockaddr_un($own)) or die "bind: $!";
fcntl($_, F_SETFL, fcntl($_, F_GETFL, 0) | O_NONBLOCK) for $tun, $wire;
my $to = pack_sockaddr_un($peer);
$| = 1; print "up\n";
my @queue;
while (1) {
  my $in = ''; vec($in, fileno($tun), 1) = 1; vec($in, fileno($wire), 1) = 1;
  my $wait = @queue ? $queue[0][0] - time : 1;
  select($in, undef, undef, $wait < 0 ? 0 : $wait);
  while (defined sysread($tun, my $packet, 65536)) { push @queue, [time + $delay / 1000, $packet] }
  while (@queue && $queue[0][0] <= time) { defined send($wire, $queue[0][1], 0, $to) ? shift @queue : last }
  while (defined recv($wire, my $packet, 65536, 0)) { syswrite $tun, $packet }
}
