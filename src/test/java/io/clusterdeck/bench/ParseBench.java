package io.clusterdeck.bench;

import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.Merge;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Observer;
import io.clusterdeck.say.Failure;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One CLUSTER NODES reply of 1,000 nodes, parsed and merged; beside it Lettuce's parser, which only parses. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParseBench implements Bench {

    private static final int NODES = 1_000;
    private static final int SLOTS = 16_384;

    private final String reply = reply();

    @Benchmark
    public Merge.Merged ours() throws Failure {
        var observer = Observer.of(new NodeId(id(0)), Instant.EPOCH, NODES, reply, ClusterNodesParser.parse(reply));
        return Merge.of(List.of(observer), Map.of(), Merge.noHosts());
    }

    @Benchmark
    public Partitions lettuce() {
        return ClusterPartitionParser.parse(reply);
    }

    @Override
    public String name() {
        return "parse";
    }

    @Override
    public List<Row> measure() throws Exception {
        var options = new OptionsBuilder()
                .include(ParseBench.class.getName())
                .forks(1)
                // the program runs with C1 only
                .jvmArgs(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "--sun-misc-unsafe-memory-access=allow")
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        var results = new Runner(options).run();
        double ours = millis(results, "ours");
        double lettuce = millis(results, "lettuce");
        return List.of(Row.time(
                "one view of 1,000 nodes parsed and merged (median)",
                ours,
                "Lettuce's parser, no merging",
                lettuce,
                20));
    }

    private static double millis(Iterable<RunResult> results, String method) {
        for (var result : results) {
            if (result.getParams().getBenchmark().endsWith("." + method)) {
                // the median: an average tells of what else the computer did
                return result.getPrimaryResult().getStatistics().getPercentile(50) / 1000;
            }
        }
        throw new IllegalStateException("no result for " + method);
    }

    private static String id(int n) {
        return String.format("%040x", n + 1);
    }

    /** Half of the nodes are masters; the slots of each lie in three ranges, as after some moving. */
    private static String reply() {
        var lines = new StringBuilder();
        int masters = NODES / 2;
        int share = SLOTS / masters / 3;
        for (int n = 0; n < NODES; n++) {
            boolean master = n < masters;
            lines.append(id(n)).append(" 10.1.").append(n / 250).append('.').append(n % 250 + 1);
            lines.append(":7000@17000,host-").append(n).append(' ').append(n == 0 ? "myself," : "");
            lines.append(master ? "master -" : "slave " + id(n - masters));
            lines.append(" 0 1767225600000 ").append(n % masters + 1).append(" connected");
            for (int part = 0; master && part < 3; part++) {
                int from = (part * masters + n) * share;
                lines.append(' ').append(from).append('-').append(from + share - 1);
            }
            lines.append('\n');
        }
        return lines.toString();
    }
}
