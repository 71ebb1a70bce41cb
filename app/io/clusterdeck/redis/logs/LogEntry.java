package io.clusterdeck.redis.logs;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.model.NodeId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a node's log.
 *
 * @param at by this computer's clock: what the line tells, in the zone of its host, less the offset of its clock; of a line without a
 *     time that of the one before
 * @param error microseconds by which that may be wrong, apart from the line's own milliseconds
 * @param text without its time
 * @param line as it was written
 */
public record LogEntry(NodeId node, Instant at, long error, Level level, String text, String line) {

    /** By the mark before the text: {@code . - * #} (serverLogRaw in server.c). */
    public enum Level {
        DEBUG,
        VERBOSE,
        NOTICE,
        WARNING
    }

    /** {@code 1834:M 22 Nov 2026 11:58:01.204 * text}. */
    private static final Pattern LINE = Pattern.compile(
            "\\d+:[XCSM] (\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}) ([.\\-*#]) (.*)",
            Pattern.DOTALL);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH);

    /**
     * @param zone in which the node writes
     * @param clock of its host
     * @param before the entry before it in the same log
     */
    public static LogEntry of(NodeId node, String line, ZoneId zone, ClockOffset clock, Optional<LogEntry> before) {
        var matcher = LINE.matcher(line);
        if (matcher.matches()) {
            try {
                var told =
                        LocalDateTime.parse(matcher.group(1), TIME).atZone(zone).toInstant();
                return new LogEntry(
                        node,
                        clock.corrected(told),
                        clock.error(),
                        level(matcher.group(2).charAt(0)),
                        matcher.group(3),
                        line);
            } catch (DateTimeException odd) {
                return following(node, line, before);
            }
        }
        return following(node, line, before);
    }

    private static LogEntry following(NodeId node, String line, Optional<LogEntry> before) {
        return new LogEntry(
                node,
                before.map(LogEntry::at).orElse(Instant.EPOCH),
                before.map(LogEntry::error).orElse(0L),
                before.map(LogEntry::level).orElse(Level.NOTICE),
                line,
                line);
    }

    private static Level level(char mark) {
        return switch (mark) {
            case '.' -> Level.DEBUG;
            case '-' -> Level.VERBOSE;
            case '#' -> Level.WARNING;
            default -> Level.NOTICE;
        };
    }
}
