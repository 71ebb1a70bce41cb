package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a cluster that is kept when plans are made and taken back around it. */
class DeckAppTest {

    private static final ClusterSpec CARTS = new ClusterSpec(
            "carts",
            true,
            false,
            List.of(),
            List.of(new NodeAddress("127.0.0.1", 1)),
            ClusterSpec.Access.DIRECT,
            "",
            List.of());

    @TempDir
    Path folder;

    private DeckApp deck;
    private Home home;

    @BeforeEach
    void open() throws Exception {
        home = Home.at(folder.resolve("home"));
        ClusterFiles.write(home, CARTS);
        deck = DeckApp.open(home, DemoTest.NOBODY);
    }

    @AfterEach
    void close() {
        deck.close();
    }

    @Test
    void aReadOnlyClusterIsNotBuiltOver() throws Exception {
        deck.open("carts").keep(CARTS.readOnly(true));
        var refused = assertInstanceOf(Offer.Refused.class, deck.build(local()));
        assertEquals("nodes.read-only", refused.why().key());
    }

    @Test
    @Tag("local")
    void aPlanThatNobodyStartsChangesNothingAndAProductionClusterAsksForItsName() throws Exception {
        var plan = deck.drafting().plan(local(), java.util.Optional.empty());
        assertEquals(CARTS, deck.open("carts").spec());
        assertEquals(CARTS, ClusterFiles.read(home, "carts").orElseThrow());
        assertEquals(
                "carts", assertInstanceOf(Consent.Type.class, plan.consent()).text());
    }

    @Test
    void oneThatIsTakenBackIsTheOneThatWasThere() throws Exception {
        var undo = deck.forget("carts");
        assertThrows(Failure.class, () -> deck.open("carts"));
        deck.destroy("carts", false); // as reading an old run of it does, this opens an empty one of its name
        undo.undo();
        assertEquals(CARTS.seeds(), deck.open("carts").spec().seeds());
    }

    private Blueprint local() throws Exception {
        var file = folder.resolve("carts.yaml");
        Files.writeString(file, """
                name: carts
                hosts: [{name: here, ssh: local}]
                redis: {version: 6.2.3}
                layout: {root: %s, ports: [9000, 9001, 9002], masters: 3, replicas: 0}
                """.formatted(folder.resolve("cluster")));
        return assertInstanceOf(BlueprintReader.Reading.Good.class, BlueprintReader.read(file))
                .blueprint();
    }
}
