package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
                var first = new CompletableFuture<Set<NodeAddress>>();
                try (var watching = carts.watch().each(state -> {
                    if (state.owners().covered() == SlotRange.SLOTS
                            && state.nodes().size() == 6
                            && state.nodes().values().stream().allMatch(n -> n.answers())) {
                        first.complete(carts.upkeep().masters());
                    }
                })) {
                    assertEquals(masters, first.get(1, TimeUnit.MINUTES));
                }
            }
        }
    }
}
