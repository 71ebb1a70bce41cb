package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.plan.HaltAt;
import io.clusterdeck.plan.JournalTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Words whose runs die at a record of their journal, and are gone on with as an operator would: by {@code resume}, in a new session over
 * the same home; by the word again where nothing was written down yet.
 */
record Halting(Path folder) {

    /**
     * A word that changes something.
     *
     * @param kind in the name of its run
     * @param asks whether it asks before it begins
     * @param typed what it may want to be typed
     */
    record Deed(String kind, boolean asks, String typed, String... word) {

        private String[] agreed(String... to) {
            return Stream.concat(Stream.of(to), Stream.of("--yes", "--type", typed))
                    .toArray(String[]::new);
        }
    }

    Path home() {
        return folder.resolve("home");
    }

    Said done(String... word) throws Exception {
        var said = Said.by(folder, word);
        assertEquals(Code.DONE, said.code(), String.join(" ", word) + "\n" + said.err() + said.out());
        return said;
    }

    /** Does it, halted once, and goes on; whether the run had come to its end before the instant at which it was to die. */
    boolean whole(int point, Deed deed) throws Exception {
        if (deed.asks && point == Integer.MAX_VALUE) {
            assertEquals(Code.MISUSED, Said.by(folder, deed.word).code(), "it asks");
        }
        var before = journals();
        var tap = HaltAt.state(point);
        try {
            var said = Said.by(folder, from(deed.kind, tap), deed.agreed(deed.word));
            assertEquals(tap.missed() ? Code.DONE : Code.FAILED, said.code(), said.err() + said.out());
        } catch (JournalTap.Halted atTheFirstRecord) {
            assertTrue(lines(deed.kind, before).size() <= 1);
        }
        if (!tap.missed()) {
            goOn(deed, lines(deed.kind, before));
        }
        return tap.missed();
    }

    private void goOn(Deed deed, List<String> lines) throws Exception {
        if (lines.isEmpty()) {
            done(deed.agreed(deed.word));
        } else if (lines.getLast().contains("\"is\":\"ended\"")) {
            assertEquals(Code.MISUSED, Said.by(folder, "resume").code(), "nothing is left to be done");
        } else {
            if (deed.asks) {
                assertEquals(Code.MISUSED, Said.by(folder, "resume").code(), "it asks again");
            }
            done(deed.agreed("resume"));
        }
    }

    /** From the first record of a run of that kind on. */
    private static JournalTap from(String kind, JournalTap tap) {
        return new JournalTap() {
            private volatile boolean there;

            @Override
            public void before(String record) {
                there |= record.contains("\"is\":\"began\"") && record.contains("-" + kind);
                if (there) {
                    tap.before(record);
                }
            }

            @Override
            public void after(String record) {
                if (there) {
                    tap.after(record);
                }
            }
        };
    }

    /** The journal of the run of a kind that was not there before; empty where nothing was written down. */
    private List<String> lines(String kind, List<Path> before) throws IOException {
        var begun = journals().stream()
                .filter(j -> !before.contains(j) && j.toString().contains("-" + kind))
                .toList();
        return begun.isEmpty() ? List.of() : Files.readAllLines(begun.getLast());
    }

    private List<Path> journals() {
        return Tree.below(home()).stream()
                .filter(f -> f.toString().endsWith(".jsonl") && f.getParent().endsWith("runs"))
                .toList();
    }
}
