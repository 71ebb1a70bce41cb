package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.redis.hosts.Cable.Port;
import io.clusterdeck.redis.hosts.Cable.State;
import io.clusterdeck.redis.hosts.Cables;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.safety.Safety.Answer;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only real hosts can tell: the cables between them, with a firewall one way; what runs on them; whether one may be away. */
@Tag("lab")
@Timeout(300)
class CablesLabTest {
    @TempDir
    static Path ours;

    private static Lab lab;
    private static HandMade made;
    private static DeckApp deck;
    private static OpenCluster cluster;

    @BeforeAll
    static void begin() throws Exception {
        System.setProperty("clusterdeck.ssh", ours.resolve("ssh").toString());
        lab = Lab.bare(3);
        made = new HandMade(lab, ours, Unattended.TRUSTING, "pass");
        deck = DeckApp.open(Home.at(ours.resolve("home")), Unattended.TRUSTING);
        deck.adopt(new Adoption(
                "carts",
                made.nodes.getFirst(),
                "",
                Optional.of(Secret.of("pass")),
                Access.THROUGH_HOSTS,
                lab.hosts().stream().map(h -> lab.spec(h, "ops")).toList()));
        cluster = deck.open("carts");
        HandMade.until(() -> cluster.watch().now().nodes().size() == 6
                && cluster.watch().now().nodes().values().stream()
                        .allMatch(n -> n.answers() && n.host().isPresent()));
        HandMade.until(() -> !cluster.upkeep().masters().isEmpty());
    }

    @AfterAll
    static void end() {
        deck.close();
        made.close();
        System.clearProperty("clusterdeck.ssh");
    }

    private static HostName host(int n) {
        return new HostName(lab.hosts().get(n));
    }

    private static State state(Cables cables, int from, int to, Port port) {
        return cables.cell(host(from), host(to), port).orElseThrow().state();
    }

    private static List<String> keys(Cables cables) {
        return cables.troubles().stream().map(Say::key).toList();
    }

    @Test
    void aFirewallOneWayOnTheBusPortIsFound() throws Exception {
        var well = cluster.cables().look();
        assertTrue(well.open() && well.troubles().isEmpty(), well.troubles().toString());
        assertEquals(24, well.tried().size(), "six nodes, two ports each, from two other hosts");
        assertTrue(
                well.tried().stream().allMatch(c -> c.micros().isPresent()),
                well.tried().toString());
        assertEquals(4, well.heard(host(0), host(1)).orElseThrow().of());

        lab.cut(lab.hosts().get(1), "in", "--port", "19000", "--to", lab.hosts().get(0));
        try {
            var cut = cluster.cables().look();
            assertEquals(State.FILTERED, state(cut, 0, 1, Port.BUS));
            assertEquals(State.OPEN, state(cut, 0, 1, Port.CLIENT));
            assertEquals(State.OPEN, state(cut, 1, 0, Port.BUS));
            assertEquals(List.of("hosts.cables.filtered.one-way"), keys(cut));
            assertEquals(List.of(19000), cut.troubles().getFirst().args().get("ports"));
        } finally {
            lab.heal(lab.hosts().get(1));
        }
    }

    @Test
    void theLookAtAHostFindsItsServersAndStrangers() throws Exception {
        var where = HandMade.FOLDER;
        lab.execAs(
                "ops",
                lab.hosts().get(0),
                "sh",
                "-c",
                "cd '" + where + "' && ./redis-server --port 7777 --daemonize yes --dir /tmp --save ''");
        try {
            HandMade.until(
                    () -> cluster.hosts().look(host(0)).servers().stream().anyMatch(s -> s.serves(7777)));
            var machine = cluster.hosts().look(host(0));
            assertEquals(3, machine.servers().size(), machine.servers().toString());
            assertTrue(machine.servers().stream().anyMatch(s -> s.serves(9000) && s.serves(19000)));
            assertTrue(machine.servers().stream().allMatch(s -> s.user().equals("ops") && !s.survivesReboot()));
        } finally {
            lab.execAs(
                    "ops",
                    lab.hosts().get(0),
                    "sh",
                    "-c",
                    "kill $(ls -l /proc/[0-9]*/cwd 2>/dev/null | sed -n 's|^.*/proc/\\([0-9]*\\)/cwd -> /tmp$|\\1|p')");
        }
    }

    @Test
    void aHostMayBeAwayOnceItsMasterHandedOver() throws Exception {
        var name = lab.hosts().get(2);
        assertEquals(Answer.NO, cluster.safety().host(name).answer());
        var ready = io.clusterdeck.redis.nodes.Operated.ready(cluster.safety().clearHost(name));
        var ended = deck.runs().start(ready.plan()).await().ended().orElseThrow();
        assertEquals(io.clusterdeck.plan.RunEvent.Outcome.DONE, ended.outcome());
        HandMade.until(() -> cluster.safety().host(name).answer() == Answer.YES);
        HandMade.until(() ->
                cluster.watch().now().health().stream().anyMatch(f -> f.rule().equals("masters-moved")));
        var back = io.clusterdeck.redis.nodes.Operated.ready(cluster.failover().handBack(cluster.upkeep()));
        assertEquals(
                io.clusterdeck.plan.RunEvent.Outcome.DONE,
                deck.runs().start(back.plan()).await().ended().orElseThrow().outcome());
    }
}
