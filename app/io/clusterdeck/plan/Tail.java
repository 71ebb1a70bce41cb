package io.clusterdeck.plan;

import io.clusterdeck.ssh.Line;
import java.util.ArrayDeque;
import java.util.List;

/** The last lines of a step's output. Safe for use by many threads. */
final class Tail {

    private static final int LINES = 40;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(Line line) {
        if (line instanceof Line.Text text) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(text.text());
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
