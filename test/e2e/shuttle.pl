# Plays a guest's network card: attaches to a TAP of the host as Cloud Hypervisor does, makes a TAP in
# another network namespace, and carries frames between the two until it is ended.
# perl shuttle.pl TAP NETNS-FILE DEVICE
use strict;
use warnings;
use Fcntl;
use POSIX ();

my ($tap, $namespace, $device) = @ARGV;
my ($set_iff, $iff_tap, $iff_no_pi, $new_net) = (0x400454ca, 0x0002, 0x1000, 0x40000000);
my $setns = (POSIX::uname())[4] eq 'x86_64' ? 308 : 268;

sub attach {
  my ($name) = @_;
  sysopen(my $file, '/dev/net/tun', O_RDWR) or die "tun: $!";
  ioctl($file, $set_iff, pack('a16 S x22', $name, $iff_tap | $iff_no_pi)) or die "$name: $!";
  return $file;
}

my $host = attach($tap);
open(my $there, '<', $namespace) or die "$namespace: $!";
syscall($setns, fileno($there), $new_net) == 0 or die "setns: $!";
my $guest = attach($device);
$| = 1;
print "ready\n";

while (1) {
  my $read = '';
  vec($read, fileno($_), 1) = 1 for $host, $guest;
  next if select($read, undef, undef, undef) < 1;
  for ([$host, $guest], [$guest, $host]) {
    my ($from, $to) = @$_;
    next unless vec($read, fileno($from), 1);
    sysread($from, my $frame, 65536) or next;
    syswrite($to, $frame);
  }
}
