package io.clusterdeck.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code ./bench}: runs the benches that are asked for (all, if none is) one after another and prints their rows as they come. */
public final class Table {

    private static final List<Bench> BENCHES = List.of(
            new ParseBench(),
            new BuildBench(),
            new CreateBench(),
            new WatchBench(),
            new FailoverBench(),
            new StartBench());

    private static final List<Integer> WIDTHS = List.of(56, 12, 36, 8, 10, 4);

    private Table() {}

    public static void main(String[] names) {
        var wanted = List.of(names);
        var known = BENCHES.stream().map(Bench::name).toList();
        if (!known.containsAll(wanted)) {
            System.err.println("bench: there are " + String.join(", ", known));
            System.exit(2);
        }
        print(List.of("what", "Clusterdeck", "beside", "ratio", "budget", "kept"));
        print(WIDTHS.stream().map("-"::repeat).toList());
        boolean kept = true;
        for (var bench : BENCHES) {
            if (wanted.isEmpty() || wanted.contains(bench.name())) {
                kept &= run(bench);
            }
        }
        System.exit(kept ? 0 : 1);
    }

    private static boolean run(Bench bench) {
        if (!bench.lacks().isEmpty()) {
            print(List.of(bench.name(), "–", "not run: " + bench.lacks(), "", "", ""));
            return true;
        }
        try {
            var rows = bench.measure();
            rows.forEach(row -> print(
                    List.of(row.what(), row.ours(), row.rival(), row.ratio(), row.budget(), row.met() ? "yes" : "NO")));
            return rows.stream().allMatch(Row::met);
        } catch (Exception failed) {
            print(List.of(bench.name(), "–", "failed: " + failed, "", "", "NO"));
            return false;
        }
    }

    private static void print(List<String> cells) {
        System.out.println(IntStream.range(0, cells.size())
                .mapToObj(i -> cells.get(i)
                        + " ".repeat(Math.max(0, WIDTHS.get(i) - cells.get(i).length())))
                .collect(Collectors.joining(" | ", "| ", " |")));
    }
}
