#!/usr/bin/perl
# Carries frames between two taps, late and with losses: what netem does, where the kernel has none.
# relay.pl TAP TAP DELAY_MS LOSS_PERCENT
use strict;
use warnings;
use Time::HiRes 'clock_gettime', 'CLOCK_MONOTONIC';

my ($delay, $loss) = ($ARGV[2] / 1000, $ARGV[3] / 100);
my @taps = map { tap($_) } @ARGV[0, 1];
my @due;    # [when, frame, to]: in order, as every frame waits equally long

while (1) {
    my $now = clock_gettime(CLOCK_MONOTONIC);
    while (@due && $due[0][0] <= $now) {
        my (undef, $frame, $to) = @{ shift @due };
        syswrite $to, $frame;
    }
    my $ready = '';
    vec($ready, fileno $_, 1) = 1 for @taps;
    next if select($ready, undef, undef, @due ? $due[0][0] - $now : undef) <= 0;
    for my $i (0, 1) {
        next unless vec($ready, fileno $taps[$i], 1);
        sysread($taps[$i], my $frame, 65536) or next;
        push @due, [clock_gettime(CLOCK_MONOTONIC) + $delay, $frame, $taps[1 - $i]] if rand() >= $loss;
    }
}

sub tap {
    my ($name) = @_;
    open my $tap, '+<', '/dev/net/tun' or die "/dev/net/tun: $!\n";
    my $tunsetiff = 0x400454ca;
    my $flags = 0x1002;    # IFF_TAP | IFF_NO_PI
    ioctl $tap, $tunsetiff, pack 'Z16 S x22', $name, $flags or die "$name: $!\n";
    return $tap;
}
