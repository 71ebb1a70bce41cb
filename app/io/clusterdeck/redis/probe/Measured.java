package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.probe.Gaps.Gap;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a probe found. Times are milliseconds since it began.
 *
 * @param marks what happened when, as told to the probe
 * @param readBack whether every acknowledged write was looked for afterwards; without that nothing is known of losses
 * @param load what other clients of ours did meanwhile, where there was a load
 * @param heldUp the longest that this computer held the probe up, once it was connected
 */
public record Measured(
        Instant began,
        long took,
        List<Mark> marks,
        List<OfShard> shards,
        boolean readBack,
        Optional<Loaded> load,
        long heldUp) {

    public Measured {
        marks = List.copyOf(marks);
        shards = List.copyOf(shards);
    }

    public record Mark(String what, long at) {}

    /** How many commands of a load were answered, and how many were not; in so many milliseconds. */
    public record Loaded(long answered, long failed, long took) {
        /** Commands a second that were answered. */
        public long rate() {
            return took == 0 ? 0 : answered * 1_000 / took;
        }
    }

    /** A write that was acknowledged and is gone. */
    public record Lost(String key, long at, NodeAddress by) {}

    /**
     * @param master as it was at the beginning
     * @param every milliseconds between two writes, and between two reads
     * @param lost all of them
     */
    public record OfShard(
            NodeAddress master,
            int slots,
            int every,
            int written,
            int read,
            List<Gap> writeGaps,
            List<Gap> readGaps,
            List<Lost> lost,
            Map<String, Integer> errors) {
        public OfShard {
            writeGaps = List.copyOf(writeGaps);
            readGaps = List.copyOf(readGaps);
            lost = List.copyOf(lost);
        }

        /** The longest time without an acknowledged write that touches {@code from} to {@code to}. */
        public Gap withoutWrites(long from, long to) {
            return greatest(writeGaps, from, to, Gap::length);
        }

        /** Of those times the one of which most is surely the cluster's doing; another may be longer, but more the probe's own. */
        public Gap surelyWithoutWrites(long from, long to) {
            return greatest(writeGaps, from, to, Gap::sure);
        }

        public Gap withoutReads(long from, long to) {
            return greatest(readGaps, from, to, Gap::length);
        }

        private static Gap greatest(List<Gap> gaps, long from, long to, ToLongFunction<Gap> by) {
            return gaps.stream()
                    .filter(g -> g.to() > from && g.from() < to)
                    .max(Comparator.comparingLong(by))
                    .orElse(Gap.NONE);
        }
    }

    /** When something was marked; the end where it was not. */
    public long at(String mark) {
        return marks.stream()
                .filter(m -> m.what().equals(mark))
                .mapToLong(Mark::at)
                .findFirst()
                .orElse(took);
    }
}
