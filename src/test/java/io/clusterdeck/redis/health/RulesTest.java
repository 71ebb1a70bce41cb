package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesTest extends SixNodes {

    /** At three in the morning the cluster must be seen, whatever one of our rules stumbles over. */
    @Test
    void aMistakeInOneHidesNothingElse() {
        contact("m1", GONE);
        Rule mistaken = at -> Stream.of(1).map(one -> {
            throw new IllegalStateException("our own");
        });
        var found = Rules.check(Case.of(state()), List.of(mistaken, Reach::down));
        assertEquals(List.of("node-down", "mistake"), names(found));
        assertTrue(found.getLast().why().toString().contains("our own"));
    }
}
