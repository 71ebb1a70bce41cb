package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Six nodes on three hosts, each announced under an address that is no host's: adopted through one host, then with the others named. */
@Tag("lab")
@Timeout(300)
class TranslatedLabTest {
    private static final List<Integer> PORTS = List.of(7000, 7001);
    /** From what is announced to what is listened on. */
    private static final int SHIFT = 10_000;

    @TempDir
    static Path ours;

    private static Lab lab;

    @TempDir
    Path home;

    @BeforeAll
    static void hosts() throws Exception {
        System.setProperty("clusterdeck.ssh", ours.resolve("ssh").toString());
        lab = Lab.bare(3);
        for (var host : three()) {
            Kind.server(lab, Unattended.TRUSTING, host, ours.resolve(host), "/srv/redis-server");
            translate(host);
            for (int port : PORTS) {
                started(host, port);
            }
        }
        join();
    }

    @AfterAll
    static void end() {
        System.clearProperty("clusterdeck.ssh");
    }

    private static List<String> three() {
        return lab.hosts().subList(0, 3);
    }

    private static String announced(String host) {
        return "203.0.113." + host.substring(1);
    }

    /** What a router would do: who asks for an announced address is led to its host. */
    private static void translate(String host) {
        var rules = new StringBuilder("ip route add 203.0.113.0/24 dev eth0; nft add table ip lab;"
                + "nft 'add chain ip lab out { type nat hook output priority -100; }';");
        for (var to : three()) {
            for (int port : PORTS) {
                for (int p : List.of(port, port + 10_000)) {
                    rules.append("nft add rule ip lab out ip daddr %s tcp dport %d dnat to %s:%d;"
                            .formatted(announced(to), p + SHIFT, lab.address(to), p));
                }
            }
        }
        lab.exec(host, "sh", "-ec", rules.toString());
    }

    private static void started(String host, int port) {
        var folder = "/srv/" + port;
        Kind.put(
                lab,
                host,
                """
            protected-mode no
            port %d
            dir %s/data
            logfile %s/redis.log
            daemonize yes
            appendonly yes
            cluster-enabled yes
            cluster-node-timeout 3000
            cluster-announce-ip %s
            cluster-announce-port %d
            cluster-announce-bus-port %d
            """.formatted(port, folder, folder, announced(host), port + SHIFT, port + 10_000 + SHIFT),
                folder + "/redis.conf");
        lab.exec(host, "sh", "-ec", "mkdir " + folder + "/data; /srv/redis-server " + folder + "/redis.conf");
    }

    private static void join() throws Exception {
        for (int i = 0; i < 3; i++) {
            for (int port : PORTS) {
                says(
                        three().get(0),
                        7000,
                        "CLUSTER",
                        "MEET",
                        announced(three().get(i)),
                        port + SHIFT + "",
                        port + 10_000 + SHIFT + "");
            }
            var slots = IntStream.range(SlotRange.SLOTS * i / 3, SlotRange.SLOTS * (i + 1) / 3)
                    .mapToObj(Integer::toString);
            says(
                    three().get(i),
                    7000,
                    Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
        }
        for (int i = 0; i < 3; i++) {
            var master = says(three().get((i + 1) % 3), 7000, "CLUSTER", "MYID");
            var replica = three().get(i);
            HandMade.until(() -> says(replica, 7001, "CLUSTER", "NODES").contains(master));
            says(replica, 7001, "CLUSTER", "REPLICATE", master);
        }
        for (var host : three()) {
            HandMade.until(() -> says(host, 7001, "INFO", "replication").contains("master_link_status:up")
                    && says(host, 7000, "CLUSTER", "INFO").contains("cluster_state:ok"));
        }
    }

    /** Past the program, and past the translation. */
    private static String says(String host, int port, String... command) throws Exception {
        try (var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
                var link = links.act(new NodeAddress(lab.address(host), port))) {
            var reply = link.call(command);
            if (reply instanceof Reply.Refused) {
                throw new AssertionError(host + ":" + port + " " + reply);
            }
            return reply.text();
        }
    }

    @Test
    void watchedThroughOneHostAndOperatedOnceAllAreNamed() throws Exception {
        try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
            deck.adopt(new Adoption(
                    "far",
                    new NodeAddress("127.0.0.1", 7000),
                    "",
                    Optional.empty(),
                    Access.THROUGH_HOSTS,
                    List.of(lab.spec("h1", "ops"))));
            var far = deck.open("far");
            HandMade.until(() -> nodes(far).stream().filter(Node::answers).count() == 6);
            assertEquals(2, far.spec().sites().size());
            var replica = at(far, "h2", 7001);
            Operating.ran(deck, far.failover().failover(replica, How.GRACEFUL));
            var refused = assertInstanceOf(Offer.Refused.class, far.nodes().kill(replica, new Signal.Kill()));
            assertEquals("nodes.host-guessed", refused.why().key());
            HandMade.until(() -> far.unmatched(far.watch().now().nodes().get(replica))
                    .map(Failure::what)
                    .filter(w -> w.key().equals("nodes.host-guessed"))
                    .isPresent());

            far.signIn(lab.spec("h2", "ops"));
            far.signIn(lab.spec("h3", "ops"));
            HandMade.until(
                    () -> nodes(far).stream().allMatch(n -> far.unmatched(n).isEmpty()));
            Operating.ran(deck, far.nodes().kill(replica, new Signal.Kill()));
            Operating.ran(deck, far.nodes().start(replica));
            HandMade.until(() -> far.watch().now().nodes().get(replica).answers());
            Operating.ran(deck, far.nodes().stop(replica));
            HandMade.until(() -> !far.watch().now().nodes().get(replica).answers());
            Operating.ran(deck, far.nodes().start(replica));
            HandMade.until(() -> far.watch().now().nodes().get(replica).answers());
            Operating.ran(deck, far.nodes().restart(at(far, "h3", 7000)));
            Operating.ran(deck, far.aof().check(replica));
            Operating.ran(deck, far.config().set(List.of(replica), "slowlog-max-len", "99"));
            try (var log = far.log(replica, 5, line -> {})) {
                assertTrue(log.alive());
            }
        }
    }

    private static List<Node> nodes(OpenCluster cluster) {
        return List.copyOf(cluster.watch().now().nodes().values());
    }

    private static NodeId at(OpenCluster cluster, String host, int port) {
        return nodes(cluster).stream()
                .filter(n -> n.address().host().equals(announced(host))
                        && n.address().port() == port + SHIFT)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
