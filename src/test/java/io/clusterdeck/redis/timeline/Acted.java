package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Failovers acted out in log lines of nodes on three hosts whose clocks differ: 9000 to 9002 are masters, 9003 to 9005 their replicas. */
final class Acted {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "dd MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Ledger ledger = new Ledger();
    private final Map<Integer, LogReader> readers = new HashMap<>();
    private final Map<String, Duration> skew = new HashMap<>();
    private final List<String> hosts = new ArrayList<>(List.of("h1", "h2", "h3"));
    private final List<Integer> silent = new ArrayList<>();
    private final List<String[]> lines = new ArrayList<>();
    private final List<Integer> dead = new ArrayList<>();
    private final List<Integer> unheard = new ArrayList<>();
    private final List<NodeId> well = new ArrayList<>();
    private int masters = 3;
    private int replicas = 3;
    private Terms terms = new Terms(5000, 10, 10, true);
    private Instant noon = NOON;
    private UnaryOperator<Member> as = m -> m;
    private boolean promoting;

    static NodeId id(int port) {
        return new NodeId(String.format("%040x", port));
    }

    /** Not on that day, but now. */
    Acted at(Instant then) {
        noon = then;
        return this;
    }

    /** How far that host's clock is ahead; it is measured to within 2 ms. */
    Acted ahead(String host, long millis) {
        skew.put(host, Duration.ofMillis(millis));
        return this;
    }

    /** Nobody measures that host's clock. */
    Acted unmeasured(String host) {
        hosts.remove(host);
        return this;
    }

    /** A node without a log. */
    Acted noLog(int port) {
        silent.add(port);
        return this;
    }

    /** Neither it nor its log can be asked, until {@link #heard}. */
    Acted unheard(int port) {
        unheard.add(port);
        return this;
    }

    /** At present it answers, and nobody suspects it. */
    Acted well(int port) {
        well.add(id(port));
        return this;
    }

    Acted heard(int port) {
        unheard.remove((Integer) port);
        return this;
    }

    /** Its log is emptied in place. */
    Acted cut(int port, long millis) {
        ledger.add(new Cut(id(port), NOON.plusMillis(millis)));
        return this;
    }

    Acted nodeTimeout(long millis) {
        terms = new Terms(millis, 10, 10, true);
        return this;
    }

    /** With cluster-require-full-coverage no. */
    Acted partly() {
        terms = new Terms(5000, 10, 10, false);
        return this;
    }

    /** The nodes were otherwise when we began to look. */
    Acted seenAs(UnaryOperator<Member> how) {
        as = how;
        return this;
    }

    /** Who wins is master for what follows. */
    Acted promoting() {
        promoting = true;
        return this;
    }

    /** As many masters, each with a replica. */
    Acted masters(int n) {
        masters = n;
        replicas = n;
        return this;
    }

    Acted replicas(int n) {
        replicas = n;
        return this;
    }

    static String host(int port) {
        return "h" + (port % 3 + 1);
    }

    private String role(int port) {
        return port < 9000 + masters ? "M" : "S";
    }

    /** A line of that node, so many milliseconds after noon, as its host's clock tells. */
    Acted line(int port, long millis, String message) {
        if (!silent.contains(port)) {
            var at = noon.plusMillis(millis).plus(skew.getOrDefault(host(port), Duration.ZERO));
            lines.add(new String[] {
                Integer.toString(port),
                "%d:%s %s # %s".formatted(port, role(port), STAMP.format(at), message),
                Long.toString(millis)
            });
        }
        return this;
    }

    private List<Integer> alive() {
        return IntStream.range(9000, 9000 + masters + replicas)
                .filter(p -> !dead.contains(p))
                .boxed()
                .toList();
    }

    /** That one writes no more lines, whatever is said of it. */
    Acted dies(int port) {
        dead.add(port);
        return this;
    }

