package io.clusterdeck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.awaitility.Awaitility;

/**
 * From {@code ./clusterdeck} to a window that takes clicks, and what it holds in memory with the demo's cluster in it. The window
 * creates the file that {@code -Dclusterdeck.shown=FILE} names once it has painted what it has to show.
 */
public final class StartBench implements Bench {

    private static final int TIMES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String lacks() {
        return System.getenv("DISPLAY") == null ? "a display (Xvfb)" : "";
    }

    @Override
    public List<Row> measure() throws Exception {
        var folder = Files.createTempDirectory("clusterdeck-bench");
        try (var bare = new Started(folder, "warm")) {
            bare.shown(); // the first start of a build writes the archive of its classes
        }
        var starts = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            try (var bare = new Started(folder, "start" + i)) {
                starts.add(bare.shown());
            }
        }
        try (var demo = new Started(folder, "demo", "demo")) {
            demo.shown();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ofSeconds(10))
                    .until(() -> true); // let it settle, as an operator would
            return List.of(
                    Row.figure("start to usable window (median of " + TIMES + ")", median(starts), 2_000, Row::millis),
                    Row.figure("resident memory with one cluster, 10 s in", demo.resident(), 250, Row::megabytes));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static final class Started implements AutoCloseable {
        private final Path mark;
        private final long began = System.nanoTime();
        private final Process process;

        Started(Path folder, String name, String... words) throws IOException {
            mark = folder.resolve(name);
            var command = new ArrayList<>(List.of("./clusterdeck"));
            command.addAll(List.of(words));
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".out").toFile());
            builder.environment().put("CLUSTERDECK_JAVA_OPTS", "-Dclusterdeck.shown=" + mark);
            builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
            process = builder.start();
        }

        /** Milliseconds until the window was there. */
        double shown() {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(mark) || !process.isAlive());
            if (!Files.exists(mark)) {
                throw new IllegalStateException("./clusterdeck ended without a window: see " + mark + ".out");
            }
            return (System.nanoTime() - began) / 1e6;
        }

        /** Megabytes. */
        double resident() throws IOException {
            try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                                .flatMapToDouble(
                                        line -> DoubleStream.of(Double.parseDouble(line.replaceAll("\\D", ""))))
                                .sum()
                        / 1024;
            }
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
