package io.clusterdeck.deck;

import static io.clusterdeck.plan.Deeds.stage;
import static io.clusterdeck.plan.Deeds.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose file somebody edited by hand. */
class UnreadableClusterTest {

    @TempDir
    Path folder;

    /** It is not gone, not changed, and nothing is written over it. */
    @Test
    void aClusterWhoseFileCannotBeReadSaysSo() throws Exception {
        var home = Home.at(folder.resolve("home"));
        var kept = ClusterFiles.nothing("carts");
        ClusterFiles.write(home, kept);
        try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
            var open = deck.open("carts");
            var file = home.of("carts").resolve("cluster.yaml");
            for (var broken : List.of("name: carts\n\tread-only: true\n", "name: carts\nseeds: 7\n")) {
                Files.writeString(file, broken);
                assertEquals(
                        List.of("carts"),
                        deck.clusters().stream().map(ClusterSpec::name).toList());
                assertThrows(Failure.class, () -> deck.open("carts"));
                assertThrows(Failure.class, () -> deck.build(local()));
                assertThrows(Failure.class, () -> deck.forget("carts"));
                assertThrows(Failure.class, () -> open.keep(kept));
                assertEquals(broken, Files.readString(file));
                try (var another = DeckApp.open(home, Unattended.REFUSING)) {
                    assertEquals(1, another.clusters().size());
                    assertThrows(Failure.class, () -> another.open("carts"));
                    var plan = new Plan(
                            PlanId.now("restart-x"),
                            new ClusterRef("carts"),
                            Say.of("cli.as-is"),
                            List.of(stage("s", step("write", "s/1", "here", folder))),
                            List.of());
                    assertThrows(
                            Failure.class,
                            () -> another.runs()
                                    .start(new Offer.Ready(plan, new Consent.Plain(), List.of(), List.of())),
                            "it may be read-only");
                }
            }
        }
    }

    private Blueprint local() throws Exception {
        var file = Files.writeString(folder.resolve("carts.yaml"), """
                name: carts
                hosts: [{name: here, ssh: local}]
                redis: {version: 6.2.3}
                layout: {root: %s, ports: [9000, 9001, 9002], masters: 3, replicas: 0}
                """.formatted(folder.resolve("cluster")));
        return assertInstanceOf(BlueprintReader.Reading.Good.class, BlueprintReader.read(file))
                .blueprint();
    }
}
