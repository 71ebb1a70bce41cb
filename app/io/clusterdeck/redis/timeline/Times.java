package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as they are written in timelines: local time, to the millisecond. */
public final class Times {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    /** Where nobody knows. */
    static final Say UNKNOWN = Say.of("failovers.time.unknown");

    private Times() {}

    /** {@code 12:04:09.812}. */
    public static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /** {@code 2026-11-22 12:04:09}. */
    public static String day(Instant at) {
        return DAY.format(at.atZone(ZoneId.systemDefault()));
    }

    /** {@code 2026-11-22 12:04:09 +08:00}: for whoever reads it elsewhere. */
    public static String stamp(Instant at) {
        return STAMP.format(at.atZone(ZoneId.systemDefault()));
    }

    /** Whose times these are. */
    static Say zone() {
        return Say.of("failovers.report.zone", "zone", ZoneId.systemDefault().getId());
    }

    /** {@code +38 ms}, {@code −112 ms}, {@code 0 ms}. */
    public static Say ahead(Duration d) {
        long ms = Math.round(d.toNanos() / 1e6);
        return Say.of("failovers.time.ahead", "sign", ms > 0 ? "+" : ms < 0 ? "−" : "", "ms", Math.abs(ms));
    }

    /** {@code ± 4 ms}, at least 1. */
    public static Say within(Duration d) {
        return Say.of("failovers.time.within", "ms", Math.max(1, Math.round(d.toNanos() / 1e6)));
    }
}
