# shellcheck shell=sh disable=SC2154,SC2086  # arguments arrive as variables; lists are split
# Whether one host reaches the ports of another: a short-lived listener there, an attempt here. A port is open, refused
# (something answers "no": nothing listens, or a firewall rejects) or silent (a firewall drops, or no way leads there). Behind an
# open one stands how many microseconds connecting took, which is one round trip, where that can be measured.
#
# listen: address ports seconds
# probe:  targets   lines "address port"

has() { command -v "$1" >/dev/null 2>&1; }

listen() {
    if has perl; then
        # shellcheck disable=SC2016  # perl's variables
        perl -e '
            use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6 AF_INET6 AF_INET IPPROTO_TCP); $| = 1; my @open;
            my ($address, $seconds, @ports) = @ARGV; my $six = $address =~ /:/;
            for my $port (@ports) {
                socket(my $s, $six ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP) or next;
                setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
                my $ip = inet_pton($six ? AF_INET6 : AF_INET, $address);
                bind($s, $six ? pack_sockaddr_in6($port, $ip) : pack_sockaddr_in($port, $ip)) && listen($s, 16) or next;
                push @open, $s;
            }
            print "listening\n"; sleep $seconds;' "$address" "$seconds" $ports
    elif has python3; then
        python3 -c '
import socket, sys, time
address, seconds, ports = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
held = []
for port in ports:
    s = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind((address, int(port))); s.listen(16); held.append(s)
    except OSError:
        pass
print("listening", flush=True)
time.sleep(seconds)' "$address" "$seconds" $ports
    else
        echo "unable"
    fi | while IFS= read -r word; do progress 0 "$word"; done
}

probe() {
    if has perl; then
        # shellcheck disable=SC2016  # perl's variables
        printf '%s\n' "$targets" | perl -e '
            use Socket qw(:DEFAULT getaddrinfo IPPROTO_TCP); use Fcntl; use Errno; use POSIX ();
            my %wait; my $end = time + 4; my $hires = eval { require Time::HiRes; 1 };
            my $call = { x86_64 => 228, aarch64 => 113 }->{ (POSIX::uname())[4] };
            # microseconds; perl-base has no Time::HiRes, so the clock is asked by its system call where that is known
            sub now { return int(Time::HiRes::time() * 1e6) if $hires; return -1 unless $call; my $t = pack("qq", 0, 0);
                syscall($call, 1, $t) == 0 or return -1; my ($s, $n) = unpack("qq", $t); int($s * 1e6 + $n / 1e3) }
            sub took { my $t = now(); $t < 0 ? "" : " " . ($t - $_[0]) }
            while (<STDIN>) {
                my ($address, $port) = split; next unless $port;
                my ($none, $to) = getaddrinfo($address, $port, { socktype => SOCK_STREAM });
                if ($none || !socket(my $s, $to->{family}, SOCK_STREAM, IPPROTO_TCP)) { print "silent $address $port\n" }
                else {
                    fcntl($s, F_SETFL, O_NONBLOCK);
                    my $began = now();
                    if (connect($s, $to->{addr})) { print "open $address $port", took($began), "\n" }
                    elsif ($!{EINPROGRESS}) { $wait{fileno($s)} = [$s, "$address $port", $began] }
                    else { print $!{ECONNREFUSED} ? "refused" : "silent", " $address $port\n" }
                }
            }
            while (%wait && time < $end) {
                my $bits = ""; vec($bits, $_, 1) = 1 for keys %wait;
                select(undef, my $ready = $bits, undef, 0.5);
                for my $fd (keys %wait) {
                    next unless vec($ready, $fd, 1);
                    my $e = unpack("i", getsockopt($wait{$fd}[0], SOL_SOCKET, SO_ERROR)); $! = $e;
                    print !$e ? "open" : $!{ECONNREFUSED} ? "refused" : "silent", " $wait{$fd}[1]", $e ? "" : took($wait{$fd}[2]), "\n"; delete $wait{$fd};
                }
            }
            print "silent $$_[1]\n" for values %wait;'
    elif has python3; then
        printf '%s\n' "$targets" | python3 -c '
import socket, sys, time
from concurrent.futures import ThreadPoolExecutor
def attempt(target):
    address, port = target.split()
    try:
        began = time.perf_counter()
        socket.create_connection((address, int(port)), 3).close()
        return "open %s %d" % (target, (time.perf_counter() - began) * 1e6)
    except ConnectionRefusedError:
        return "refused " + target
    except OSError:
        return "silent " + target
with ThreadPoolExecutor(64) as pool:
    for said in pool.map(attempt, [l.strip() for l in sys.stdin if l.strip()]):
        print(said)'
    elif has bash && has timeout; then
        printf '%s\n' "$targets" | while read -r address port; do
            # shellcheck disable=SC2016  # for the inner shell
            timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$address" "$port" 2>/dev/null
            case $? in 0) echo "open $address $port" ;; 124) echo "silent $address $port" ;; *) echo "refused $address $port" ;; esac
        done
    else
        echo "unable"
    fi | while read -r state target; do fact "$state" "$target"; done
}

case $verb in
listen) listen ;;
probe) probe ;;
esac
