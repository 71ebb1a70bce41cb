package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.PlanJson;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.redis.build.BuildPlanner;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.runs.RunsModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of the wizard: its plan is the one of {@code apply}, and its draft is kept. */
@Tag("window")
class WizardPlanTest extends AtTheWizard {
    private static final String EVERYTHING = """
        name: everything
        production: yes
        hosts:
          - {name: a, ssh: ops@10.0.0.1:2222, auth: [/home/me/key, keys], bind: [10.1.0.1, 127.0.0.1], announce: 203.0.113.1}
          - {name: b, ssh: 10.0.0.2, user: root, jump: a, sudo: no, labels: {rack: r1, zone: z}}
          - {name: c, ssh: 10.0.0.3, auth: [password]}
        redis: {version: 6.2.99, source: upload, file: /tmp/r.tar.gz, sha256: %s, build: each, malloc: libc}
        layout: {root: /srv/r, data: d, ports: [7000, 7005, 7001], masters: 3, replicas: 1, user: redis}
        config:
          maxmemory: 2gb
          save: ["900 1", "300 10"]
          cluster-node-timeout: 5000
          appendonly: no
          user: ["ops on #%s ~* +@all", "x off"]
          client-output-buffer-limit: ["normal 0 0 0", "pubsub 1mb 1mb 60"]
          maxmemory-policy: allkeys-lru
        access: direct
        password: file:/tmp/secret
        tls: {certificates: hosts, ca: /c, certificate: /n, key: /k, trust: /t, clients: yes, client-certificate: /o, client-key: /p}
        placement:
          - [a:7000, b:7000]
          - [b:7005, c:7000]
          - [c:7005, a:7001]
        cure: yes
        """.formatted("a".repeat(64), "b".repeat(64));

    static Stream<String> blueprints() throws IOException {
        try (var files = Files.list(Path.of("docs/examples"))) {
            var texts = files.filter(f -> f.toString().endsWith(".yaml"))
                    .sorted()
                    .map(WizardPlanTest::text)
                    .toList();
            assertTrue(texts.size() >= 3);
            return Stream.concat(texts.stream(), Stream.of(EVERYTHING));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /** The same JSON, with the same hash, from the same facts: what apply would run and what the wizard shows. */
    @ParameterizedTest
    @MethodSource("blueprints")
    void theWizardAndApplyPlanTheSame(String text) {
        var read = assertInstanceOf(Reading.Good.class, BlueprintReader.read("test", text));
        Stagehand.fx(() -> wizard.open(read));
        var opened = Stagehand.onFx(() -> wizard.blueprint().orElseThrow());
        assertEquals(read.blueprint(), opened);
        assertEquals(json(read.blueprint()), json(opened));

        var resumed = Stagehand.onFx(() -> {
            var other = drafts.begin();
            var model = drafts.open(other).orElseThrow();
            model.resume(wizard.draft());
            return model.blueprint().orElseThrow();
        });
        assertEquals(json(read.blueprint()), json(resumed));
        var written = assertInstanceOf(
                Reading.Good.class, BlueprintReader.read("saved", Stagehand.onFx(() -> wizard.text())));
        assertEquals(json(read.blueprint()), json(written.blueprint()));
    }

    private static String json(Blueprint blueprint) {
        var facts = new LinkedHashMap<HostName, HostFacts>();
        blueprint.hosts().forEach(h -> facts.put(h.name(), SampleFacts.of(h.name(), SampleFacts.UBUNTU)));
        var plan =
                BuildPlanner.plan(new PlanId("p"), blueprint, facts, "0".repeat(32), Path.of("shelf"), Path.of("tls"));
        return PlanJson.write(plan.plan()).toPrettyString();
    }

    @Test
    void aDraftIsKeptTakenUpAgainAndDeleted() throws Exception {
        var id = wizard.id();
        Stagehand.fx(() -> {
            wizard.hosts.name.set("carts");
            wizard.conf.from.set(ConfModel.From.ASK);
            wizard.conf.typed.set("s3cret");
            wizard.placeProperty().set(Place.CONFIGURATION);
        });
        drafts.settle();
        var kept = deck.drafting.drafts.get(id);
        assertFalse(kept.tree().toString().contains("s3cret"));
        assertEquals(Secret.of("s3cret"), deck.drafting.passwords.get(id));

        var later = Stagehand.onFx(() -> new DraftsModel(deck, new RunsModel(deck.runs()), List::of));
        await().until(() -> Stagehand.onFx(() -> !later.linesProperty().get().isEmpty()));
        assertEquals(
                List.of(new DraftsModel.Line(id, "carts")),
                Stagehand.onFx(() -> later.linesProperty().get()));
        var again = Stagehand.onFx(() -> later.open(id).orElseThrow());
        assertEquals(
                Place.CONFIGURATION, Stagehand.onFx(() -> again.placeProperty().get()));
        await().until(() -> Stagehand.onFx(() -> again.conf.typed.get().equals("s3cret")));
        Stagehand.fx(() -> later.delete(id));
        later.settle();
        assertEquals(Map.of(), deck.drafting.drafts);
        assertEquals(Map.of(), deck.drafting.passwords);
    }

    @Test
    void thePlanIsDroppedWhenTheDraftChanges() {
        hosts("10.0.0.[1-3]");
        Stagehand.fx(() -> {
            wizard.hosts.name.set("carts");
            wizard.placeProperty().set(Place.REVIEW);
        });
        await().until(() -> Stagehand.onFx(() -> wizard.review.planned().isPresent()));
        var blueprint = Stagehand.onFx(() -> wizard.blueprint().orElseThrow());
        assertEquals(
                json(blueprint),
                json(Stagehand.onFx(() -> ((ReviewModel.Review.Planned)
                                wizard.review.stateProperty().get())
                        .of())));
        Stagehand.fx(() -> wizard.layout.ports.set("7000"));
        assertTrue(Stagehand.onFx(() -> wizard.review.planned().isEmpty()));
    }
}
