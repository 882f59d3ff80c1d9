# Plays a guest: its network card is a TAP in a namespace of its own, tied to the TAP of the host as a
# hypervisor ties it. Arguments: namespace, TAP, MAC. Prints "ready"; runs until it is killed.
use strict;
my ($namespace, $tap, $mac) = @ARGV;
$| = 1;
sub attach {
  open(my $tun, '+<', '/dev/net/tun') or die "tun: $!";
  # TUNSETIFF with IFF_TAP and IFF_NO_PI.
  ioctl($tun, 0x400454ca, pack('a16 s x22', $_[0], 0x1002)) or die "$_[0]: $!";
  return $tun;
}
my $host = attach($tap);
open(my $net, '<', "/run/netns/$namespace") or die "$namespace: $!";
chomp(my $machine = `uname -m`);
syscall($machine eq 'x86_64' ? 308 : 268, fileno($net), 0x40000000) == 0 or die "setns: $!";
my $guest = attach('eth0');
system('ip', 'link', 'set', 'dev', 'eth0', 'address', $mac, 'up') == 0 or die 'ip';
print "ready\n";
while (1) {
  my $ready = '';
  vec($ready, fileno($_), 1) = 1 for $host, $guest;
  select($ready, undef, undef, undef);
  for my $from ($host, $guest) {
    next unless vec($ready, fileno($from), 1);
    sysread($from, my $frame, 65536) or exit;
    syswrite($from == $host ? $guest : $host, $frame);
  }
}
