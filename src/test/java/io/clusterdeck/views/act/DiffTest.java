package io.clusterdeck.views.act;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.ssh.RemotePath;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffTest {
    private static String of(String before, String after) {
        return Diff.of(new FileDiff(new RemotePath("f"), before, after)).stream()
                .map(r -> switch (r.kind()) {
                            case SAME -> " ";
                            case ADDED -> "+";
                            case REMOVED -> "-";
                            case GAP -> "…";
                        }
                        + r.text())
                .collect(Collectors.joining("|"));
    }

    @Test
    void aChangedLineKeepsTwoAround() {
        assertEquals("…2| 3| 4|-5|+x| 6| 7|…1", of("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\n6\n7\n8\n"));
    }

    @Test
    void aNewFileIsAllAdded() {
        assertEquals("+a|+b", of(null, "a\nb\n"));
        assertEquals("-a|-b", of("a\nb\n", null));
    }

    @Test
    void linesThatStayAreNotToldAsMoved() {
        assertEquals("+0| a| b|-c|+d", of("a\nb\nc", "0\na\nb\nd"));
    }

    @Test
    void nothingChanged() {
        assertEquals("…2", of("a\nb", "a\nb"));
    }

    @Test
    void aHugeFileIsStillAnswered() {
        var before = IntStream.range(0, 12_000).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
        var after = IntStream.range(0, 12_000).mapToObj(i -> "b" + i).collect(Collectors.joining("\n"));
        assertEquals(
                List.of(Diff.Kind.REMOVED, Diff.Kind.ADDED),
                Diff.of(new FileDiff(new RemotePath("f"), before, after)).stream()
                        .map(Diff.Row::kind)
                        .distinct()
                        .toList());
    }
}
