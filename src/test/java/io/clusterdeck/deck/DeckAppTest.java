package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
        deck = DeckApp.open(home, Unattended.REFUSING);
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
        var plan = deck.drafting().plan(local(), Optional.empty());
        assertEquals(CARTS, deck.open("carts").spec());
        assertEquals(CARTS, ClusterFiles.read(home, "carts").orElseThrow());
        assertEquals(
                "carts", assertInstanceOf(Consent.Type.class, plan.consent()).text());
    }

    @Test
    void whatAnotherProcessWroteIsObeyedAndNotWrittenOver() throws Exception {
        var carts = deck.open("carts");
        ClusterFiles.write(home, CARTS.readOnly(true));
        Awaitility.await().until(() -> carts.spec().readOnly());

        ClusterFiles.write(home, CARTS.readOnly(true).production(false));
        var there = HostSpec.of("ops@10.0.0.1");
        carts.signIn(there);
        var kept = ClusterFiles.read(home, "carts").orElseThrow();
        assertEquals(List.of(there), kept.hosts());
        assertTrue(kept.readOnly());
        assertFalse(kept.production());

        home.forget("carts");
        carts.signIn(HostSpec.of("ops@10.0.0.2"));
        assertEquals(Optional.empty(), ClusterFiles.read(home, "carts"), "it does not come back");
    }

    /** A host that nodes have their files on, or that leads to another, is not lost by a slip. */
    @Test
    void aHostThatIsNeededIsNotLetGoOf() throws Exception {
        var carts = deck.open("carts");
        carts.signIn(HostSpec.parse("ops@10.0.0.1"));
        carts.signIn(HostSpec.parse("10.0.0.1,ops@10.0.0.2"));
        carts.signIn(HostSpec.parse("ops@10.0.0.3"));
        var there = new RemotePath("/srv/redis");
        carts.change(now -> now.with(
                NodeSite.of(new NodeAddress("10.0.0.2", 9000), new HostName("10.0.0.2"), there, there, there)));
        assertThrows(NotAllowed.class, () -> carts.signOut(new HostName("10.0.0.1")), "it leads to another");
        assertThrows(NotAllowed.class, () -> carts.signOut(new HostName("10.0.0.2")), "a node has its files there");
        carts.signOut(new HostName("10.0.0.3"));
        assertEquals(
                List.of("10.0.0.1", "10.0.0.2"),
                ClusterFiles.read(home, "carts").orElseThrow().hosts().stream()
                        .map(HostSpec::address)
                        .toList());
        assertTrue(home.audit("carts").last(50).stream()
                .anyMatch(e -> e.what().key().equals("deck.audit.sign-out")));
    }

    /** A look at a host that hangs may end long after nobody waits for it any more. */
    @Test
    void whatIsFoundOnceItIsClosedIsNotKept() throws Exception {
        var learn = ((Opened) deck.open("carts")).ops().learn();
        var there = new RemotePath("/srv/redis");
        var site = NodeSite.of(new NodeAddress("10.0.0.2", 9000), new HostName("10.0.0.2"), there, there, there);
        learn.accept(site);
        var kept = ClusterFiles.read(home, "carts");
        assertEquals(Optional.of(CARTS.with(site)), kept);
        deck.close();
        learn.accept(NodeSite.of(new NodeAddress("10.0.0.3", 9000), new HostName("10.0.0.3"), there, there, there));
        assertEquals(kept, ClusterFiles.read(home, "carts"));
    }

    /** Where its masters belong is no business of the next cluster of that name. */
    @Test
    void whatWasNotedOfAClusterGoesAndComesBackWithIt() throws Exception {
        var masters = Set.of(new NodeAddress("10.0.0.1", 9000));
        new UpkeepFile(home, "carts").keep(Upkeep.NONE.planned(masters));
        var forgotten = deck.forget("carts");
        assertEquals(Upkeep.NONE, new UpkeepFile(home, "carts").now());
        forgotten.undo();
        assertEquals(masters, new UpkeepFile(home, "carts").now().masters());
    }

    @Test
    void whatCannotBeWrittenInTheAuditIsNotBegun() throws Exception {
        Files.createDirectories(home.of("carts").resolve("audit.jsonl")); // nobody can write to that
        var plan = new Plan(PlanId.now("x"), new ClusterRef("carts"), Say.of("test.plan"), List.of(), List.of());
        assertThrows(Failure.class, () -> deck.runs().start(plan));
        assertEquals(List.of(), deck.runs().all());
    }

    @Test
    void runsOfOneClusterGoOnWhileThoseOfAnotherCannotBeRead() throws Exception {
        var plan = new Plan(PlanId.now("x"), new ClusterRef("carts"), Say.of("test.plan"), List.of(), List.of());
        deck.runs().start(plan).await();
        ClusterFiles.write(home, CARTS); // a plan without steps leaves nothing to keep
        Files.createDirectories(home.of("orders"));
        Files.writeString(home.runs("orders"), "a file where the folder was");
        for (var again : List.<Executable>of(
                () -> deck.runs().resume(plan.id()), () -> deck.runs().accept(plan.id()))) {
            assertEquals(
                    "plan.was-done", assertThrows(Failure.class, again).what().key());
        }
        var known = deck.runs().known();
        assertEquals(List.of(plan), known.states().stream().map(RunState::plan).toList());
        assertEquals(
                List.of("plan.unreadable"),
                known.unread().stream().map(u -> u.what().key()).toList());
    }

    @Test
    void twoHostsOfOneNameDoNotShareAPassword() throws Exception {
        var one = new HostSpec(new HostName("h1"), "10.0.0.1", 0, "ops", List.of(), null, true);
        var other = new HostSpec(new HostName("h1"), "10.9.0.1", 0, "ops", List.of(), null, true);
        var asked = new ArrayList<HostSpec>();
        var answers = new Answers(
                new Questions() {
                    @Override
                    public boolean trust(HostSpec host, String keyType, String fingerprint) {
                        return false;
                    }

                    @Override
                    public Optional<Secret> secret(Want want) {
                        asked.add(want.host());
                        return Optional.of(Secret.of(want.host().address()));
                    }

                    @Override
                    public Optional<Secret> password(String cluster, boolean again) {
                        return Optional.empty();
                    }
                },
                home.secrets());
        for (var host : List.of(one, other, one)) {
            var given = answers.secret(new Asker.Want(host, Asker.Kind.PASSWORD, "", false));
            assertEquals(host.address(), given.orElseThrow().reveal());
        }
        assertEquals(List.of(one, other), asked);
    }

    @Test
    void oneThatIsTakenBackIsTheOneThatWasThere() throws Exception {
        var undo = deck.forget("carts");
        assertThrows(Failure.class, () -> deck.open("carts"));
        deck.destroy("carts", false); // as reading an old run of it does, this opens an empty one of its name
        undo.undo();
        assertEquals(CARTS.seeds(), deck.open("carts").spec().seeds());
    }

    @Test
    void aNodeOfThisComputerIsGivenItsHostOnce() {
        var seen = new Layouts(1, 0).state();
        var address = seen.nodes().values().iterator().next().address().host();
        var known = new HostSpec(HostSpec.of(address).name(), "local", 0, null, List.of(), null, false);
        var complete = Adopting.complete(CARTS.withHosts(List.of(known)), seen, n -> true);
        assertEquals(List.of(known), complete.hosts(), "its address is another, its name is the same");
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

    private List<String> audited(String cluster) throws Exception {
        return home.audit(cluster).last(100).stream().map(e -> e.what().key()).toList();
    }

    /** Whoever takes a guard away has to answer for it. */
    @Test
    void theGuardsThemselvesAreInTheAudit() throws Exception {
        var carts = deck.open("carts");
        carts.keep(CARTS.readOnly(true));
        carts.keep(CARTS.readOnly(true)); // nothing is switched
        carts.keep(CARTS.production(false));
        carts.signIn(HostSpec.parse("gate,ops@10.0.0.1:2222"));
        carts.configWord(Secret.of("cfg"));
        deck.forget("carts").undo();
        deck.open("carts");
        assertEquals(
                List.of(
                        "deck.audit.read-only",
                        "deck.audit.production.off",
                        "deck.audit.read-only.off",
                        "deck.audit.sign-in",
                        "deck.audit.config-word",
                        "deck.audit.forgotten",
                        "deck.audit.remembered"),
                audited("carts"));
        assertEquals(
                "gate,ops@10.0.0.1:2222",
                home.audit("carts").last(100).get(3).what().args().get("how"));
    }

    @Test
    void aGuardIsNotTakenAwayWhereThatCannotBeWritten() throws Exception {
        var carts = deck.open("carts");
        carts.keep(CARTS.readOnly(true));
        Files.delete(home.of("carts").resolve("audit.jsonl"));
        Files.createDirectories(home.of("carts").resolve("audit.jsonl"));
        assertThrows(Failure.class, () -> carts.keep(CARTS.readOnly(false)));
        assertTrue(carts.spec().readOnly());
        assertTrue(ClusterFiles.read(home, "carts").orElseThrow().readOnly());
        assertThrows(Failure.class, () -> deck.forget("carts"));
        assertTrue(ClusterFiles.read(home, "carts").isPresent());
    }

    @Test
    void whoRemovesASnapshotIsInTheAudit() throws Exception {
        var entry = home.snapshots("carts").keep(Instant.now(), "hand", "{}");
        assertTrue(Files.exists(entry.file()));
        var removed = deck.archive().remove(deck.archive().of("carts").getFirst());
        deck.archive().restore(removed);
        assertEquals(List.of("deck.audit.snapshot-removed", "deck.audit.snapshot-restored"), audited("carts"));
    }
}
