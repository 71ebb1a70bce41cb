package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master that dies while its cluster is being built is replaced before it returns: the building still ends as it was planned. */
@Tag("local")
class ReplacedTest {

    @TempDir
    Path folder;

    private Building building;
    private BuildPlan plan;
    private Blueprint blueprint;

    @BeforeEach
    void begin() throws Exception {
        building = Building.local(folder).password("s3cret");
        blueprint = Building.read("""
            name: carts
            hosts: [{name: here, ssh: local}]
            redis: {source: packaged}
            layout: {root: %s, ports: %d}
            config: {cluster-node-timeout: 2000}
            """.formatted(folder.resolve("root"), Ports.block(6)));
        plan = building.plan(blueprint);
    }

    @AfterEach
    void end() throws InterruptedException {
        building.shutDown(plan);
        building.close();
    }

    private Set<NodeAddress> masters() {
        try (var links = building.links(plan)) {
            return plan.spec().sites().stream()
                    .map(s -> s.address())
                    .filter(at -> {
                        try (var link = links.act(at)) {
                            return InfoParser.parse(
                                            link.call("INFO", "replication").text())
                                    .get("role")
                                    .equals("master");
                        } catch (Failure away) {
                            return false;
                        } catch (InterruptedException stop) {
                            throw new IllegalStateException(stop);
                        }
                    })
                    .collect(Collectors.toSet());
        }
    }

    private void killed(NodeAddress master) {
        try {
            var pid = Files.readString(folder.resolve("root/" + master.port() + "/redis.pid"));
            ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly();
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        replaced(master);
    }

    private void replaced(NodeAddress master) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> masters().size() == 3 && !masters().contains(master));
    }

    private static void done(RunState run) {
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), Building.why(run));
    }

    @Test
    void itTakesItsPlaceAgainAsLongAsTheClusterWasNotProven() throws Exception {
        var planned = plan.masters();
        var first = planned.iterator().next();
        building.haltAt("prove/here", () -> killed(first));
        assertEquals(
                Outcome.FAILED, building.run(plan.plan()).ended().orElseThrow().outcome());

        done(building.resume(plan.plan()));
        assertEquals(planned, masters());

        // from now on it is its operator's business
        try (var links = building.links(plan)) {
            for (var site : plan.spec().sites()) {
                if (!planned.contains(site.address())) {
                    try (var link = links.act(site.address())) {
                        link.call("CLUSTER", "FAILOVER", "TAKEOVER");
                    }
                    break;
                }
            }
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> masters().size() == 3 && !masters().equals(planned));
        var chosen = masters();
        plan = building.plan(blueprint);
        var again = building.run(plan.plan());
        done(again);
        assertEquals(Phase.WAS_THERE, again.of(new StepId("prove/here")).phase());
        assertEquals(chosen, masters());
    }
}
