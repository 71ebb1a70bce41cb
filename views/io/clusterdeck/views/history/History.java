package io.clusterdeck.views.history;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Operations per second and memory of the last 15 minutes, one value a second; NaN where nothing was seen. For one thread. */
public final class History {
    /** How many seconds are kept. */
    public static final int SECONDS = 900;

    private static final int BRIDGED = 6;

    private final Ring ops = new Ring();
    private final Ring memory = new Ring();
    private final Map<NodeId, Ring> opsOf = new HashMap<>();
    private long first;
    private long second;

    /** Takes at most one state a second, from when all nodes were heard: the sums of some would look like a rise. */
    public void add(ClusterState state) {
        long at = state.at().getEpochSecond();
        boolean early =
                first == 0 && state.nodes().values().stream().anyMatch(n -> n.contact() instanceof Contact.Unknown);
        if (at <= second || state.nodes().isEmpty() || early) {
            return;
        }
        second = at;
        first = first == 0 ? at : first;
        double sumOps = 0;
        double sumMemory = 0;
        boolean seen = false;
        for (Node node : state.nodes().values()) {
            double now = fresh(node, "instantaneous_ops_per_sec");
            opsOf.computeIfAbsent(node.id(), id -> new Ring()).put(at, now);
            if (node.isMaster() && !Double.isNaN(now)) {
                sumOps += now;
                seen = true;
            }
            double used = fresh(node, "used_memory");
            sumMemory += Double.isNaN(used) ? 0 : used;
        }
        ops.put(at, seen ? sumOps : Double.NaN);
        memory.put(at, seen ? sumMemory : Double.NaN);
        opsOf.keySet().retainAll(state.nodes().keySet());
    }

    private static double fresh(Node node, String key) {
        return node.answers()
                ? node.info()
                        .map(i -> i.number(key))
                        .filter(n -> n.isPresent())
                        .map(n -> (double) n.getAsLong())
                        .orElse(Double.NaN)
                : Double.NaN;
    }

    /** How many seconds have been seen, at most {@link #SECONDS}. */
    public int seconds() {
        return first == 0 ? 0 : (int) Math.min(SECONDS, second - first + 1);
    }

    /** Of all masters together, oldest first, the last {@code seconds}. */
    public double[] ops(int seconds) {
        return last(ops, seconds);
    }

    /** Bytes of all nodes together, oldest first, the last {@code seconds}. */
    public double[] memory(int seconds) {
        return last(memory, seconds);
    }

    private double[] last(Ring ring, int seconds) {
        return Arrays.copyOfRange(ring.until(second), SECONDS - seconds, SECONDS);
    }

    /** Of one node, oldest first, {@code seconds} values. */
    public double[] ops(NodeId node, int seconds) {
        var ring = opsOf.get(node);
        return ring == null ? new double[0] : last(ring, seconds);
    }

    private static final class Ring {
        private final double[] values = new double[SECONDS];
        private long last = -1;

        Ring() {
            Arrays.fill(values, Double.NaN);
        }

        void put(long second, double value) {
            // a slow tick is no gap: the value holds until the next one
            double between = second - last <= BRIDGED ? value : Double.NaN;
            for (long gap = Math.max(last + 1, second - SECONDS + 1); last >= 0 && gap < second; gap++) {
                values[(int) (gap % SECONDS)] = between;
            }
            values[(int) (second % SECONDS)] = value;
            last = second;
        }

        double[] until(long second) {
            var line = new double[SECONDS];
            for (int i = 0; i < SECONDS; i++) {
                line[SECONDS - 1 - i] = values[Math.floorMod(second - i, SECONDS)];
            }
            return line;
        }
    }
}
