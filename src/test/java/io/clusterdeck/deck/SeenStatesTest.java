package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.SlotOwners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeenStatesTest {

    private final SeenStates seen = new SeenStates();
    private final List<ClusterState> states = Stream.iterate(Instant.EPOCH, t -> t.plusSeconds(1))
            .limit(100)
            .map(at -> new ClusterState(
                    "shop",
                    at,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    SlotOwners.none(),
                    0,
                    Duration.ofMillis(100),
                    0))
            .toList();

    /** As where another process keeps the history: states of a thousand nodes are large. */
    @Test
    void whereNobodyFollowsTheNewestStays() {
        states.forEach(seen::add);
        assertEquals(states.getLast(), seen.poll());
        assertNull(seen.poll());
    }

    @Test
    void whoFollowsMissesTheOldest() {
        seen.followed(true);
        states.forEach(seen::add);
        assertEquals(states.get(36), seen.poll());
        var last = seen.poll();
        for (var next = seen.poll(); next != null; next = seen.poll()) {
            last = next;
        }
        assertNotNull(last);
        assertEquals(states.getLast(), last);
    }
}
