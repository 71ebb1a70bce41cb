package io.clusterdeck.ssh;

import io.clusterdeck.say.Say;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a script has told so far. Not safe for use by many threads. */
final class Report {

    private static final int TAIL = 40;

    private final Map<String, List<String>> facts = new LinkedHashMap<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private final List<String> chatter = new ArrayList<>();
    private Optional<String> verdict = Optional.empty();
    private Optional<Say> why = Optional.empty();

    /** A line of its output. */
    void line(String text) {
        tail.addLast(text);
        if (tail.size() > TAIL) {
            tail.removeFirst();
        }
    }

    /** A line that came before the script began: a login shell's, or sudo's. */
    void chatter(String text) {
        if (!text.isBlank() && chatter.size() < TAIL) {
            chatter.add(text);
        }
    }

    /** Keeps what a mark tells; false when it is none of these. */
    boolean takes(Mark mark) {
        switch (mark.word()) {
            case "fact" ->
                facts.computeIfAbsent(mark.value(0), k -> new ArrayList<>()).add(mark.value(1));
            case "verdict" -> {
                verdict = Optional.of(mark.value(0));
                why = mark.say(1);
            }
            case "blocked" -> {
                verdict = Optional.of("blocked");
                why = mark.say(0);
            }
            case "failed" -> why = mark.say(0);
            default -> {
                return false;
            }
        }
        return true;
    }

    List<String> tail() {
        return List.copyOf(tail);
    }

    /** What came before it began, in one line. */
    String said() {
        return String.join(" ", chatter);
    }

    Exit exit(int code) {
        var kept = new LinkedHashMap<String, List<String>>();
        facts.forEach((key, values) -> kept.put(key, List.copyOf(values)));
        return new Exit(code, Collections.unmodifiableMap(kept), verdict, why, tail());
    }
}
