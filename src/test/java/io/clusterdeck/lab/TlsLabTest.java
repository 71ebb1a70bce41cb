package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts with two nodes each that speak TLS only and want a certificate of whoever comes: built over SSH, operated through the hosts, and adopted from one address. */
@Tag("lab")
@Timeout(300)
class TlsLabTest {

    private static final String FILES = " --tls --cacert /home/ops/redis-cluster/tls/ca.crt"
            + " --cert /home/ops/redis-cluster/tls/node.pem --key /home/ops/redis-cluster/tls/node.pem -h ";

    @TempDir
    Path folder;

    private final Lab lab = Lab.bare(3);

    private OpenCluster built(Deck deck) throws Exception {
        var hosts = lab.hosts().stream()
                .limit(3)
                .map(h -> "  - {name: %s, ssh: %s, user: ops, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        Operating.ran(deck, deck.build(Building.read("""
            name: sealed
            hosts:
            %s
            redis: {source: packaged}
            config: {cluster-node-timeout: 5000}
            tls: {clients: yes}
            """.formatted(hosts))));
        return answered(deck.open("sealed"));
    }

    private static OpenCluster answered(OpenCluster cluster) {
        HandMade.until(() -> {
            var seen = cluster.watch().now().nodes().values();
            return seen.size() == 6 && seen.stream().allMatch(Node::answers);
        });
        return cluster;
    }

    private static Node of(OpenCluster cluster, boolean master) {
        return cluster.watch().now().nodes().values().stream()
                .filter(n -> n.isMaster() == master)
                .min(Comparator.comparing(n -> n.address().toString()))
                .orElseThrow();
    }

    @Test
    void builtOperatedAdoptedAndRefusedToStrangers() throws Exception {
        System.setProperty("clusterdeck.ssh", folder.resolve("ssh").toString());
        var home = folder.resolve("home");
        Tls ours;
        NodeAddress seed;
        String password;
        var listening = Listening.here();
        try (var other = new ServerSocket(0)) {
            assertTrue(Listening.here().contains(other.getLocalPort()), "it would be seen");
        }
        try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
            var cluster = built(deck);
            ours = cluster.spec().tls().orElseThrow();
            seed = cluster.spec().seeds().getFirst();
            password = lab.exec("h1", "sed", "-n", "s/^requirepass //p", "/home/ops/redis-cluster/9000/redis.conf")
                    .strip();
            assertEquals(Access.THROUGH_HOSTS, cluster.spec().access());

            var replica = of(cluster, false);
            Operating.ran(deck, cluster.failover().failover(replica.id(), How.GRACEFUL));
            Operating.sees(cluster, replica.id(), true);
            Operating.ran(deck, cluster.nodes().kill(replica.id(), new Signal.Kill()));
            Operating.ran(deck, cluster.nodes().start(replica.id()));
            Operating.sees(cluster, replica.id(), false);
            Operating.ran(deck, cluster.nodes().restart(of(cluster, true).id()));
            Operating.ran(deck, cluster.aof().check(replica.id()));

            var typed =
                    new ByHand(cluster.spec()).redis(replica.host().orElseThrow(), replica.address(), List.of("PING"));
            assertTrue(typed.contains(FILES), typed);
            var key = Files.getPosixFilePermissions(Path.of(ours.authority()).resolveSibling("ca.key"));
            assertEquals("rw-------", PosixFilePermissions.toString(key));
            assertEquals(List.of("ca.key", "client.key"), holding(home, "PRIVATE KEY"));
            assertEquals(listening, Listening.here(), "no port for others to come in by");
        }
        strangersSignature(ours, seed, password);
        adopted(ours, seed, password);
        passedOn(ours, seed, password);
    }

    /** Through hosts whose sshd forbids forwarding. */
    private void passedOn(Tls ours, NodeAddress seed, String password) throws Exception {
        var hosts = lab.hosts().stream()
                .limit(3)
                .map(h -> lab.spec(h, "ops"))
                .map(h -> new HostSpec(h.name(), h.address(), 2202, h.user(), h.keys(), null, false))
                .toList();
        try (var deck = DeckApp.open(Home.at(folder.resolve("fourth")), Unattended.TRUSTING)) {
            deck.adopt(new Adoption(
                    "found",
                    seed,
                    "",
                    Optional.of(Secret.of(password)),
                    Access.THROUGH_HOSTS,
                    hosts,
                    Optional.of(ours),
                    Optional.empty()));
            var cluster = answered(deck.open("found"));
            HandMade.until(() -> cluster.spec().sites().size() == 6);
            Operating.ran(deck, cluster.nodes().restart(of(cluster, false).id()));
            for (var host : hosts) {
                assertTrue(cluster.hosts().look(host.name()).forbidsForwarding(), host.toString());
            }
        }
        HandMade.until(() -> lab.processes().stream()
                .noneMatch(p -> String.join(" ", p.argv()).contains("/dev/tcp")));
    }

    /** A cluster that somebody made, from the address of one node and two files. */
    private void adopted(Tls ours, NodeAddress seed, String password) throws Exception {
        try (var deck = DeckApp.open(Home.at(folder.resolve("other")), Unattended.TRUSTING)) {
            deck.adopt(wish(seed, password, ours));
            var cluster = answered(deck.open("found"));
            HandMade.until(() -> cluster.spec().sites().size() == 6);
            assertTrue(
                    cluster.spec().sites().stream()
                            .allMatch(s -> s.tls()
                                    .filter(t -> t.key().endsWith("/tls/node.pem"))
                                    .isPresent()),
                    cluster.spec()::toString);
            Operating.ran(deck, cluster.nodes().restart(of(cluster, false).id()));
        }
    }

    /** The nodes are there, and are not taken for those that are meant. */
    private void strangersSignature(Tls ours, NodeAddress seed, String password) throws Exception {
        var ca = Files.writeString(
                folder.resolve("stranger.crt"),
                Authority.make("sealed", Instant.now()).text());
        try (var deck = DeckApp.open(Home.at(folder.resolve("third")), Unattended.TRUSTING)) {
            var other = new Tls(ca.toString(), ours.certificate(), ours.key());
            var refused = assertThrows(Failure.class, () -> deck.adopt(wish(seed, password, other)));
            assertEquals("deck.adopt.refused", refused.what().key());
            assertTrue(
                    refused.what().toString().contains("tls.stranger"),
                    refused.what().toString());
        }
    }

    private Adoption wish(NodeAddress seed, String password, Tls tls) {
        return new Adoption(
                "found",
                seed,
                "",
                Optional.of(Secret.of(password)),
                Access.DIRECT,
                List.of(lab.spec("h1", "ops")),
                Optional.of(tls),
                Optional.empty());
    }

    private static List<String> holding(Path home, String text) throws Exception {
        return Tree.below(home).stream()
                .filter(Files::isRegularFile)
                .filter(f -> !f.toString().contains("/shelf/"))
                .filter(f -> read(f).contains(text))
                .map(f -> f.getFileName().toString())
                .sorted()
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (java.nio.file.NoSuchFileException renamed) {
            return "";
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
