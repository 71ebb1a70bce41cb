package io.clusterdeck.deck;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server was reset and joined again by hand: the nodes keep its earlier id, without an address, until somebody has them forget it. */
@Tag("local")
class NoAddressTest {
    @TempDir
    Path folder;

    @Test
    void anEntryWithoutAnAddressIsAFindingAndHoldsUpNothing() throws Exception {
        try (var cluster = new LocalRecipe(3, 1).start()) {
            var old = cluster.server(5).id();
            cluster.call(5, "CLUSTER", "RESET", "HARD");
            var first = cluster.server(0).address();
            cluster.call(5, "CLUSTER", "MEET", first.host(), Integer.toString(first.port()));
            cluster.until(
                    "a replica again",
                    () -> cluster.call(
                                    5,
                                    "CLUSTER",
                                    "REPLICATE",
                                    cluster.server(2).id().value())
                            .equals("OK"));
            cluster.until(
                    "known anew", () -> cluster.call(0, "CLUSTER", "NODES").contains("noaddr"));

            try (var deck = DeckApp.open(Home.at(folder), Unattended.REFUSING)) {
                var adopted = deck.adopt(new Adoption("carts", first, "", Optional.empty(), Access.DIRECT, List.of()));
                assertEquals(6, adopted.found().nodes().size());
                assertEquals(1, adopted.spec().hosts().size());
                assertTrue(
                        adopted.spec().seeds().stream().noneMatch(s -> s.host().isEmpty()));
                var carts = deck.open("carts");
                carts.watch();
                until(() -> !deck.archive().of("carts").isEmpty());
                until(() -> carts.upkeep().masters().size() == 3);
                until(() -> carts.watch().now().health().stream()
                        .anyMatch(f -> f.rule().equals("no-address")));
                var state = carts.watch().now();
                assertEquals(
                        6, state.nodes().values().stream().filter(Node::answers).count());
                assertTrue(state.node(old).isEmpty());
                NodeId replica = cluster.server(4).id();
                assertEquals(Safety.Answer.YES, carts.safety().node(replica).answer());

                // that server heard of itself by gossip, where the others were slow to notice
                for (int i = 0; i < 6; i++) {
                    if (cluster.call(i, "CLUSTER", "NODES").contains(old.value())) {
                        assertEquals("OK", cluster.call(i, "CLUSTER", "FORGET", old.value()));
                    }
                }
                until(() -> carts.watch().now().health().stream()
                        .noneMatch(f -> f.rule().equals("no-address")));
            }
        }
    }

    private static void until(java.util.concurrent.Callable<Boolean> holds) {
        await().atMost(Duration.ofMinutes(2)).until(holds);
    }
}
