package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What watching costs one node: how often we asked, times what such a question takes it on average (INFO commandstats, which counts
 * everybody's), plus a fixed part for reading the request and writing the reply, which commandstats leaves out. Used by one thread.
 */
final class Cost {

    /**
     * Per command, for the event loop, system calls and parsing. From used_cpu of an idle 6.2 node with and without us: 370 µs a tick of
     * three commands on a busy machine, of which commandstats counts about 250.
     */
    static final double AROUND = 40;

    /** Until commandstats was read, and where it may not be: a quiet machine. */
    private static final Map<String, Double> USUAL = Map.of("info", 80.0, "cluster", 40.0, "config", 20.0);

    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Double> each = new HashMap<>(USUAL);
    private final Map<String, long[]> before = new HashMap<>();
    private long since = System.nanoTime();
    private double share;
    private Instant measured = Instant.now();

    /** One more question, by its first word. */
    void asked(String command) {
        asked.merge(command, 1, Integer::sum);
    }

    /** Reads, now and then, how long its questions take the node. */
    void measure(Questions questions, Instant now) throws Failure, InterruptedException {
        if (measured.plus(EVERY).isBefore(now)) {
            measured = now;
            var stats = questions.one("INFO", "commandstats");
            if (stats != null) {
                stats(InfoParser.parse(stats.text()));
            }
        }
    }

    /** The reply to INFO commandstats, as key and value. */
    void stats(Map<String, String> commandstats) {
        var now = new HashMap<String, long[]>();
        commandstats.forEach((key, value) -> {
            // cmdstat_info, cmdstat_cluster (6.x), cmdstat_cluster|nodes (7.x)
            for (var command : USUAL.keySet()) {
                if (key.equals("cmdstat_" + command) || key.startsWith("cmdstat_" + command + "|")) {
                    var sum = now.computeIfAbsent(command, c -> new long[2]);
                    sum[0] += field(value, "calls=");
                    sum[1] += field(value, "usec=");
                }
            }
        });
        now.forEach((command, sum) -> {
            var old = before.getOrDefault(command, new long[2]);
            // fewer calls than before: the node was restarted, or its statistics were reset
            var from = sum[0] < old[0] ? new long[2] : old;
            if (sum[0] > from[0]) {
                each.put(command, (double) (sum[1] - from[1]) / (sum[0] - from[0]));
            }
        });
        before.clear();
        before.putAll(now);
    }

    /** The share of its thread since the last call of this, 0.005 for 0.5 %; at least a second apart. */
    double share() {
        double seconds = (System.nanoTime() - since) / 1e9;
        if (seconds >= 1) {
            share = micros(asked) / 1e6 / seconds;
            asked.clear();
            since = System.nanoTime();
        }
        return share;
    }

    /** What a tick of INFO, CLUSTER INFO and CLUSTER NODES takes, in microseconds. */
    double tick() {
        return micros(Map.of("info", 1, "cluster", 2));
    }

    private double micros(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .mapToDouble(e -> e.getValue() * (each.getOrDefault(e.getKey(), 0.0) + AROUND))
                .sum();
    }

    private static long field(String value, String name) {
        int at = value.indexOf(name);
        if (at < 0) {
            return 0;
        }
        int from = at + name.length();
        int end = value.indexOf(',', from);
        try {
            return Long.parseLong(value.substring(from, end < 0 ? value.length() : end));
        } catch (NumberFormatException odd) {
            return 0;
        }
    }
}
