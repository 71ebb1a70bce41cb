package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the nodes of a host listen, and how its clock is judged. */
class BuildHostTest {

    /** It calls the other nodes from the first of its addresses, and is called at the one that it announces. */
    @Test
    void listensFirstWhereOthersKnowIt() {
        var plan = BuildPlannerTest.plan(
                BuildPlannerTest.THREE.replace(
                        "ssh: 10.0.0.2", "ssh: 10.0.0.2, bind: [127.0.0.1, 10.0.0.5, 10.0.0.6], announce: 10.0.0.6"),
                Map.of());
        var configured = plan.plan().steps().stream()
                .filter(s -> s.id().value().equals("configure/h2"))
                .findFirst()
                .orElseThrow();
        assertEquals("10.0.0.6 10.0.0.5 127.0.0.1", configured.spec().arg("bind"));
        assertTrue(configured.spec().arg("members").contains("h2 10.0.0.6 10.0.0.6 9000"), configured.spec()::toString);
    }

    /** A busy host takes long to answer, and read its clock meanwhile. */
    @Test
    void aClockIsOffByWhatItIsAtLeast() {
        for (long[] one : new long[][] {{12, 0}, {30, 10_000}, {1, -9_000}}) {
            var told = Map.of("clock_ms", List.of(String.valueOf(one[0] * 1000)), "root", List.of("/r"));
            var exit = new Exit(0, told, Optional.empty(), Optional.empty(), List.of());
            var facts = HostFacts.of(new HostName("h1"), exit, Instant.ofEpochSecond(10), Instant.ofEpochSecond(20));
            assertEquals(one[1], facts.skew());
        }
    }
}
