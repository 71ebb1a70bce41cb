package io.clusterdeck.plan;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of Clusterdeck somewhere.
 *
 * @param since when the process began: a pid alone may be another process by now
 */
record Holder(String user, String computer, long pid, Instant since) {

    static final Holder SELF = new Holder(
            System.getProperty("user.name", "?"),
            thisComputer(),
            ProcessHandle.current().pid(),
            began(ProcessHandle.current()).orElse(Instant.EPOCH));

    /** {@code user@computer, pid 4711}, for the eye of another operator. */
    String who() {
        return user + "@" + computer + ", pid " + pid;
    }

    /** Whether that process runs still; one on another computer counts as gone, the lease knows better. */
    boolean alive() {
        return computer.equals(SELF.computer)
                && ProcessHandle.of(pid)
                        .flatMap(Holder::began)
                        .filter(since::equals)
                        .isPresent();
    }

    /** Whether who calls itself so ({@link #who}) was a process of this computer and runs no more; ourselves do. */
    static boolean gone(String who) {
        var pid = who.startsWith(SELF.user + "@" + SELF.computer + ", pid ")
                ? who.substring(who.lastIndexOf(' ') + 1)
                : "";
        return pid.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    private static Optional<Instant> began(ProcessHandle process) {
        return process.info().startInstant();
    }

    private static String thisComputer() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        }
    }
}
