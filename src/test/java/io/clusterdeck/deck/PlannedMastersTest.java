package io.clusterdeck.deck;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the masters belong is known from the first sight of a whole cluster, not from the first look at its hosts, which may come after a failover. */
@Tag("local")
class PlannedMastersTest {
    @TempDir
    Path folder;

    @Test
    void asTheyAreWhenItIsAdoptedAndWhenItIsFirstWatched() throws Exception {
        var home = Home.at(folder);
        try (var cluster = new LocalRecipe(3, 1).start()) {
            var masters = Set.of(
                    cluster.server(0).address(),
                    cluster.server(1).address(),
                    cluster.server(2).address());
            try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
                deck.adopt(new Adoption(
                        "carts", cluster.server(0).address(), "", Optional.empty(), Access.DIRECT, List.of()));
                assertEquals(masters, new UpkeepFile(home, "carts").now().masters());
            }
            new UpkeepFile(home, "carts").keep(Upkeep.NONE); // as an earlier Clusterdeck left it
            try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
                var carts = deck.open("carts");
                carts.watch();
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> carts.upkeep().masters().equals(masters));
                // a state that is told while its deck is being closed
                var state = carts.watch().now();
                var late = new UpkeepFile(home, "carts");
                late.keep(Upkeep.NONE);
                late.close();
                late.plan(state);
                assertEquals(Upkeep.NONE, new UpkeepFile(home, "carts").now());
                new UpkeepFile(home, "carts").plan(state);
                assertEquals(masters, new UpkeepFile(home, "carts").now().masters());
            }
        }
    }
}
