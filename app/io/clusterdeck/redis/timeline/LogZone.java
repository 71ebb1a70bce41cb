package io.clusterdeck.redis.timeline;

import io.clusterdeck.ssh.Exit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * In which time zone a server writes its log: its host's, or another one, as when it was started with TZ set, or before its host's zone was
 * changed. Told by the last line and by when the file was written last, both by the host's clock. A pure function.
 */
final class LogZone {

    /** Zones differ by whole quarters of an hour. */
    private static final long QUARTER = 900;

    /** The file is written at once; whatever touches it later is seldom so near to a whole quarter. */
    private static final long NEAR = 5;

    /** The most that two zones differ. */
    private static final Duration MOST = Duration.ofHours(26);

    private LogZone() {}

    /** Another zone than that of the host; empty where it is the same, or can't be told. */
    static Optional<ZoneOffset> other(Exit exit, ZoneId host) {
        var written = exit.fact("written")
                .map(String::strip)
                .filter(s -> s.matches("[0-9]{1,12}"))
                .map(s -> Instant.ofEpochSecond(Long.parseLong(s)));
        if (written.isEmpty()) {
            return Optional.empty();
        }
        // in the hour that is there twice in autumn the time of the file tells which it is of
        var since = written.get().minus(Duration.ofMinutes(30));
        return exit.fact("last")
                .flatMap(line -> LogEntry.parse(line, host, since))
                .flatMap(last -> other(last.at(), written.get(), host));
    }

    private static Optional<ZoneOffset> other(Instant told, Instant written, ZoneId host) {
        var off = Duration.between(written, told);
        long quarters = Math.round((double) off.toSeconds() / QUARTER);
        if (quarters == 0 || off.abs().compareTo(MOST) > 0 || Math.abs(off.toSeconds() - quarters * QUARTER) > NEAR) {
            return Optional.empty();
        }
        long seconds = host.getRules().getOffset(told).getTotalSeconds() + quarters * QUARTER;
        return Math.abs(seconds) > ZoneOffset.MAX.getTotalSeconds()
                ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds((int) seconds));
    }
}
