package io.clusterdeck.deck;

import static io.clusterdeck.plan.Deeds.stage;
import static io.clusterdeck.plan.Deeds.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    /** Where, and what belongs there: it was written by hand. */
    @Test
    void whatDoesNotBelongThereIsNamedWithItsPlace() throws Exception {
        var home = Home.at(folder.resolve("home"));
        ClusterFiles.write(home, ClusterFiles.nothing("carts"));
        var file = home.of("carts").resolve("cluster.yaml");
        for (var wrong : List.of(
                List.of("name: carts\nseeds: [10.0.0.1:9000]\n", "line 2, column 9: seeds[1] is to be a map"),
                List.of("name: carts\nseeds: 7\n", "line 2, column 8: seeds is to be a list"),
                List.of(
                        "name: carts\nseeds:\n- {host: h, port: nine}\n",
                        "line 3, column 19: seeds[1].port is to be a number"),
                List.of(
                        "name: carts\nseeds: [{host: 10.0.0.1, port: many}]\n",
                        "line 2, column 32: seeds[1].port is to be a number"),
                List.of("name: carts\nhosts:\n- {name: h1}\n", "line 3, column 3: hosts[1].address is to be a text"))) {
            Files.writeString(file, wrong.getFirst());
            var said = Words.in(Locale.ENGLISH)
                    .say(assertThrows(Failure.class, () -> ClusterFiles.read(home, "carts"))
                            .what());
            assertTrue(said.contains(wrong.getLast()), said);
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
