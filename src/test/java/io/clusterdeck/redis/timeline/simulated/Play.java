package io.clusterdeck.redis.timeline.simulated;

import io.clusterdeck.redis.model.NodeId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;

/** A cluster of servers, the network between them and a clock; the same seed and deeds give the same play. */
public final class Play implements Scene {
    /** When it begins, in its own milliseconds. */
    public static final long BEGINS = 1_000_000;

    static final Instant EPOCH = Instant.parse("2026-11-22T12:00:00Z");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "dd MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int HOSTS = 3;
    private static final NodeId[] IDS = IntStream.range(0, 32)
            .mapToObj(i -> new NodeId(String.format("%040x", 9000 + i)))
            .toArray(NodeId[]::new);

    /** A line as a server wrote it, by its host's clock; {@code at} is when that really was. */
    public record Line(int node, long at, String text) {}

    private record Event(long at, long number, Runnable what) {}

    final int shards;
    final long timeout;
    final boolean coverage;
    final long oldest;
    final Random random;
    final long seed;
    final Server[] servers;
    public final Truth truth;
    long now = BEGINS;
    private final Cast cast;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final List<Line> lines = new ArrayList<>();
    private final boolean[][] cut;
    private final long[][] arrival;
    private final boolean[] vanished;
    private long number;

    public Play(Cast cast, long seed) {
        this.cast = cast;
        shards = cast.shards();
        timeout = cast.timeout();
        coverage = cast.coverage();
        oldest = 10_000 + 10 * timeout;
        random = new Random(seed);
        this.seed = seed;
        truth = new Truth(shards, nodes(), () -> now);
        servers = new Server[nodes()];
        cut = new boolean[nodes()][nodes()];
        arrival = new long[nodes()][nodes()];
        vanished = new boolean[nodes()];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = new Server(i, this);
        }
        for (var s : servers) {
            joined(s);
            int phase = random.nextInt(100);
            at(now + phase, () -> cron(s));
        }
    }

    private void joined(Server s) {
        for (int k = 0; k < shards; k++) {
            s.owner[k] = k;
        }
        s.currentEpoch = shards;
        for (var p : s.peers) {
            int shard = p.node % shards;
            p.master = p.node < shards;
            p.of = p.master ? -1 : shard;
            p.epoch = p.master ? shard + 1 : 0;
            p.hadReplicas = p.master && cast.replicas() > 0;
            p.link = true;
            p.linkSince = now;
            p.pongReceived = now - random.nextInt(200);
            p.dataReceived = p.pongReceived;
        }
        if (!s.master()) {
            s.replication.established(s.self().of);
            if (!cast.rotated()) {
                log(s, '*', "Connecting to MASTER " + address(s.self().of));
            }
        }
    }

    private void cron(Server s) {
        s.cron();
        at(now + 100, () -> cron(s));
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public int owner(int shard) {
        return truth.owner(shard);
    }

    @Override
    public int replaced() {
        return truth.promotions.isEmpty() ? -1 : truth.promotions.getLast().failed();
    }

    @Override
    public int nodes() {
        return cast.shards() * (1 + cast.replicas());
    }

    static String id(int node) {
        return IDS[node].value();
    }

    public static NodeId node(int node) {
        return IDS[node];
    }

    /** No replica is where its master is. */
    @Override
    public int host(int node) {
        return (node % shards + node / shards) % HOSTS;
    }

    static String address(int node) {
        return "10.0.0." + (node + 1) + ":" + (9000 + node);
    }

    static String bus(int node) {
        return "10.0.0." + (node + 1) + ":" + (19_000 + node);
    }

    public long now() {
        return now;
    }

    public static Instant instant(long at) {
        return EPOCH.plusMillis(at);
    }

    public static long millis(Instant at) {
        return java.time.Duration.between(EPOCH, at).toMillis();
    }

    void at(long when, Runnable what) {
        events.add(new Event(when, number++, what));
    }

    /** Plays on until then. */
    public void until(long when) {
        while (!events.isEmpty() && events.peek().at() <= when) {
            var next = events.poll();
            now = next.at();
            next.what().run();
        }
        now = when;
    }

    boolean reaches(int from, int to) {
        return !cut[from][to] && !vanished[from] && !vanished[to];
    }

    /** Whether a connection comes about: the kernel of a hung process takes it. */
    boolean accepts(int from, int to) {
        return servers[to].up && reaches(from, to) && reaches(to, from);
    }

    boolean talks(int from, int to) {
        return accepts(from, to) && !servers[to].hung && !servers[from].hung;
    }

    /** In the order in which they were sent. */
    void deliver(Packet packet, int to) {
        int run = servers[to].run;
        if (reaches(packet.from(), to)) {
            long when = Math.max(now + 1 + random.nextInt(2), arrival[packet.from()][to]);
            arrival[packet.from()][to] = when;
            at(when, () -> {
                if (servers[to].run == run) {
                    servers[to].receive(packet);
                }
            });
        }
    }

    void log(Server s, char level, String text) {
        if (level == '*' || level == '#' || cast.verbose()) {
            var stamp = STAMP.format(instant(now + cast.skew().get(host(s.me))));
            lines.add(new Line(
                    s.me,
                    now,
                    (1000 * s.run + s.me) + ":" + (s.master() ? "M " : "S ") + stamp + " " + level + " " + text));
        }
    }

    /** All that was written so far, in the order of time. */
    public List<Line> lines() {
        return lines;
    }

    // what somebody does to it

    @Override
    public boolean up(int node) {
        return servers[node].up;
    }

    public boolean hung(int node) {
        return servers[node].hung;
    }

    public boolean vanished(int node) {
        return vanished[node];
    }

    @Override
    public boolean master(int node) {
        return servers[node].master() && servers[node].slots(node) > 0;
    }

    @Override
    public int masterOf(int node) {
        return servers[node].self().of;
    }

    @Override
    public void kill(int node, boolean politely) {
        if (servers[node].up) {
            if (politely && !servers[node].hung) {
                lines.add(new Line(
                        node,
                        now,
                        (1000 * servers[node].run + node) + ":signal-handler ("
                                + instant(now + cast.skew().get(host(node))).getEpochSecond()
                                + ") Received SIGTERM scheduling shutdown..."));
                log(servers[node], '#', "User requested shutdown...");
            }
            servers[node].die();
        }
    }

    @Override
    public void start(int node) {
        if (!servers[node].up) {
            vanished[node] = false;
            servers[node].start();
        }
    }

    @Override
    public void hang(int node) {
        servers[node].hung = servers[node].up;
    }

    @Override
    public void resume(int node) {
        if (servers[node].hung) {
            servers[node].resume();
        }
    }

    @Override
    public void vanish(int node) {
        vanished[node] = true;
        servers[node].die();
    }

    @Override
    public void cut(int from, int to, boolean off) {
        cut[from][to] = off;
    }

    @Override
    public void mend() {
        Arrays.stream(cut).forEach(row -> Arrays.fill(row, false));
    }

    @Override
    public boolean order(int node, Truth.Way way) {
        return servers[node].election.order(way);
    }
}
