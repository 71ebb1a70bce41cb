package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.PlanJson;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.redis.build.BuildPlanner;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wizard's pages without a window: what goes in comes out, what is missing is said, and the plan is the one of {@code apply}. */
@Tag("window")
class WizardTest {
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

    private final SampleDeck deck = new SampleDeck();
    private WizardModel wizard;
    private DraftsModel drafts;

    @BeforeEach
    void begin() {
        for (int i = 1; i <= 6; i++) {
            deck.drafting.facts.put("10.0.0." + i, SampleFacts.UBUNTU);
        }
        drafts = Stagehand.onFx(() -> new DraftsModel(deck, new RunsModel(deck.runs()), () -> List.of("orders")));
        wizard = Stagehand.onFx(() -> drafts.open(drafts.begin()).orElseThrow());
    }

    static Stream<String> blueprints() throws IOException {
        try (var files = Files.list(Path.of("docs/examples"))) {
            var texts = files.filter(f -> f.toString().endsWith(".yaml"))
                    .sorted()
                    .map(WizardTest::text)
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

    private void hosts(String text) {
        Stagehand.fx(() -> {
            wizard.hosts.entry.set(text);
            wizard.hosts.add();
        });
        await().until(() ->
                Stagehand.onFx(() -> wizard.hosts.rows.stream().noneMatch(r -> r.seen.get() instanceof Seen.Looking)));
    }

    private List<String> missing(Place place) {
        return Stagehand.onFx(() -> wizard.problems(place).stream()
                .map(p -> p.field() + " " + p.what().key())
                .toList());
    }

    private Place next() {
        return Stagehand.onFx(() -> {
            wizard.next();
            return wizard.placeProperty().get();
        });
    }

    @Test
    void hostsAreAddedCheckedAndCured() {
        assertEquals(Place.HOSTS, next());
        assertEquals(List.of("name wizard.missing.name", "hosts wizard.missing.hosts"), missing(Place.HOSTS));
        Stagehand.fx(() -> {
            wizard.hosts.user.set("ops");
            wizard.hosts.name.set("orders");
        });
        hosts("10.0.0.[1-2], root@10.0.0.9, 10.0.0.[5-2]");
        assertEquals(
                List.of("ops", "ops", "root"),
                Stagehand.onFx(
                        () -> wizard.hosts.rows.stream().map(r -> r.user.get()).toList()));
        assertEquals(1, Stagehand.onFx(() -> wizard.hosts.mistakes.get().size()), "the bad range is said");
        assertEquals(List.of("name wizard.name.taken", "hosts[2].seen wizard.hosts.unreached"), missing(Place.HOSTS));

        deck.drafting.facts.put("10.0.0.9", SampleFacts.poor());
        Stagehand.fx(() -> {
            wizard.hosts.name.set("carts");
            wizard.hosts.look(wizard.hosts.rows.get(2));
        });
        await().until(() -> missing(Place.HOSTS).isEmpty());
        Stagehand.fx(() -> wizard.hosts.rows.getFirst().port.set("eighty"));
        assertEquals(List.of("hosts[0].port build.yaml.not-a-number"), missing(Place.HOSTS));
        Stagehand.fx(() -> wizard.hosts.rows.getFirst().port.set("22"));
        assertEquals(Place.REDIS, next());
    }

    @Test
    void aNewKeyIsAskedForAtItsHost() {
        deck.drafting.unknown.addAll(List.of("10.0.0.1", "10.0.0.2"));
        Stagehand.fx(() -> {
            wizard.hosts.entry.set("10.0.0.[1-3]");
            wizard.hosts.add();
        });
        await().until(() -> Stagehand.onFx(
                () -> wizard.hosts.rows.stream().filter(HostsModel::asksTrust).count() == 2));
        Stagehand.fx(() -> wizard.hosts.trustAll());
        await().until(() ->
                Stagehand.onFx(() -> wizard.hosts.rows.stream().allMatch(r -> r.seen.get() instanceof Seen.Found)));
    }

    @Test
    void whatWasEnteredForAnotherSourceComesBack() {
        Stagehand.fx(() -> {
            wizard.redis.kind.set(RedisModel.Kind.UPLOAD);
            wizard.redis.tarball.set("/tmp/mine.tar.gz");
            wizard.redis.version.set("6.2.99");
        });
        assertEquals(List.of("redis.sha256 wizard.missing.sha256"), missing(Place.REDIS));
        Stagehand.fx(() -> wizard.redis.kind.set(RedisModel.Kind.PACKAGED));
        assertEquals(List.of(), missing(Place.REDIS));
        var kept = Stagehand.onFx(() -> wizard.draft());
        var again = Stagehand.onFx(() -> {
            wizard.hosts.name.set("x");
            var model = drafts.open(drafts.begin()).orElseThrow();
            model.resume(kept);
            model.redis.kind.set(RedisModel.Kind.UPLOAD);
            return Map.of("file", model.redis.tarball.get(), "version", model.redis.version.get());
        });
        assertEquals(Map.of("file", "/tmp/mine.tar.gz", "version", "6.2.99"), again);
    }

    @Test
    void nodesAreMovedByHandAndRefusedBesideTheirMaster() {
        hosts("h1 10.0.0.1\nh2 10.0.0.2\nh3 10.0.0.3");
        var replica = new NodeName(new HostName("h2"), 9001);
        Stagehand.fx(() -> wizard.layout.move(replica, new HostName("h1"), false));
        assertEquals(
                "build.arrange.together",
                Stagehand.onFx(
                        () -> wizard.layout.refused.get().orElseThrow().why().key()));
        assertFalse(Stagehand.onFx(() -> wizard.layout.placedByHand()));
        Stagehand.fx(() -> wizard.layout.insist());
        assertEquals(3, on("h1"));
        Stagehand.fx(() -> wizard.hosts.rows.getFirst().name.set("first"));
        assertEquals(3, on("first"), "a renamed host keeps its nodes");
        Stagehand.fx(() -> wizard.layout.masters.set(4));
        assertFalse(Stagehand.onFx(() -> wizard.layout.placedByHand()));
        assertTrue(Stagehand.onFx(() -> wizard.layout.note.get().isPresent()), "that it was laid out anew is said");
        Stagehand.fx(() -> {
            wizard.layout.masters.set(3);
            wizard.layout.promote(new NodeName(new HostName("h2"), 9001));
            wizard.hosts.remove(wizard.hosts.rows.get(2));
        });
        assertFalse(Stagehand.onFx(() -> wizard.layout.placedByHand()), "its host is gone");
        Stagehand.fx(() -> wizard.layout.replicas.set(2));
        assertEquals(List.of("layout.replicas build.yaml.replicas-need-hosts"), missing(Place.LAYOUT));
    }

    private int on(String host) {
        return Stagehand.onFx(() ->
                wizard.layout.arrangement().orElseThrow().on(new HostName(host)).size());
    }

    @Test
    void directivesHaveOneTruth() {
        Stagehand.fx(() -> {
            wizard.conf.setOne("maxmemory", "lots");
            wizard.conf.setOne("cluster-node-timeout", "5 s");
            wizard.conf.more.set("port 7000\nmaxclients\nrepl-backlog-size 64mb");
            wizard.conf.root.set("relative/");
            wizard.conf.from.set(ConfModel.From.ASK);
        });
        var found = missing(Place.CONFIGURATION);
        assertTrue(
                found.containsAll(List.of(
                        "config.maxmemory wizard.conf.size",
                        "config.cluster-node-timeout wizard.conf.number",
                        "config.maxclients wizard.conf.no-value",
                        "config.port build.yaml.decided",
                        "layout.root build.yaml.bad-root",
                        "password.typed wizard.missing.password")),
                found.toString());
        Stagehand.fx(() -> {
            wizard.conf.more.set("repl-backlog-size 64mb");
            wizard.conf.setWrites(ConfModel.Writes.OFF);
        });
        assertEquals(
                List.of("maxmemory", "cluster-node-timeout", "repl-backlog-size", "appendonly"),
                Stagehand.onFx(() -> List.copyOf(wizard.conf.config.get().keySet())));
        Stagehand.fx(() -> wizard.conf.addUser("app", Secret.of("correct horse"), ConfModel.Rights.READ, true));
        var draft = Stagehand.onFx(() -> wizard.draft().toString());
        assertFalse(draft.contains("correct horse"), draft);
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

    /** Typed once for all hosts that are added; the draft that is kept does not hold it. */
    @Test
    void aPasswordTypedBeforehandAnswersItsHosts() {
        deck.drafting.passwordOf.put("10.0.0.1", "pl4nted");
        deck.drafting.passwordOf.put("10.0.0.2", "another");
        Stagehand.fx(() -> wizard.hosts.secret.set("pl4nted"));
        hosts("10.0.0.[1-2]");
        assertInstanceOf(
                Seen.Found.class,
                Stagehand.onFx(() -> wizard.hosts.rows.getFirst().seen.get()));
        assertInstanceOf(
                Seen.Failed.class,
                Stagehand.onFx(() -> wizard.hosts.rows.getLast().seen.get()));
        assertFalse(Stagehand.onFx(wizard::draft).toString().contains("pl4nted"));
    }
}
