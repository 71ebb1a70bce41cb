package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long the nodes of a cluster are looked for on its hosts. */
class AdoptingTest {

    private static Found found(boolean looked, boolean away) {
        var nodes = new Layouts(3, 1)
                .state(Instant.EPOCH).nodes().values().stream()
                        .map(n -> new Found.One(n, Optional.empty(), Optional.empty()))
                        .toList();
        var why = Optional.of(new Unreachable(Say.of("a"), Say.of("b"))).filter(w -> away);
        var host = new Found.Machine(
                HostSpec.of("10.0.0.1"),
                false,
                Optional.<io.clusterdeck.say.Failure>empty().or(() -> why));
        return new Found(nodes, List.of(host), looked, Optional.empty());
    }

    @Test
    void untilTheHostsWereLookedAtHoweverBusyTheyAre() {
        assertFalse(Adopting.over(found(false, false), Duration.ofMinutes(5)), "it is still being looked at");
        assertFalse(Adopting.over(found(true, false), Duration.ofSeconds(1)), "it may be found by the next look");
        assertTrue(Adopting.over(found(true, false), Duration.ofMinutes(1)));
        assertTrue(Adopting.over(found(false, true), Duration.ZERO), "there is nowhere to look");
    }
}
