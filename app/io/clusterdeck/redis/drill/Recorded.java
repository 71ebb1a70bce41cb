package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Measured;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The failovers that a recorder tells of; it is made when it is first asked for. */
record Recorded(Supplier<Recorder> recorder) implements Failovers {
    private static final Logger LOG = LoggerFactory.getLogger(Recorded.class);

    /** A watch sees all nodes ten times a second, calm is noted once a second. */
    private static final Duration CALM = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Without a change for so long, a timeline is told. */
    private static final Duration STILL = Duration.ofMillis(1_500);

    /** A death is dated back to the last answer, which may be before the signal was sent. */
    private static final Duration EARLY = Duration.ofMillis(500);

    @Override
    public void begin() throws InterruptedException {
        var from = Instant.now();
        var recording = recorder.get();
        recording.settled(Duration.ofSeconds(10));
        // roles may have changed a moment ago, and the first look may have been before
        if (!recording.calmSince(from, CALM)) {
            LOG.warn("no calm was seen within {} before a drill", CALM);
        }
    }

    @Override
    public List<Kept> since(Instant from) throws InterruptedException {
        var changes = new LinkedBlockingQueue<List<Kept>>();
        try (var each = recorder.get().each(all -> changes.add(concerning(all, from)))) {
            var told = changes.take();
            long still = System.nanoTime();
            long end = still + LONGEST.toNanos();
            while (true) {
                // logs come late: told to the end is what is over and has not changed for a while
                boolean over = told.stream().allMatch(k -> k.timeline().over());
                long until = over ? Math.min(end, still + STILL.toNanos()) : end;
                var next = changes.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return told;
                }
                if (!next.equals(told)) {
                    told = next;
                    still = System.nanoTime();
                }
            }
        }
    }

    private static List<Kept> concerning(List<Kept> all, Instant from) {
        return all.stream()
                .filter(k -> concerns(k.timeline(), from))
                .sorted(Comparator.comparing(k -> k.timeline().began()))
                .toList();
    }

    @Override
    public void measured(String timeline, Measured more) {
        recorder.get().measured(timeline, more);
    }

    /**
     * Whether it began then or later, or had not ended: a master that was suspected for a moment and dies right afterwards is one
     * failover, which began with that suspicion. One that an earlier session left undecided does not go on.
     */
    static boolean concerns(Timeline told, Instant from) {
        return !told.began().isBefore(from.minus(EARLY))
                || told.ended().map(end -> end.isAfter(from)).orElse(told.outcome() != Outcome.UNDECIDED);
    }
}
