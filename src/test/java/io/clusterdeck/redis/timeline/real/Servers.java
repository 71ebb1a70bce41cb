package io.clusterdeck.redis.timeline.real;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.ProcessState;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.simulated.Scene;
import io.clusterdeck.redis.timeline.simulated.Truth.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Real servers to which deeds are done, and on each of which an eye is kept. Links are not cut. Used by one thread. */
public final class Servers implements Scene, AutoCloseable {

    /** Something that was done to a server, in milliseconds of the day's clock. */
    record Done(int node, long at, String what) {}

    final LocalCluster cluster;
    private final int shards;
    final List<Eye> eyes = new ArrayList<>();
    final List<Done> done = new ArrayList<>();
    private final long[] pids;
    private final boolean[] up;
    private final boolean[] hung;
    private volatile int replaced = -1;
    private volatile int winner = -1;
    private volatile int promotions;

    public Servers(LocalCluster cluster, int shards) {
        this.cluster = cluster;
        this.shards = shards;
        pids = IntStream.range(0, nodes()).mapToLong(cluster::pid).toArray();
        up = new boolean[nodes()];
        hung = new boolean[nodes()];
        java.util.Arrays.fill(up, true);
        for (int i = 0; i < nodes(); i++) {
            int node = i;
            eyes.add(new Eye(cluster.server(i).port(), look -> saw(node, look)));
        }
        cluster.until("all are seen", () -> eyes.stream().allMatch(e -> e.last().isPresent()));
    }

    private void saw(int node, Look look) {
        var looks = eyes.size() > node ? eyes.get(node).looks() : List.<Look>of();
        if (looks.size() > 1 && look.self().filter(Look.Row::serves).isPresent()) {
            looks.get(looks.size() - 2)
                    .self()
                    .filter(s -> !s.serves() && !s.master().equals("-"))
                    .ifPresent(before -> {
                        replaced = node(before.master());
                        winner = node;
                        promoted();
                    });
        }
    }

    private synchronized void promoted() {
        promotions++;
        notifyAll();
    }

    /** Waits until more took over than before, so many milliseconds at most; whether one did. */
    public synchronized boolean tookOver(int before, long limit) throws InterruptedException {
        long end = System.currentTimeMillis() + limit;
        while (promotions <= before && System.currentTimeMillis() < end) {
            wait(Math.max(1, end - System.currentTimeMillis()));
        }
        return promotions > before;
    }

    /** How many took over so far. */
    public int promotions() {
        return promotions;
    }

    /** What Clusterdeck would keep of them. */
    public ClusterSpec spec() {
        return cluster.spec();
    }

    int node(String id) {
        return IntStream.range(0, nodes())
                .filter(i -> cluster.server(i).id().value().equals(id))
                .findFirst()
                .orElse(-1);
    }

    public int node(NodeId id) {
        return node(id.value());
    }

    /** Who took over last; −1 for nobody yet. */
    public int winner() {
        return winner;
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public int nodes() {
        return cluster.servers().size();
    }

    @Override
    public int host(int node) {
        return (node % shards + node / shards) % 3;
    }

    private Optional<Look.Row> self(int node) {
        return eyes.get(node).last().flatMap(Look::self);
    }

    @Override
    public int owner(int shard) {
        int slot = (16_384 * shard / shards + 16_384 * (shard + 1) / shards) / 2;
        return IntStream.range(0, nodes())
                .mapToObj(this::self)
                .flatMap(Optional::stream)
                .filter(row -> row.has(slot))
                .max(Comparator.comparingLong(Look.Row::epoch))
                .map(row -> node(row.id()))
                .orElse(shard);
    }

    @Override
    public int replaced() {
        return replaced;
    }

    @Override
    public boolean up(int node) {
        return up[node];
    }

    @Override
    public boolean master(int node) {
        return self(node).filter(Look.Row::serves).isPresent();
    }

    @Override
    public int masterOf(int node) {
        return self(node).map(r -> node(r.master())).orElse(-1);
    }

    @Override
    public void kill(int node, boolean politely) {
        if (up[node]) {
            if (politely && !hung[node]) {
                LocalCluster.signal(pids[node], "TERM");
                cluster.until("ended", () -> ProcessState.ended(pids[node]));
            } else {
                LocalCluster.signal(pids[node], "KILL");
                cluster.until("killed", () -> ProcessState.ended(pids[node]));
            }
            up[node] = false;
            hung[node] = false;
            did(node, "dies");
        }
    }

    private void did(int node, String what) {
        done.add(new Done(node, System.currentTimeMillis(), what));
    }

    @Override
    public void start(int node) {
        if (!up[node]) {
            cluster.start(node);
            cluster.until("started", () -> cluster.answers(node));
            pids[node] = cluster.pid(node);
            up[node] = true;
            did(node, "starts");
        }
    }

    @Override
    public void hang(int node) {
        if (up[node]) {
            LocalCluster.signal(pids[node], "STOP");
            hung[node] = true;
            did(node, "hangs");
        }
    }

    @Override
    public void resume(int node) {
        if (hung[node]) {
            LocalCluster.signal(pids[node], "CONT");
            hung[node] = false;
            did(node, "goes on");
        }
    }

    @Override
    public void vanish(int node) {
        kill(node, false);
    }

    @Override
    public void cut(int from, int to, boolean off) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mend() {}

    @Override
    public boolean order(int node, Way way) {
        if (!up[node] || hung[node]) {
            return false;
        }
        long at = System.currentTimeMillis();
        var reply = way == Way.MANUAL
                ? cluster.call(node, "CLUSTER", "FAILOVER")
                : cluster.call(node, "CLUSTER", "FAILOVER", way == Way.FORCED ? "FORCE" : "TAKEOVER");
        if (reply.equals("OK")) {
            done.add(new Done(node, at, way.name()));
        }
        return reply.equals("OK");
    }

    /** Whether all run, agree, trust each other, and every slot is served by one that all of them name. */
    public boolean well() {
        var views = IntStream.range(0, nodes())
                .mapToObj(i -> eyes.get(i).last())
                .flatMap(Optional::stream)
                .toList();
        long now = System.currentTimeMillis();
        var owners = IntStream.range(0, shards).mapToObj(this::owner).toList();
        for (int i = 0; i < nodes(); i++) {
            if (!up[i] || hung[i] || now - eyes.get(i).heard() > 1000) {
                return false;
            }
        }
        return views.stream()
                .allMatch(v ->
                        v.rows().size() == nodes() && v.rows().values().stream().allMatch(r -> agrees(r, owners)));
    }

    private boolean agrees(Look.Row row, List<Integer> owners) {
        int node = node(row.id());
        boolean owns = owners.contains(node);
        return !row.failed()
                && !row.suspected()
                && row.link()
                && owns == row.serves()
                // a replica that was away may go on as one of a replica (6.2)
                && (owns || !row.master().equals("-") && node(row.master()) == masterOf(node));
    }

    @Override
    public void close() {
        eyes.forEach(Eye::close);
        cluster.close();
    }
}
