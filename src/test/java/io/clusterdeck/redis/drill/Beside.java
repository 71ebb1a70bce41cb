package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.redis.probe.Gaps;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The second client in its own process, beside a drill: what it saw of each shard, and whether the probe saw the same. */
public final class Beside implements AutoCloseable {
    /** Of one shard, in milliseconds since 1970. */
    private record Seen(String master, Gap gap) {
        static Seen of(String line) {
            var w = line.split(" ", -1);
            return new Seen(w[0], new Gap(Long.parseLong(w[1]), Long.parseLong(w[2]), Long.parseLong(w[3])));
        }
    }

    private final Process process;
    private final BufferedReader out;
    private final int nodes;
    private List<Seen> seen = List.of();

    /** Returns when it writes through every shard. */
    public Beside(ClusterState state) throws IOException {
        var masters = state.shards().stream().map(Shard::master).toList();
        var others = state.nodes().values().stream().filter(n -> !masters.contains(n));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "target/test-classes",
                SecondClient.class.getName(),
                Integer.toString(masters.size())));
        Stream.concat(masters.stream(), others)
                .forEach(n -> command.add(n.address().toString()));
        nodes = state.nodes().size();
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertTrue("ready".equals(out.readLine()), "the second client ended");
    }

    /** Ends it. */
    public void end() throws IOException {
        process.getOutputStream().close();
        seen = out.lines().map(Seen::of).toList();
    }

    /** What the second client saw of a shard, in the probe's time. */
    private List<Gap> seen(Measured.OfShard shard, long began) {
        return seen.stream()
                .filter(s -> s.master().equals(shard.master().toString()))
                .map(Seen::gap)
                .map(g -> new Gap(g.from() - began, g.to() - began, g.own()))
                .toList();
    }

    /** How far apart two clients may be: some beats, and one for each node that may be asked for the way. */
    private long apart() {
        return (4L + nodes) * SecondClient.BEAT;
    }

    /** Writes that slipped through for a moment, in which the other client may not have come to that node, make no two of a gap. */
    private List<Gap> joined(List<Gap> gaps) {
        var whole = new ArrayList<Gap>();
        for (var gap : gaps) {
            var last = whole.isEmpty() ? Gap.NONE : whole.getLast();
            if (!whole.isEmpty() && gap.from() - last.to() <= apart()) {
                whole.set(whole.size() - 1, new Gap(last.from(), gap.to(), last.own() + gap.own()));
            } else {
                whole.add(gap);
            }
        }
        return whole;
    }

    private static Gap longest(List<Gap> gaps, long from, long to) {
        return gaps.stream()
                .filter(g -> g.to() > from && g.from() < to)
                .max(Comparator.comparingLong(Gap::length))
                .orElse(Gap.NONE);
    }

    /** The longest while the fault lasted. */
    public Gap withoutWrites(DrillResult result, Measured.OfShard shard) {
        var m = result.measured();
        return longest(seen(shard, m.began().toEpochMilli()), m.at(DrillResult.FAULT), m.at(DrillResult.RESTORE));
    }

    /** Fails where the two are further apart than two honest clients can be. */
    public void agree(DrillResult result) {
        var m = result.measured();
        for (var shard : m.shards()) {
            agree(result, shard, m.at(DrillResult.FAULT), m.at(DrillResult.RESTORE));
            agree(result, shard, m.at(DrillResult.RESTORE), m.took());
        }
    }

    private void agree(DrillResult result, Measured.OfShard shard, long from, long to) {
        var probe = shard.writeGaps();
        var second = seen(shard, result.measured().began().toEpochMilli());
        assertTrue(
                same(longest(probe, from, to), longest(second, from, to))
                        || same(longest(joined(probe), from, to), longest(joined(second), from, to)),
                () -> shard.master() + ": probe " + longest(probe, from, to) + ", second client "
                        + longest(second, from, to) + "\n" + second + "\n" + ResultJson.text(result));
    }

    /**
     * Each begins up to a beat early and ends up to a beat late, and by what it stood still itself; the probe asks one node in each beat for
     * the way, so it may come to the new master last. What is shorter than a gap is 0 for one and may just be one for the other.
     */
    private boolean same(Gap probe, Gap second) {
        long shortest = probe.length() == 0 || second.length() == 0 ? Gaps.SHORTEST : 0;
        return Math.abs(probe.length() - second.length()) <= apart() + probe.own() + second.own() + shortest;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
