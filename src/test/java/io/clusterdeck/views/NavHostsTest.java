package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.shell.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The hosts at the left: one entry for a machine, however many clusters have nodes on it. */
@Tag("window")
class NavHostsTest {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

    private int tick = 12;

    @Test
    void aMachineOfTwoClustersIsAsWellAsTheWorstOfBoth() {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 1440, 900, 1);
        try {
            await().until(() -> glyph(desk, "h1") == Glyph.Kind.OK);
            desk.deck()
                    .show(
                            "sessions",
                            new Sample("sessions")
                                    .master(7000, 1, new SlotRange(0, 16_383), 1, 1, 1)
                                    .contact(7000, new Contact.Silent(Instant.EPOCH))
                                    .state());
            await().until(() -> glyph(desk, "h1") == Glyph.Kind.WARN);
            Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Host("sessions", "h1")));
            assertEquals(
                    true,
                    Stagehand.onFx(() -> desk.scene()
                            .lookup("#nav-host-h1")
                            .getPseudoClassStates()
                            .contains(ON)));
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    /** One through which others are reached is as well as the way to it. */
    @Test
    void aMachineWithoutNodesIsAsWellAsTheWayToIt() {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 1440, 900, 1);
        try {
            var way = new HostName("bastion");
            var jump = new HostSpec(way, "10.20.0.2", 22, "ops", List.of(), null, false);
            var spec = Samples.spec("inside", false, 1, 9000);
            var hosts = new ArrayList<>(spec.hosts());
            hosts.add(jump);
            var cluster = Stagehand.onFx(
                    () -> desk.deck().add(spec.withHosts(hosts), Sample.orders().state()));
            cluster.unseen.put(way, Optional.empty());
            await().until(() -> shown(desk, cluster) == Glyph.Kind.UNKNOWN);
            cluster.unseen.put(way, lost(way));
            await().until(() -> shown(desk, cluster) == Glyph.Kind.GONE);
            cluster.unseen.clear();
            await().until(() -> shown(desk, cluster) == Glyph.Kind.OK);
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    /** Each cluster signs in its own way: what one can't reach, another may. */
    @Test
    void aMachineOfTwoClustersIsAsWellAsBothReachIt() {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 1440, 900, 1);
        try {
            var way = new HostName("bastion");
            var clusters = new ArrayList<SampleDeck.Cluster>();
            for (var name : List.of("inside", "outside")) {
                var spec = Samples.spec(name, false, 1, 9000);
                var hosts = new ArrayList<>(spec.hosts());
                hosts.add(new HostSpec(way, "10.20.0.2", 22, "ops", List.of(), null, false));
                clusters.add(Stagehand.onFx(() ->
                        desk.deck().add(spec.withHosts(hosts), Sample.orders().state())));
            }
            await().until(() ->
                    Stagehand.onFx(() -> desk.model().open().keySet().containsAll(List.of("inside", "outside"))));
            clusters.getLast().unseen.put(way, lost(way));
            await().until(() -> shown(desk, clusters.getFirst()) == Glyph.Kind.WARN);
            clusters.getFirst().unseen.put(way, lost(way));
            await().until(() -> shown(desk, clusters.getFirst()) == Glyph.Kind.GONE);
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    /** Its servers answer over the network, but nothing can be done to them. */
    @Test
    void aMachineThatIsNotSignedInToIsNotAllWell() {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 1440, 900, 1);
        try {
            assertEquals(Glyph.Kind.OK, glyph(desk, "h2"));
            var h2 = new HostName("h2");
            var cluster = (SampleDeck.Cluster) desk.live().cluster();
            cluster.unseen.put(h2, lost(h2));
            Stagehand.fx(() -> cluster.show(Samples.healthy()));
            await().until(() -> glyph(desk, "h2") == Glyph.Kind.WARN);
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    private static Optional<Failure> lost(HostName host) {
        return Optional.of(new Unreachable(Say.of("ssh.lost", "host", host), Say.of("ssh.lost.next", "host", host)));
    }

    private Glyph.Kind shown(DeskPicturesTest.Desk desk, SampleDeck.Cluster cluster) {
        Stagehand.fx(() -> cluster.show(Sample.orders().epoch(++tick).state()));
        return glyph(desk, "bastion");
    }

    private static Glyph.Kind glyph(DeskPicturesTest.Desk desk, String host) {
        return Stagehand.onFx(() -> {
            desk.scene().getRoot().applyCss();
            return ((Glyph) desk.scene().lookup("#nav-host-" + host + " .glyph")).kind();
        });
    }
}
