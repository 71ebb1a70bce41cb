package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Measured;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What is recorded of the failovers of the cluster that is drilled. */
public interface Failovers {
    /** Where nobody records. */
    Failovers NONE = new Failovers() {
        @Override
        public void begin() {}

        @Override
        public List<Kept> since(Instant from) {
            return List.of();
        }

        @Override
        public void measured(String timeline, Measured more) {}
    };

    /** From now on they are recorded: logs are read up to now, clocks measured. Waits for that, some seconds at most. */
    void begin() throws InterruptedException;

    /** Those that went on since then, the first one first, told as far as they can be within some seconds. Blocks. */
    List<Kept> since(Instant from) throws InterruptedException;

    /** Adds to one of them what the drill measured. */
    void measured(String timeline, Measured more);

    /** Those of a recorder. */
    static Failovers of(Supplier<Recorder> recorder) {
        return new Failovers() {
            @Override
            public void begin() throws InterruptedException {
                var from = Instant.now();
                var recording = recorder.get();
                recording.settled(Duration.ofSeconds(10));
                // roles may have changed a moment ago, and the first look may have been before
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
                while (!recording.calmSince(from) && System.nanoTime() < end) {
                    Thread.sleep(100);
                }
            }

            @Override
            public List<Kept> since(Instant from) throws InterruptedException {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                var told = told(from);
                long still = System.nanoTime();
                // logs come late: told to the end is what is over and has not changed for a while
                while (System.nanoTime() < end
                        && (System.nanoTime() - still < STILL.toNanos()
                                || told.stream().anyMatch(k -> !k.timeline().over()))) {
                    Thread.sleep(100);
                    var now = told(from);
                    if (!now.equals(told)) {
                        told = now;
                        still = System.nanoTime();
                    }
                }
                return told;
            }

            private List<Kept> told(Instant from) {
                return recorder.get().all().stream()
                        .filter(k -> concerns(k.timeline(), from))
                        .sorted(java.util.Comparator.comparing(k -> k.timeline().began()))
                        .toList();
            }

            @Override
            public void measured(String timeline, Measured more) {
                recorder.get().measured(timeline, more);
            }
        };
    }

    /**
     * Whether it began then or later, or had not ended: a master that was suspected for a moment and dies right afterwards is one
     * failover, which began with that suspicion.
     */
    static boolean concerns(Timeline told, Instant from) {
        return !told.began().isBefore(from.minus(EARLY))
                || told.ended().map(end -> end.isAfter(from)).orElse(true);
    }

    /** Without a change for so long, a timeline is told. */
    Duration STILL = Duration.ofMillis(1_500);

    /** A death is dated back to the last answer, which may be before the signal was sent. */
    Duration EARLY = Duration.ofMillis(500);
}
