package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clusters made in four ways that are not ours, each adopted from one address through one SSH connection and operated: by hand after a
 * tutorial, under systemd with a password that only CONFIG SET knows, with CONFIG renamed, and behind a translation of addresses.
 */
@Tag("lab")
@Timeout(300)
class AdoptKindsLabTest {

    private static final String COMMON = """
            daemonize yes
            appendonly yes
            cluster-enabled yes
            cluster-config-file nodes.conf
            cluster-node-timeout 2000
            """;

    @TempDir
    static Path ours;

    private static Lab lab;

    @TempDir
    Path home;

    @BeforeAll
    static void hosts() throws Exception {
        System.setProperty("clusterdeck.ssh", ours.resolve("ssh").toString());
        lab = Lab.bare(1, "systemd");
        Kind.server(lab, Unattended.TRUSTING, "h1", ours.resolve("a"), "/usr/local/bin/redis-server");
    }

    @AfterAll
    static void end() {
        System.clearProperty("clusterdeck.ssh");
    }

    private static void hand(Kind made, int i, String folder, String more) {
        var conf = folder + "/" + made.port(i) + "/redis.conf";
        lab.exec(made.host(), "mkdir", "-p", folder + "/" + made.port(i) + "/date");
        Kind.put(
                lab,
                made.host(),
                "# made by hand\nport %d\ndir %s/%d/date\npidfile /var/run/redis_%d.pid\n%s%s"
                        .formatted(made.port(i), folder, made.port(i), made.port(i), COMMON, more),
                conf);
        lab.exec(made.host(), "sh", "-c", "cd / && " + folder + "/" + made.port(i) + "/redis-server " + conf);
    }