    /** An ordinary failover of master number n to its replica that begins at {@code at}; the other masters that live vote. */
    Acted failover(int n, long at, int epoch) {
        int master = 9000 + n;
        int heir = master + masters;
        dies(master);
        var voters = alive().stream().filter(p -> p < 9000 + masters).toList();
        int marker = voters.getLast();
        line(heir, at, "Connection with master lost.");
        line(marker, at + 6130, "Marking node " + id(master) + " as failing (quorum reached).");
        for (int port : alive()) {
            if (port != marker) {
                line(port, at + 6132, "FAIL message received from " + id(marker) + " about " + id(master));
            }
            line(port, at + 6133, "Cluster state changed: fail");
        }
        line(heir, at + 6200, "Start of election delayed for 824 milliseconds (rank #0, offset 77).");
        line(heir, at + 7024, "Starting a failover election for epoch " + epoch + ".");
        for (int voter : voters) {
            line(voter, at + 7025, "Failover auth granted to " + id(heir) + " for epoch " + epoch);
        }
        line(heir, at + 7026, "Failover election won: I'm the new master.");
        line(heir, at + 7026, "configEpoch set to " + epoch + " after successful failover");
        for (int port : alive()) {
            line(port, at + 7070, "Cluster state changed: ok");
        }
        return this;
    }

    List<Member> members() {
        var members = new ArrayList<Member>();
        for (int port = 9000; port < 9000 + masters + replicas; port++) {
            boolean master = port < 9000 + masters;
            members.add(as.apply(new Member(
                    id(port),
                    Integer.toString(port),
                    new NodeAddress("10.0.0." + (port % 3 + 1), port),
                    host(port),
                    master ? Optional.empty() : Optional.of(id(port - masters)),
                    master ? 5461 : 0,
                    master ? "0–5460" : "",
                    77,
                    -1,
                    true,
                    false)));
        }
        return members;
    }

    /** What we saw of a node ourselves, or what it showed of another one; {@code about} is 0 for none. */
    static Fact saw(int port, long millis, What what, int about) {
        return saw(port, millis, 50, what, about);
    }

    static Fact saw(int port, long millis, long within, What what, int about) {
        return new Fact(
                NOON.plusMillis(millis),
                Duration.ofMillis(within),
                what,
                id(port),
                about == 0 ? Optional.empty() : Optional.of(id(about)),
                what == What.VOTES_IN ? 1 : 0,
                "",
                new Evidence.View(Say.of("timeline.saw.replica")));
    }

    /** What is told of it, so many milliseconds after noon. */
    List<Timeline> told(long now, Fact... more) {
        for (var host : hosts) {
            ledger.clock(new Clock(host, skew.getOrDefault(host, Duration.ZERO), Duration.ofMillis(2), noon));
        }
        lines.sort(Comparator.comparingLong(l -> Long.parseLong(l[2])));
        long offset = 0;
        for (var line : lines) {
            int port = Integer.parseInt(line[0]);
            var reader = readers.computeIfAbsent(port, p -> new LogReader(id(p), ZoneOffset.UTC));
            var text = new LogLine(new HostName(host(port)), new RemotePath("/r/" + port), port, offset, line[1]);
            reader.read(text).ifPresent(f -> ledger.add(f, host(port)));
            offset += line[1].length() + 1;
        }
        ledger.add(List.of(more));
        lines.clear();
        var facts = ledger.facts();
        var promotions = new Promotions(facts);
        var setting = new Reconstruction.Setting(
                "acted",
                at -> promoting ? promotions.applied(members(), noon.minusSeconds(60), at) : members(),
                terms,
                noon.plusMillis(now),
                ledger::clocks,
                ledger.cuts(),
                id -> well.contains(id),
                id -> unheard.stream().anyMatch(p -> id(p).equals(id)),
                id -> silent.stream().anyMatch(p -> id(p).equals(id)),
                List.of());
        return Reconstruction.of(facts, setting);
    }
}
