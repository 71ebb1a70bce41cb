package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Findings of real hosts: what is wrong with them is found, and is gone when it is put right. All causes at once, since hosts are looked at now and then. */
@Tag("lab")
@Timeout(420)
class HostFindingsLabTest {
    private static final String PASSWORD = "found";
    private static final int SEVENTH = 9006;

    /** @param about the address of the node that it is about, or a word of it */
    private record Wrong(String rule, String about) {}

    @TempDir
    Path ours;

    private Lab lab;
    private HandMade made;
    private DeckApp deck;
    private OpenCluster open;

    @BeforeEach
    void adopt() throws Exception {
        System.setProperty("clusterdeck.ssh", ours.resolve("ssh").toString());
        lab = Lab.bare(4);
        made = new HandMade(lab, ours, Unattended.TRUSTING, PASSWORD);
        anotherRelease();
        deck = DeckApp.open(Home.at(ours.resolve("home")), Unattended.TRUSTING);
        var seed = new NodeAddress(lab.address("h1"), 9000);
        var hosts =
                lab.hosts().subList(0, 4).stream().map(h -> lab.spec(h, "ops")).toList();
        deck.adopt(new Adoption(
                "found", seed, "", Optional.of(Secret.of(PASSWORD)), Access.DIRECT, List.of(hosts.get(0))));
        open = deck.open("found");
        HandMade.until(
                () -> open.spec().hosts().size() == 4 && open.spec().sites().size() == 7);
    }

    @AfterEach
    void end() {
        lab.heal("h1");
        deck.close();
        made.close();
        System.clearProperty("clusterdeck.ssh");
    }

    private NodeAddress seventh() {
        return new NodeAddress(lab.address("h4"), SEVENTH);
    }

    /** Of the distribution, and its clock is wrong. */
    private void anotherRelease() {
        lab.exec("h4", "sh", "-c", "apt-get install -q -y --no-install-recommends redis-server");
        lab.skew("h4", 5);
        var start =
                "cd /tmp && LD_PRELOAD=/usr/lib/lab-skew.so redis-server --port %d --cluster-enabled yes --daemonize yes"
                        + " --cluster-node-timeout 3000 --appendonly yes --requirepass %s --masterauth %2$s --protected-mode no";
        lab.execAs("ops", "h4", "sh", "-c", start.formatted(SEVENTH, PASSWORD));
        HandMade.until(() -> made.says(made.nodes.getFirst(), "CLUSTER", "MEET", lab.address("h4"), "" + SEVENTH)
                .equals("OK"));
        HandMade.until(() -> made.says(seventh(), "CLUSTER", "INFO").contains("cluster_known_nodes:7"));
    }

    private Optional<Finding> found(Wrong wrong) {
        return open.watch().now().health().stream()
                .filter(f -> f.rule().equals(wrong.rule()))
                .filter(f -> f.node()
                        .flatMap(open.watch().now()::node)
                        .map(Node::address)
                        .map(NodeAddress::toString)
                        .map(wrong.about()::equals)
                        .orElseGet(() -> (f.title() + " " + f.why()).contains(wrong.about())))
                .findFirst();
    }

    private String told() {
        return open.watch().now().health().stream()
                .map(f -> f.rule() + " " + f.title() + f.why())
                .collect(Collectors.joining("\n"));
    }

    /** Waits until each is there, or none of them is; hosts are looked at at once, not only in a minute. */
    private void until(List<Wrong> all, boolean there) throws Failure {
        for (var host : open.spec().hosts()) {
            open.signIn(host);
        }
        for (var wrong : all) {
            Awaitility.await(wrong + (there ? " is found" : " is gone"))
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertEquals(there, found(wrong).isPresent(), this::told));
        }
    }

    private String at(int node) {
        return made.nodes.get(node).toString();
    }

    private String pid(NodeAddress node) {
        return made.says(node, "INFO", "server")
                .lines()
                .filter(l -> l.startsWith("process_id:"))
                .map(l -> l.substring("process_id:".length()))
                .findFirst()
                .orElseThrow();
    }

    /** As many as a server may open, of those that its account may have. */
    private void openFiles(int limit) {
        lab.execAs("ops", "h1", "prlimit", "--pid", pid(made.nodes.getFirst()), "--nofile=" + limit + ":");
    }

    /** The last replica's files come to lie on a disk that has hardly room for them. */
    private void nearlyFull() throws Exception {
        var data = HandMade.FOLDER + "/9001/date";
        lab.exec("h3", "kill", "-9", pid(made.nodes.get(5)));
        lab.exec("h3", "cp", data + "/nodes.conf", "/tmp/nodes.conf");
        lab.fill("h3", data, "16M", "1M");
        lab.exec("h3", "install", "-o", "ops", "/tmp/nodes.conf", data + "/nodes.conf");
        var start = "cd '" + HandMade.FOLDER + "' && ./redis-server 9001/redis.conf";
        lab.execAs("ops", "h3", "sh", "-c", start);
        HandMade.until(() -> {
            try {
                // until its first rewrite is done it appends nothing to the file
                var told = made.says(made.nodes.get(5), "INFO");
                return told.contains("master_link_status:up") && told.contains("aof_rewrite_in_progress:0");
            } catch (AssertionError notYet) {
                return false;
            }
        });
        made.says(made.nodes.getFirst(), "SET", made.key(), "x".repeat(4 << 20));
    }

    private void seventhGoes() {
        var id = made.says(seventh(), "CLUSTER", "MYID");
        lab.exec("h4", "kill", "-9", pid(seventh()));
        for (var node : made.nodes) {
            made.says(node, "CLUSTER", "FORGET", id);
        }
    }

    /** What the first master believes of one of its slots, which it does not serve any more then. */
    private void believes(String owner) {
        made.says(made.nodes.getFirst(), "CLUSTER", "SETSLOT", "0", "NODE", owner);
    }

    @Test
    void areFoundAndGo() throws Exception {
        var own = made.says(made.nodes.get(0), "CLUSTER", "MYID");
        var other = made.says(made.nodes.get(1), "CLUSTER", "MYID");
        openFiles(1024);
        nearlyFull();
        believes(other);
        lab.cut("h1", "both", "--port", "19000", "--to", "h2"); // only two of the three masters: no majority says so
        var noUnit = new Wrong("no-reboot", "h1");
        var wrong = List.of(
                new Wrong("clock-skew", lab.address("h4")),
                new Wrong("mixed-versions", "7."),
                new Wrong("kernel-settings", lab.address("h3")),
                new Wrong("open-files", at(0)),
                new Wrong("disk-nearly-full", at(5)),
                new Wrong("aof-not-written", at(5)),
                new Wrong("nodes-disagree", at(0)),
                new Wrong("one-way-suspicion", at(1)));
        until(wrong, true);
        until(List.of(noUnit), true);
        lab.exec("h3", "rm", HandMade.FOLDER + "/9001/date/.filled-by-lab");
        lab.exec("h3", "sh", "-c", "echo 1 >/proc/sys/vm/overcommit_memory");
        lab.heal("h1");
        openFiles(10_032);
        believes(own);
        seventhGoes();
        until(wrong, false);
    }
}