    /** The release's files in 9000…9005, data folder date, started by path as root, pidfile in /var/run, no logfile. */
    @Test
    void byHandAfterATutorial() throws Exception {
        try (var made = new Kind(lab, "h1", Unattended.TRUSTING, 9000, lab.address("h1"), 9000, "")) {
            var folder = "/usr/local/redis-cluster";
            for (int i = 0; i < 6; i++) {
                lab.exec(
                        "h1",
                        "sh",
                        "-c",
                        "mkdir -p $1 && cp /usr/local/bin/redis-server $1/",
                        "sh",
                        folder + "/" + made.port(i));
                hand(made, i, folder, "protected-mode no\n");
            }
            made.create();
            try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
                var cluster = Operating.adopted(lab, deck, made, "");
                var site = cluster.spec().sites().getFirst();
                assertTrue(site.directory().value().endsWith("/date")
                        && site.user().orElse("").equals("root"));
                assertTrue(site.binary().value().startsWith(folder + "/900"), site::toString);
                Operating.operate(deck, cluster, made);
                var offer = cluster.config().set(List.of(Operating.id(cluster, made, 0)), "slowlog-max-len", "99");
                Operating.ran(deck, offer);
                assertTrue(lab.exec("h1", "cat", folder + "/9000/redis.conf").startsWith("# made by hand\n"));
                assertTrue(lab.exec("h1", "cat", folder + "/9000/redis.conf").contains("slowlog-max-len 99"));
                assertEquals(1, cluster.config().look().drifting());
            }
        }
    }

    /** A unit for each node; the password was only ever set by CONFIG SET, on each of them. */
    @Test
    void underSystemdWithAPasswordThatNoFileKnows() throws Exception {
        var password = "only the servers know";
        var made = new Kind(lab, "h1", Unattended.TRUSTING, 9100, lab.address("h1"), 9100, "");
        try (made) {
            lab.exec("h1", "useradd", "--system", "redis");
            for (int i = 0; i < 6; i++) {
                int port = made.port(i);
                var data = "/var/lib/redis/" + port;
                lab.exec("h1", "sh", "-c", "mkdir -p " + data + " && chown redis " + data);
                Kind.put(
                        lab,
                        "h1",
                        "port %d\ndir %s\nlogfile %s/redis.log\n%sprotected-mode no\n"
                                .formatted(port, data, data, COMMON.replace("daemonize yes\n", "")),
                        "/etc/redis/" + port + ".conf");
                lab.exec("h1", "chown", "redis", "/etc/redis/" + port + ".conf");
                Kind.put(
                        lab,
                        "h1",
                        "[Service]\nUser=redis\nExecStart=/usr/local/bin/redis-server /etc/redis/%d.conf\n"
                                        .formatted(port)
                                + "[Install]\nWantedBy=multi-user.target\n",
                        "/etc/systemd/system/redis-" + port + ".service");
            }
            lab.exec("h1", "systemctl", "daemon-reload");
            for (int i = 0; i < 6; i++) {
                lab.exec("h1", "systemctl", "start", "redis-" + made.port(i));
            }
            made.create();
            for (int i = 0; i < 6; i++) {
                made.says(i, "CONFIG", "SET", "masterauth", password);
                made.says(i, "CONFIG", "SET", "requirepass", password);
            }
        }
        try (var signed = new Kind(lab, "h1", Unattended.TRUSTING, 9100, lab.address("h1"), 9100, password);
                var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
            var cluster = Operating.adopted(lab, deck, signed, password);
            assertEquals(
                    6,
                    cluster.spec().sites().stream()
                            .filter(s -> s.unit().isPresent())
                            .count());
            var replica = Operating.id(cluster, signed, 4);
            var offer = (Offer.Ready) cluster.nodes().restart(replica);
            assertTrue(offer.plan().costs().toString().contains("nodes.impact.config-kept"), offer::toString);
            Operating.ran(deck, offer);
            assertTrue(signed.says(4, "INFO", "replication").contains("master_link_status:up"));
            Operating.operate(deck, cluster, signed);
            assertTrue(lab.exec("h1", "cat", "/etc/redis/9103.conf").contains("requirepass \"" + password + "\""));
            Operating.ran(
                    deck, cluster.config().keep(cluster.watch().now().nodes().keySet()));
            assertEquals(0, cluster.config().look().unkept());
            assertEquals("active", lab.exec("h1", "systemctl", "is-active", "redis-9103"));
            killedUnderAUnitThatRestarts(deck, cluster, signed);
        }
    }

    /** It is back before anybody takes over: the run ends when it is in its role again. */
    private static void killedUnderAUnitThatRestarts(Deck deck, OpenCluster cluster, Kind made) throws Exception {
        Kind.put(lab, "h1", "[Service]\nRestart=on-failure\n", "/run/systemd/system/redis-9101.service.d/restart.conf");
        lab.exec("h1", "systemctl", "daemon-reload");
        var before = made.run(1);
        Operating.ran(deck, cluster.nodes().kill(Operating.id(cluster, made, 1), new Signal.Kill()));
        assertNotEquals(before, made.run(1));
        assertTrue(made.master(1));
    }

    /** CONFIG is known by another word on three nodes, and switched off on the others. */
    @Test
    void withConfigRenamed() throws Exception {
        try (var made = new Kind(lab, "h1", Unattended.TRUSTING, 9200, lab.address("h1"), 9200, "")) {
            for (int i = 0; i < 6; i++) {
                lab.exec(
                        "h1",
                        "sh",
                        "-c",
                        "mkdir -p $1 && cp /usr/local/bin/redis-server $1/",
                        "sh",
                        "/srv/r/" + made.port(i));
                hand(
                        made,
                        i,
                        "/srv/r",
                        "protected-mode no\nlogfile redis.log\nrename-command CONFIG \"%s\"\n"
                                .formatted(i < 3 ? "tuning-7f3a" : ""));
            }
            made.create();
            try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
                var cluster = Operating.adopted(lab, deck, made, "");
                Operating.operate(deck, cluster, made);
                HandMade.until(() -> cluster.watch().now().nodes().values().stream()
                                .filter(n -> n.refused().containsKey("CONFIG GET"))
                                .count()
                        == 3);
                var sheet = cluster.config().look();
                assertEquals(3, sheet.unheard().size());
                assertEquals(6, sheet.nodes().size());
                var all = cluster.watch().now().nodes().keySet();
                var plan = Operating.ran(deck, cluster.config().set(all, "timeout", "60"));
                assertTrue(plan.costs().toString().contains("nodes.impact.left-out"), plan.costs()::toString);
            }
        }
    }

    /** Announced under an address and ports that nobody outside reaches: everything goes through one SSH connection. */
    @Test
    void behindATranslationOfAddresses() throws Exception {
        var outside = "198.51.100.7";
        lab.exec("h1", "ip", "addr", "add", outside + "/32", "dev", "lo");
        try (var made = new Kind(lab, "h1", Unattended.TRUSTING, 9300, outside, 19_500, "")) {
            for (int i = 0; i < 6; i++) {
                lab.exec(
                        "h1",
                        "sh",
                        "-c",
                        "mkdir -p $1 && cp /usr/local/bin/redis-server $1/",
                        "sh",
                        "/srv/nat/" + made.port(i));
                hand(
                        made,
                        i,
                        "/srv/nat",
                        "protected-mode no\nlogfile \"\"\ncluster-announce-ip %s\ncluster-announce-port %d\ncluster-announce-bus-port %d\n"
                                .formatted(outside, made.nodes.get(i).port(), made.port(i) + 10_000));
                forward(made.nodes.get(i).port(), made.port(i));
            }
            made.create();
            try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
                var cluster = Operating.adopted(lab, deck, made, "");
                assertEquals(1, cluster.spec().hosts().size());
                for (var site : cluster.spec().sites()) {
                    assertEquals(outside, site.address().host());
                    assertEquals("127.0.0.1", site.local().orElseThrow());
                }
                Operating.operate(deck, cluster, made);
                Operating.ran(deck, cluster.config().set(List.of(Operating.id(cluster, made, 1)), "maxmemory", "64mb"));
            }
        }
    }

    /** What a router does for replication, which uses the announced port. */
    private static void forward(int from, int to) {
        lab.exec(
                "h1",
                "sh",
                "-c",
                "setsid perl -e \"$1\" 198.51.100.7 $2 127.0.0.1 $3 </dev/null >/dev/null 2>&1 &",
                "sh",
                """
            use IO::Socket::INET;
            my ($at, $from, $on, $to) = @ARGV;
            $SIG{CHLD} = 'IGNORE';
            my $door = IO::Socket::INET->new(LocalAddr => $at, LocalPort => $from, Listen => 9, ReuseAddr => 1) or die $!;
            while (1) {
                my $in = $door->accept or next;
                if (fork) { close $in; next }
                my $out = IO::Socket::INET->new(PeerAddr => $on, PeerPort => $to) or exit;
                my %other = ($in => $out, $out => $in);
                while (1) {
                    my $ready = '';
                    vec($ready, fileno $_, 1) = 1 for $in, $out;
                    select $ready, undef, undef, undef;
                    for my $end ($in, $out) {
                        next unless vec $ready, fileno $end, 1;
                        sysread $end, my $bytes, 65536 or exit;
                        syswrite $other{$end}, $bytes;
                    }
                }
            }
            """,
                Integer.toString(from),
                Integer.toString(to));
    }
}
