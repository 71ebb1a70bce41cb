package io.clusterdeck.lab;

/** A port of a host that something else has. */
final class TakenPort {

    private TakenPort() {}

    /** It listens when this returns, until the host ends. */
    static void on(Lab lab, String host, int port) {
        lab.exec(
                host,
                "perl",
                "-MPOSIX",
                "-MIO::Socket::INET",
                "-e",
                "$s = IO::Socket::INET->new(Listen => 1, LocalPort => %d) or die $@; exit if fork; POSIX::setsid();"
                                .formatted(port)
                        + " open STDOUT, '>', '/dev/null'; open STDERR, '>&', STDOUT; sleep");
    }
}
