package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.ssh.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the lines of one node's log, in their order, as facts on that node's clock. A line counts when the process that writes this log
 * wrote it: its pid is that of the lines around it, or it introduced itself. So a line that somebody let a script print with another
 * pid does not count; one with the right pid can't be told from a real one by itself. Used by one thread.
 */
public final class LogReader {

    /** Log lines tell milliseconds. */
    private static final Duration ROUNDED = Duration.ofMillis(1);

    /** A line comes within this of when it was written; the hour that is there twice in autumn lies further off. */
    private static final Duration LATE = Duration.ofMinutes(30);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** After so long without a failure the next one is another. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** So many lines in a row with another pid: the beginning of another process was not read. */
    private static final int ANOTHER = 4;

    private final NodeId node;
    private final ZoneId zone;
    private final Map<NodeId, Instant> broken = new HashMap<>();
    private Instant before = Instant.MIN;
    private String sought = "";
    private long pid = -1;
    private long stranger = -1;
    private int strange;
    private Optional<Instant> doubled = Optional.empty();

    /** @param zone in which the log is written */
    public LogReader(NodeId node, ZoneId zone) {
        this.node = node;
        this.zone = zone;
    }

    /** What a line of the past tells of a failover; empty for most. */
    public Optional<Fact> read(LogLine line) {
        return read(line, Instant.MIN);
    }

    /** @param since the line was not written before that */
    private Optional<Fact> read(LogLine line, Instant since) {
        return LogEntry.parse(line.text(), zone, since.isAfter(before) ? since : before)
                .filter(this::ours)
                .map(entry -> seen(entry, since.equals(Instant.MIN) && LogEntry.local(line.text())))
                .flatMap(entry -> Wording.of(entry.message())
                        .filter(told -> fresh(told, entry))
                        .map(told -> fact(line, entry, told)));
    }

    /** @param written when it was written or came, roughly: in the hour that is there twice in autumn that tells which it is of */
    public Optional<Fact> readAt(Instant written, LogLine line) {
        return read(line, written.minus(LATE));
    }

    /**
     * When a line of the past was written that may be of the second of two hours as well: the clock was set back an hour then, and no other
     * line tells. It is taken for the first.
     */
    Optional<Instant> doubled() {
        return doubled;
    }

    private LogEntry seen(LogEntry entry, boolean untold) {
        before = entry.at();
        var offsets = zone.getRules().getValidOffsets(LocalDateTime.ofInstant(entry.at(), zone));
        if (untold && offsets.size() == 2) {
            boolean first = zone.getRules().getOffset(entry.at()).equals(offsets.getFirst());
            doubled = first ? Optional.of(entry.at()) : Optional.empty();
        }
        return entry;
    }

    /** A node tries the bus ten times a second, and at loglevel verbose says each time that it failed: the first time counts. */
    private boolean fresh(Wording.Told told, LogEntry entry) {
        if (told.what() == What.SEEKS_MASTER) {
            boolean other = !told.more().equals(sought);
            sought = told.more();
            return other;
        }
        if (told.what() != What.LINK_LOST || told.about().isEmpty()) {
            return true;
        }
        var before = broken.put(told.about().get(), entry.at());
        return before == null || before.plus(SILENCE).isBefore(entry.at());
    }

    private boolean ours(LogEntry entry) {
        if (pid < 0 && entry.main() || entry.begins()) {
            pid = entry.pid();
        }
        if (entry.pid() == pid) {
            strange = 0;
            return entry.main();
        }
        if (entry.main()) {
            strange = entry.pid() == stranger ? strange + 1 : 1;
            stranger = entry.pid();
            if (strange >= ANOTHER) {
                pid = stranger;
                return true;
            }
        }
        return false;
    }

    private Fact fact(LogLine line, LogEntry entry, Wording.Told told) {
        boolean seconds = entry.role().equals("signal-handler");
        return new Fact(
                seconds ? entry.at().plusMillis(500) : entry.at(),
                seconds ? SECOND.dividedBy(2) : ROUNDED,
                told.what(),
                node,
                told.about(),
                told.number(),
                told.what() == What.FOLLOWS ? entry.role() : told.more(),
                new Evidence.LogLine(line.host(), line.file(), line.inode(), line.offset(), line.text()));
    }
}
