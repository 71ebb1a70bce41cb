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
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The second client in its own process, beside a drill: what it saw of each shard, and whether the probe saw the same. */
public final class Beside implements AutoCloseable {
    /** Of one shard. */
    private record Seen(String master, Asked.Gap gap) {
        static Seen of(String line) {
            var w = line.split(" ", -1);
            return new Seen(w[0], Asked.Gap.of(w[1], w[2], w[3], w[4]));
        }
    }

    /** Of a link that loses packets each connection loses its own: twice in a row, sent again after 200 ms and 400 ms more (TCP_RTO_MIN). */
    private static final long RESENT = 600;

    private final Process process;
    private final BufferedReader out;
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
    private List<Asked.Gap> seen(Measured measured, Measured.OfShard shard) {
        long began = measured.began().toEpochMilli();
        return seen.stream()
                .filter(s -> s.master().equals(shard.master().toString()))
                .map(s -> s.gap().since(began))
                .toList();
    }

    /** The longest while the fault lasted. */
    public Gap withoutWrites(DrillResult result, Measured.OfShard shard) {
        var m = result.measured();
        return seen(m, shard).stream()
                .map(g -> new Gap(g.from(), g.to(), g.own()))
                .filter(g -> g.to() > m.at(DrillResult.FAULT) && g.from() < m.at(DrillResult.RESTORE))
                .max(Comparator.comparingLong(Gap::length))
                .orElse(Gap.NONE);
    }

    /** Fails where one of them was surely without writes for longer than the other can have been. */
    public void agree(DrillResult result) {
        agree(result.measured(), result.drill().equals("slow-link") ? RESENT : 0, () -> ResultJson.text(result));
    }

    /**
     * @param alone for how long one connection may be without writes that the other is not, in milliseconds
     * @param all what else is to be told where they do not agree
     */
    void agree(Measured measured, long alone, Supplier<String> all) {
        long fault = measured.at(DrillResult.FAULT);
        for (var shard : measured.shards()) {
            var probe = shard.writeGaps();
            var second = seen(measured, shard);
            for (var gap : probe) {
                if (gap.from() >= fault) {
                    var told = second.stream().map(g -> new Gap(g.from(), g.told(), 0));
                    agree("the probe", gap, told.toList(), shard, alone, () -> second + "\n" + all.get());
                }
            }
            for (var gap : second) {
                if (gap.from() >= fault && gap.to() <= measured.took()) {
                    var own = new Gap(gap.from(), gap.to(), gap.own());
                    agree("the second client", own, probe, shard, alone, () -> second + "\n" + all.get());
                }
            }
        }
    }

    /** Each begins up to a beat early and ends up to a beat late; what is shorter than a gap is told by nobody. */
    private static void agree(
            String who, Gap gap, List<Gap> others, Measured.OfShard shard, long alone, Supplier<String> all) {
        long apart = 2L * (SecondClient.BEAT + shard.every()) + alone;
        long with = others.stream()
                .mapToLong(o -> Math.max(0, Math.min(o.to(), gap.to()) - Math.max(o.from(), gap.from())))
                .sum();
        assertTrue(
                gap.sure() <= Math.max(with, Gaps.SHORTEST) + apart,
                () -> shard.master() + ": " + who + " was without writes " + gap + ", the other one " + with
                        + " ms of it\n" + all.get());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
