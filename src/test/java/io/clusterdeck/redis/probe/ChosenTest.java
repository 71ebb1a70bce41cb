package io.clusterdeck.redis.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.nodes.Layouts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which shards of many are probed most often. */
class ChosenTest {
    @Test
    void whatIsBrokenIsProbedFirst() {
        var state = new Layouts(Probe.OFTEN + 2, 0).state(Instant.EPOCH);
        var last = state.shards().getLast().master().address();
        var probed = Probe.wantedFirst(state, List.of(last.toString()));
        assertEquals(state.shards().size(), probed.size());
        assertEquals(last, probed.getFirst().master().address());
        assertEquals(state.shards().getFirst(), probed.get(1));
    }
}
