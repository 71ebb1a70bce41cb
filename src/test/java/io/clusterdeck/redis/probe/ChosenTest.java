package io.clusterdeck.redis.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.nodes.Layouts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which shards of many are probed. */
class ChosenTest {
    @Test
    void whatIsBrokenIsProbedFirst() {
        var state = new Layouts(Probe.SHARDS + 2, 0).state(Instant.EPOCH);
        var shards = state.shards();
        var last = shards.getLast().master().address();
        var chosen = Probe.chosen(state, List.of(last.toString()));
        assertEquals(Probe.SHARDS, chosen.size());
        assertEquals(last, chosen.getFirst().master().address());
        assertEquals(
                shards.subList(Probe.SHARDS - 1, Probe.SHARDS + 1).stream()
                        .map(s -> s.master().address())
                        .toList(),
                Probe.unprobed(state, List.of(last.toString())));
    }
}
