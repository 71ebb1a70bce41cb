package io.clusterdeck.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code ./bench}: runs the benches that are asked for (all, if none is) one after another, prints their rows as they come, and keeps the
 * table as text and JSON. A bench that fails says so in its row, and the others go on. Ends with 0 when every budget was kept, with 1 when
 * one was not, or a bench failed, with 2 when a name is unknown, with 3 when all that was measured was kept but not all could be measured.
 */
public final class Table {

    private static final List<Bench> BENCHES = List.of(
            new ParseBench(),
            new PaintBench(),
            new StartBench(),
            new CreateBench(),
            new LargeBench(),
            new WatchBench(),
            new FailoverBench(),
            new BuildBench());

    private static final List<String> HEAD = List.of("what", "Clusterdeck", "beside", "ratio", "budget", "kept");
    private static final List<Integer> WIDTHS = List.of(56, 12, 36, 8, 10, 4);

    private final Path folder;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private boolean lacking;

    private Table(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] names) throws IOException {
        var wanted = List.of(names);
        var known = BENCHES.stream().map(Bench::name).toList();
        if (!known.containsAll(wanted)) {
            System.err.println("bench: there are " + String.join(", ", known));
            System.exit(2);
        }
        var table = new Table(Path.of(System.getProperty("clusterdeck.bench", "target/bench")));
        table.print(HEAD);
        table.print(WIDTHS.stream().map("-"::repeat).toList());
        for (var bench : BENCHES) {
            if (wanted.isEmpty() || wanted.contains(bench.name())) {
                table.run(bench);
            }
        }
        System.exit(!table.rows.stream().allMatch(Row::met) ? 1 : table.lacking ? 3 : 0);
    }

    private void run(Bench bench) throws IOException {
        if (!bench.lacks().isEmpty()) {
            print(List.of(bench.name(), "–", "not run: " + bench.lacks(), "", "", "–"));
            lacking = true;
            return;
        }
        double busy = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (busy > Runtime.getRuntime().availableProcessors()) {
            System.err.printf(
                    Locale.ROOT, "bench: the load is %.1f: take the times of %s with care%n", busy, bench.name());
        }
        try {
            for (var row : bench.measure()) {
                add(row);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        } catch (Exception | LinkageError | AssertionError failed) {
            add(new Row(bench.name(), "–", "failed: " + said(failed), "", "", false));
            Files.writeString(folder.resolve(bench.name() + ".failed"), trace(failed));
        }
    }

    private static String said(Throwable failed) {
        return failed.toString().lines().findFirst().orElse("");
    }

    private static String trace(Throwable failed) {
        var text = new java.io.StringWriter();
        failed.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private void add(Row row) throws IOException {
        rows.add(row);
        print(List.of(row.what(), row.ours(), row.rival(), row.ratio(), row.budget(), row.met() ? "yes" : "NO"));
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("table.json").toFile(), rows);
    }

    private void print(List<String> cells) throws IOException {
        var line = IntStream.range(0, cells.size())
                .mapToObj(i -> cells.get(i)
                        + " ".repeat(Math.max(0, WIDTHS.get(i) - cells.get(i).length())))
                .collect(Collectors.joining(" | ", "| ", " |"));
        System.out.println(line);
        lines.add(line);
        Files.createDirectories(folder);
        Files.write(folder.resolve("table.txt"), lines);
    }
}
