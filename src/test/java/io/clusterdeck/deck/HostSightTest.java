package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.LocalHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a host while it can't be looked at. */
class HostSightTest {
    private static final Say WHY = Say.of("test.away");
    private static final Machine MACHINE = Machine.of(
            new LocalHost(new HostName("h1")),
            new Exit(0, Map.of(), Optional.empty(), Optional.empty(), List.of()),
            Instant.EPOCH,
            Instant.EPOCH);

    private final HostSight sight = new HostSight(HostSpec.parse("ops@h1"));

    @Test
    void aLookThatFailsForgetsNothing() {
        sight.seen(MACHINE);
        assertTrue(sight.tells());
        sight.failed(new Unreachable(WHY, WHY));
        assertEquals(Optional.of(MACHINE), sight.machine());
        assertFalse(sight.tells(), "it is as old as it says");
        sight.seen(MACHINE);
        assertTrue(sight.tells());
    }

    @Test
    void whatShowsAnotherKeyIsPerhapsAnotherMachine() {
        sight.seen(MACHINE);
        sight.failed(new HostKeyChanged(WHY, WHY));
        assertEquals(Optional.empty(), sight.machine());
    }
}
