package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster is drilled only while it is healthy, and one late answer makes it no sick one. */
class HealthyTest {
    private static final ClusterSpec ORDERS =
            new ClusterSpec("orders", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of());
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ClusterState well = owned(new Layouts(3, 1));
    private final ClusterState slow =
            owned(new Layouts(3, 1).contact(Layouts.r(0, 1), new Contact.Gone(Instant.EPOCH, Say.of("late"))));

    private static ClusterState owned(Layouts layouts) {
        var s = layouts.state();
        var owners = new SlotOwners(List.of(Layouts.m(0)), new short[SlotRange.SLOTS]);
        return new ClusterState(
                s.name(),
                s.at(),
                s.nodes(),
                s.views(),
                s.disagreements(),
                s.health(),
                owners,
                s.currentEpoch(),
                s.tick(),
                s.cost());
    }

    @Test
    void aLateAnswerIsWaitedFor() throws Exception {
        var looks = new ArrayDeque<>(List.of(slow, slow, well));
        assertSame(well, Healthy.state(looks::remove, LONG));
    }

    @Test
    void whatStaysIllIsRefused() {
        var refused = assertThrows(NotAllowed.class, () -> Healthy.state(() -> slow, Duration.ZERO));
        assertEquals("drill.ill", refused.what().key());
    }

    /** Between the offer and the fault lie minutes, where a name is typed or elections are waited for. */
    @Test
    void itIsLookedAtAgainRightBeforeTheFault(@TempDir Path folder) throws Exception {
        Queue<ClusterState> looks = new ArrayDeque<>(List.of(slow, well));
        var ops = new Ops(() -> ORDERS, looks::remove, null, null, site -> {});
        var ground = new DrillGround(ops, Records.in(folder), new Rehearsals(), Failovers.NONE);
        ProbeStep.of(ground, new HostName("h1"), "1", DrillResult.FAULT).apply(null, line -> {});
        assertEquals(0, looks.size());
    }
}
