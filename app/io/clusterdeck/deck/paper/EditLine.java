package io.clusterdeck.deck.paper;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.ssh.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An edit of a file as one line of GNU sed: each change by the number of the line in the file as it is. Pure. */
final class EditLine {

    /** What stands in the place of lines {@code from} to {@code to} (from 1; {@code to} before {@code from} where nothing is taken away). */
    private record Change(int from, int to, List<String> now) {}

    private EditLine() {}

    /** Empty for a file that is new, removed or not shown as it lies there, and where a changed line holds a secret: that is shown nowhere. */
    static Optional<String> of(FileDiff edit) {
        if (edit.before() == null || edit.after() == null || edit.basis().isPresent()) {
            return Optional.empty();
        }
        var old = edit.before().lines().toList();
        var changes = changes(old, edit.after().lines().toList());
        boolean secret = changes.stream().flatMap(c -> c.now().stream()).anyMatch(l -> l.contains(Directive.MASK));
        if (secret || changes.isEmpty() || old.isEmpty()) {
            return Optional.empty();
        }
        var line = new StringBuilder("sed -i");
        for (var c : changes) {
            if (c.now().isEmpty()) {
                line.append(" -e ").append(Quote.word(c.from() + "," + c.to() + "d"));
                continue;
            }
            var at = c.to() >= c.from()
                    ? c.from() + "," + c.to() + "c\\"
                    : c.from() > old.size() ? "$a\\" : c.from() + "i\\";
            line.append(" -e ").append(Quote.word(at));
            for (int i = 0; i < c.now().size(); i++) {
                var more = i + 1 < c.now().size() ? "\\" : "";
                line.append(" -e ").append(Quote.word(c.now().get(i).replace("\\", "\\\\") + more));
            }
        }
        return Optional.of(
                line.append(' ').append(Quote.path(edit.file().value())).toString());
    }

    private static List<Change> changes(List<String> old, List<String> now) {
        int same = 0;
        int shorter = Math.min(old.size(), now.size());
        while (same < shorter && old.get(same).equals(now.get(same))) {
            same++;
        }
        int rest = 0;
        while (rest < shorter - same && old.get(old.size() - 1 - rest).equals(now.get(now.size() - 1 - rest))) {
            rest++;
        }
        return between(old.subList(same, old.size() - rest), now.subList(same, now.size() - rest), same);
    }

    private static List<Change> between(List<String> old, List<String> now, int before) {
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var changes = new ArrayList<Change>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int from = i;
            var put = new ArrayList<String>();
            while (i < old.size() || j < now.size()) {
                if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                    break;
                }
                if (j == now.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                    i++;
                } else {
                    put.add(now.get(j++));
                }
            }
            if (i > from || !put.isEmpty()) {
                changes.add(new Change(before + from + 1, before + i, List.copyOf(put)));
            }
            while (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            }
        }
        return changes;
    }
}
