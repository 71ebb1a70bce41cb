package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers of an account of their own, built over SSH by another, one host with systemd; taken away again, and nothing else. */
@Tag("lab")
@Timeout(300)
class DestroyLabTest {

    private static final String ROOT = "/srv/redis";
    private static final String OVERCOMMIT = "/proc/sys/vm/overcommit_memory";
    private static final String CURED = "/etc/sysctl.d/60-clusterdeck-overcommit.conf";

    @TempDir
    Path folder;

    private final Lab lab = Lab.bare(3);
    private final List<String> hosts = lab.hosts().subList(0, 3);

    private Blueprint blueprint() {
        var list = hosts.stream()
                .map(h -> "  - {name: %s, ssh: %s, user: ops, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        return Building.read("""
            name: carts
            hosts:
            %s
            redis: {source: packaged}
            layout: {root: %s, user: plain}
            config: {cluster-node-timeout: 2000}
            cure: yes
            """.formatted(list, ROOT));
    }

    /** Every file of a host that lasts, whose it is and who may read it. */
    private String files(String host) {
        return lab.exec(
                host,
                "sh",
                "-c",
                "find / -xdev -path /var -prune -o -path /tmp -prune -o -printf '%p %u:%g %m\\n' | sort");
    }

    private Map<String, String> files() {
        var all = new HashMap<String, String>();
        hosts.forEach(h -> all.put(h, files(h)));
        return all;
    }

    /** What a host has now that it had not. */
    private String added(String host, Map<String, String> before) {
        var now = new TreeSet<>(files(host).lines().toList());
        var then = new TreeSet<>(before.get(host).lines().toList());
        assertTrue(now.containsAll(then), () -> {
            then.removeAll(now);
            return "gone from " + host + ": " + then;
        });
        now.removeAll(then);
        return String.join("\n", now);
    }

    private static List<String> costs(Offer offer) {
        return assertInstanceOf(Offer.Ready.class, offer).plan().costs().stream()
                .map(Say::key)
                .toList();
    }

    private void away(Deck deck, boolean data, String... costs) throws Exception {
        var offer = deck.destroy("carts", data);
        assertEquals(List.of(costs), costs(offer));
        Operating.ran(deck, offer);
        assertEquals(List.of(), deck.clusters(), "it is forgotten, whatever else the plan did");
    }

    @Test
    void whatWasMadeGoesAndNothingElse() throws Exception {
        System.setProperty("clusterdeck.ssh", folder.resolve("ssh").toString());
        lab.wipe("h3", "systemd");
        var bare = files();
        try (var deck = DeckApp.open(Home.at(folder.resolve("home")), Unattended.TRUSTING)) {
            Operating.ran(deck, deck.build(blueprint()));
            for (var host : hosts) {
                assertEquals("1", lab.exec(host, "cat", OVERCOMMIT));
                assertEquals("plain", lab.exec(host, "stat", "-c", "%U", ROOT + "/9000/data/nodes.conf"));
            }
            lab.exec("h1", "sh", "-c", "echo mine >" + ROOT + "/9000/notes; echo mine >" + ROOT + "/bin/tool");
            // another server on the second host, which may have come to rely on what was cured
            var other =
                    "mkdir /tmp/other && cd /tmp/other && cp " + ROOT + "/bin/redis-server . && chmod 755 redis-server"
                            + " && ./redis-server --port 7777 --daemonize yes >/dev/null";
            lab.exec("h2", "sh", "-c", other);

            away(
                    deck,
                    false,
                    "build.destroy.cost",
                    "build.destroy.uncures",
                    "build.destroy.keeps",
                    "build.destroy.stays");
            assertAside(
                    "h1",
                    added("h1", bare),
                    List.of(
                            ROOT + " root:root",
                            ROOT + "/9000 plain:root",
                            ROOT + "/9000/notes root:root",
                            ROOT + "/bin root:root",
                            ROOT + "/bin/tool root:root"));
            assertAside("h2", added("h2", bare), List.of());
            assertAside("h3", added("h3", bare), List.of());
            assertEquals(
                    List.of("0", "1", "0"),
                    hosts.stream().map(h -> lab.exec(h, "cat", OVERCOMMIT)).toList());
            assertEquals(
                    "PONG",
                    lab.exec(
                            "h2",
                            "bash",
                            "-c",
                            "exec 3<>/dev/tcp/127.0.0.1/7777; echo PING >&3; head -c 5 <&3 | tr -d '+\\r'"));

            // once more over what lies there, this time with its data
            lab.exec("h1", "rm", "-r", ROOT);
            hosts.forEach(h -> lab.exec(h, "sh", "-c", "rm -r " + ROOT + ".set-aside-*"));
            lab.exec("h2", "sh", "-c", "rm " + CURED + "; echo 0 >" + OVERCOMMIT);
            Operating.ran(deck, deck.build(blueprint()));
            away(
                    deck,
                    true,
                    "build.destroy.cost-data",
                    "build.destroy.uncures",
                    "build.destroy.keeps",
                    "build.destroy.stays");
            assertEquals("", added("h1", bare));
            assertEquals(CURED + " root:root 644", added("h2", bare));
            assertEquals("", added("h3", bare));
        }
    }

    /** The data of both nodes under a dated name, whose it was, and of the root what others put there. */
    private static void assertAside(String host, String added, List<String> others) {
        var lines = added.lines().filter(l -> !l.startsWith(CURED + " ")).toList();
        for (var port : List.of("9000", "9001")) {
            var kept = ROOT + "\\.set-aside-[0-9]{8}-[0-9]{6}/" + port + "/data/nodes.conf plain:\\w+ \\d+";
            assertEquals(1, lines.stream().filter(l -> l.matches(kept)).count(), () -> host + "\n" + added);
        }
        var left = lines.stream()
                .filter(l -> !l.startsWith(ROOT + ".set-aside-"))
                .map(l -> l.replaceAll(" \\d+$", ""))
                .toList();
        assertEquals(others, left, () -> host + "\n" + added);
    }
}
