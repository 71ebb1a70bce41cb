package io.clusterdeck.ssh;

import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a script ended.
 *
 * @param code its exit code, 128 + n for signal n
 * @param facts what it reported by {@code fact KEY VALUE}: every value of a key, in order
 * @param verdict what {@code verdict done|needed|blocked} it gave, if it did
 * @param why what it said when it was blocked or failed, if it said it by key
 * @param tail its last lines of plain output (at most 40)
 */
public record Exit(
        int code, Map<String, List<String>> facts, Optional<String> verdict, Optional<Say> why, List<String> tail) {

    public boolean ok() {
        return code == 0;
    }

    /** The last value of a fact. */
    public Optional<String> fact(String key) {
        return Optional.ofNullable(facts.get(key)).filter(l -> !l.isEmpty()).map(List::getLast);
    }

    /** Every value of a fact, in order; empty when there is none. */
    public List<String> all(String key) {
        return facts.getOrDefault(key, List.of());
    }
}
