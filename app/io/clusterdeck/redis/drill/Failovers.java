package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Measured;
import io.clusterdeck.redis.timeline.Recorder;
import java.time.Instant;
import java.util.List;
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
        return new Recorded(recorder);
    }
}
