package io.clusterdeck.redis.timeline;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a Redis log, taken apart (serverLogRaw in server.c): {@code pid:ROLE dd Mon yyyy HH:MM:SS.mmm LEVEL message}. Valkey may
 * write the time as ISO 8601 or as milliseconds, too; a signal handler writes {@code pid:signal-handler (seconds) message}.
 *
 * @param role M, S, C or X; {@code signal-handler} for its lines
 * @param level {@code .} debug, {@code -} verbose, {@code *} notice, {@code #} warning
 * @param at on the clock of the host that wrote it
 */
record LogEntry(long pid, String role, Instant at, char level, String message) {

    private static final Pattern LINE = Pattern.compile(
            "([0-9]{1,10}):([MSCX]) (?:([0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3})"
                    + "|([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2}))|([0-9]{13})) ([-.*#]) (.*)");
    private static final Pattern SIGNAL = Pattern.compile("([0-9]{1,10}):signal-handler \\(([0-9]{1,12})\\) (.*)");
    private static final DateTimeFormatter LEGACY =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss.SSS", Locale.ENGLISH);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]", Locale.ROOT);

    static Optional<LogEntry> parse(String line, ZoneId zone) {
        return parse(line, zone, Instant.MIN);
    }

    /**
     * @param zone the time zone in which the older form is written
     * @param before when the line above was written: in the hour that is there twice in autumn, time goes forward, too
     */
    static Optional<LogEntry> parse(String line, ZoneId zone, Instant before) {
        var plain = LINE.matcher(line);
        try {
            if (plain.matches()) {
                return Optional.of(new LogEntry(
                        Long.parseLong(plain.group(1)),
                        plain.group(2),
                        time(plain, zone, before),
                        plain.group(6).charAt(0),
                        plain.group(7)));
            }
            var signal = SIGNAL.matcher(line);
            if (signal.matches()) {
                var at = Instant.ofEpochSecond(Long.parseLong(signal.group(2)));
                return Optional.of(
                        new LogEntry(Long.parseLong(signal.group(1)), "signal-handler", at, '#', signal.group(3)));
            }
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Instant time(Matcher m, ZoneId zone, Instant before) {
        if (m.group(3) != null) {
            var local = LocalDateTime.parse(m.group(3), LEGACY).atZone(zone);
            var first = local.toInstant();
            return first.isBefore(before) ? local.withLaterOffsetAtOverlap().toInstant() : first;
        }
        return m.group(4) != null
                ? OffsetDateTime.parse(m.group(4), ISO).toInstant()
                : Instant.ofEpochMilli(Long.parseLong(m.group(5)));
    }

    /** Whether a line tells its time without a zone. */
    static boolean local(String line) {
        var plain = LINE.matcher(line);
        return plain.matches() && plain.group(3) != null;
    }

    /** Whether the main process wrote it, and no child that saves. */
    boolean main() {
        return role.equals("M") || role.equals("S") || role.equals("signal-handler");
    }

    /** Whether a process introduces itself. */
    boolean begins() {
        return message.startsWith("oO0OoO0OoO0Oo ")
                || message.startsWith("* Running mode=")
                || message.contains("Running mode=")
                || message.startsWith("Redis version=")
                || message.startsWith("Valkey version=");
    }
}
