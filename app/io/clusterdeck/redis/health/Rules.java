package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.Finding;
import java.util.Comparator;
import java.util.List;

/** The one list of what can be wrong: it feeds the window, {@code status} and the exit code. */
public final class Rules {

    public static final List<Rule> ALL = List.of();

    private Rules() {}

    /** Every finding, worst first; within a level in the order of the rules. */
    public static List<Finding> check(Case at) {
        return ALL.stream()
                .flatMap(rule -> rule.look(at).stream())
                .sorted(Comparator.comparing(Finding::level).reversed())
                .toList();
    }
}
