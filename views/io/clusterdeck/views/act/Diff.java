package io.clusterdeck.views.act;

import io.clusterdeck.plan.FileDiff;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an edit changes, line by line, with two lines around each change. */
public final class Diff {
    private static final int AROUND = 2;
    /** Above this product of lines only the ends that are equal are left out. */
    private static final long WHOLE = 25_000_000L;

    /** What became of a line. */
    public enum Kind {
        SAME,
        ADDED,
        REMOVED,
        /** Lines that are left out. */
        GAP
    }

    /** A line of it; of a gap the number of lines. */
    public record Row(Kind kind, String text) {}

    private Diff() {}

    public static List<Row> of(FileDiff edit) {
        return shortened(rows(lines(edit.before()), lines(edit.after())));
    }

    private static List<String> lines(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : text.lines().toList();
    }

    private static List<Row> rows(List<String> before, List<String> after) {
        int head = 0;
        while (head < before.size() && head < after.size() && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < after.size() - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        var rows = new ArrayList<Row>();
        before.subList(0, head).forEach(l -> rows.add(new Row(Kind.SAME, l)));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), rows);
        before.subList(before.size() - tail, before.size()).forEach(l -> rows.add(new Row(Kind.SAME, l)));
        return rows;
    }

    /** The longest common subsequence, by the table of its lengths. */
    private static void middle(List<String> before, List<String> after, List<Row> rows) {
        int n = before.size();
        int m = after.size();
        if ((long) n * m > WHOLE) {
            before.forEach(l -> rows.add(new Row(Kind.REMOVED, l)));
            after.forEach(l -> rows.add(new Row(Kind.ADDED, l)));
            return;
        }
        var common = new int[n + 1][m + 1];
        for (int i = n - 1; i >= 0; i--) {
            for (int j = m - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < n || j < m) {
            if (i < n && j < m && before.get(i).equals(after.get(j))) {
                rows.add(new Row(Kind.SAME, before.get(i++)));
                j++;
            } else if (i < n && (j == m || common[i + 1][j] >= common[i][j + 1])) {
                rows.add(new Row(Kind.REMOVED, before.get(i++)));
            } else {
                rows.add(new Row(Kind.ADDED, after.get(j++)));
            }
        }
    }

    private static List<Row> shortened(List<Row> rows) {
        var near = new boolean[rows.size()];
        for (int i = 0; i < near.length; i++) {
            if (rows.get(i).kind() != Kind.SAME) {
                for (int k = Math.max(0, i - AROUND); k <= Math.min(near.length - 1, i + AROUND); k++) {
                    near[k] = true;
                }
            }
        }
        var out = new ArrayList<Row>();
        int skipped = 0;
        for (int i = 0; i < near.length; i++) {
            if (near[i]) {
                if (skipped > 0) {
                    out.add(new Row(Kind.GAP, Integer.toString(skipped)));
                }
                skipped = 0;
                out.add(rows.get(i));
            } else {
                skipped++;
            }
        }
        if (skipped > 0) {
            out.add(new Row(Kind.GAP, Integer.toString(skipped)));
        }
        return List.copyOf(out);
    }
}
