package io.clusterdeck.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changed between two texts, line by line: {@code - old}, {@code + new}, and the number of the line where it is. */
final class LineDiff {

    private LineDiff() {}

    static List<String> of(@Nullable String before, @Nullable String after) {
        var old = lines(before);
        var now = lines(after);
        var common = common(old, now);
        var diff = new ArrayList<String>();
        int i = 0;
        int j = 0;
        boolean within = false;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
                within = false;
                continue;
            }
            if (!within) {
                diff.add("@@ " + (j + 1));
                within = true;
            }
            if (j == now.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                diff.add("- " + old.get(i++));
            } else {
                diff.add("+ " + now.get(j++));
            }
        }
        return diff;
    }

    private static List<String> lines(@Nullable String text) {
        return text == null ? List.of() : text.lines().toList();
    }

    /** The length of the longest common subsequence of what follows line i and line j. */
    private static int[][] common(List<String> old, List<String> now) {
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
