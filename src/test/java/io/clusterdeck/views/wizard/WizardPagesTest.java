package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The wizard's pages without a window: what goes in comes out, and what is missing is said. */
@Tag("window")
class WizardPagesTest extends AtTheWizard {
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
        await("its host is gone").until(() -> !Stagehand.onFx(() -> wizard.layout.placedByHand()));
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
