package io.clusterdeck.redis.timeline.simulated;

import io.clusterdeck.redis.timeline.simulated.Packet.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** One redis-server: whom it pings and suspects, and whether it serves (cluster.c of 6.2). */
final class Server {
    private static final long WRITABLE_DELAY = 2000;

    final int me;
    final Play play;
    final Peer[] peers;
    final int[] owner;
    final Election election;
    private final Gossip gossip = new Gossip(this);
    final Replication replication;
    final Map<Kind, long[]> counters = new EnumMap<>(Kind.class);
    boolean up = true;
    boolean hung;
    int run = 1;
    boolean ok = true;
    long currentEpoch;
    private long started = -10_000;
    private long minority = -10_000;
    private int turns;
    private final Deque<Runnable> held = new ArrayDeque<>();

    Server(int me, Play play) {
        this.me = me;
        this.play = play;
        peers = new Peer[play.nodes()];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = new Peer(i, peers.length);
        }
        owner = new int[play.shards];
        election = new Election(this);
        replication = new Replication(this);
        for (var kind : Kind.values()) {
            counters.put(kind, new long[2]);
        }
    }

    Peer self() {
        return peers[me];
    }

    boolean master() {
        return self().master;
    }

    int slots(int node) {
        return (int) Arrays.stream(owner).filter(o -> o == node).count();
    }

    /** Whether that one may vote, as this one sees it. */
    boolean voter(int node) {
        return peers[node].master && slots(node) > 0;
    }

    int voters() {
        return (int) Arrays.stream(peers).filter(p -> voter(p.node)).count();
    }

    int needed() {
        return voters() / 2 + 1;
    }

    long sent(Kind kind) {
        return counters.get(kind)[0];
    }

    long received(Kind kind) {
        return counters.get(kind)[1];
    }

    void log(char level, String text) {
        play.log(this, level, text);
    }

    void start() {
        up = true;
        hung = false;
        run++;
        ok = false;
        started = play.now;
        minority = play.now;
        counters.values().forEach(c -> Arrays.fill(c, 0));
        for (var p : peers) {
            p.link = false;
            p.pingSent = p.pingSent == 0 ? 0 : play.now;
            p.pongReceived = play.now;
            p.dataReceived = 0;
            p.pfail = false;
            p.failTime = p.fail ? play.now : 0;
            p.orphaned = 0;
            p.votedTime = 0;
            Arrays.fill(p.reports, 0);
        }
        play.truth.clear(me);
        for (var p : peers) {
            play.truth.flag(me, p.node, p.fail, p.fail);
        }
        election.reset();
        log('#', "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
        log('*', "Node configuration loaded, I'm " + Play.id(me));
        log('*', "Ready to accept connections");
        replication.started();
        connect(); // its first turn is at once
    }

    /** It is gone: whoever holds a link to it notices at once. */
    void die() {
        up = false;
        hung = false;
        held.clear();
        play.truth.clear(me);
        for (var other : play.servers) {
            if (other != this && play.reaches(other.me, me)) {
                other.peers[me].link = false;
                other.replication.lost(me);
            }
        }
    }

    void resume() {
        hung = false;
        while (!held.isEmpty()) {
            held.poll().run();
        }
    }

    void cron() {
        if (!up || hung) {
            return;
        }
        connect();
        if (turns++ % 10 == 0) {
            pingTheOldest();
            replication.cron();
        }
        for (var p : peers) {
            if (p.node != me) {
                look(p);
            }
        }
        election.cron();
        update();
    }

    private void connect() {
        for (var p : peers) {
            if (p.node == me || p.link) {
                continue;
            }
            if (play.accepts(me, p.node)) {
                p.link = true;
                p.linkSince = play.now;
                long before = p.pingSent;
                ping(p);
                p.pingSent = before != 0 ? before : p.pingSent;
                continue;
            }
            // while it tries to connect, a ping waits to be sent once the last pong is old enough
            if (p.pingSent == 0 && play.now - p.pongReceived > play.timeout / 2) {
                p.pingSent = play.now;
            }
            if (turns % 10 == 0 && play.reaches(me, p.node)) {
                var to = Play.id(p.node) + " at " + Play.bus(p.node);
                log('-', "Connection with Node " + to + " failed: Connection refused");
            }
        }
    }

    /** Of five at random. */
    private void pingTheOldest() {
        Peer oldest = null;
        for (int i = 0; i < 5; i++) {
            var p = peers[play.random.nextInt(peers.length)];
            if (p.node != me && p.link && p.pingSent == 0 && (oldest == null || p.pongReceived < oldest.pongReceived)) {
                oldest = p;
            }
        }
        if (oldest != null) {
            ping(oldest);
        }
    }

    private void look(Peer p) {
        long timeout = play.timeout, now = play.now;
        if (p.link
                && now - p.linkSince > timeout
                && p.pingSent != 0
                && p.pongReceived < p.pingSent
                && now - p.pingSent > timeout / 2
                && now - p.dataReceived > timeout / 2) {
            p.link = false;
        }
        if (p.link && p.pingSent == 0 && now - p.pongReceived > timeout / 2) {
            ping(p);
        } else if (p.link && election.pausedFor(p.node)) {
            ping(p);
        }
        if (p.pingSent != 0 && Math.min(now - p.pingSent, now - p.dataReceived) > timeout && !p.failing()) {
            log('.', "*** NODE " + Play.id(p.node) + " possibly failing");
            p.pfail = true;
            play.truth.flag(me, p.node, true, false);
        }
    }

    private void ping(Peer p) {
        p.pingSent = play.now;
        send(Kind.PING, p.node, -1, false);
    }

    void send(Kind kind, int to, int about, boolean forced) {
        if (to != me && peers[to].link) {
            put(kind, to, about, forced);
        }
    }

    /** On the link on which it was asked, which is not its own. */
    void pong(int to) {
        put(Kind.PONG, to, -1, false);
    }

    private void put(Kind kind, int to, int about, boolean forced) {
        counters.get(kind)[0]++;
        play.deliver(Packet.of(this, kind, about, forced), to);
    }

    void broadcast(Kind kind, int about, boolean forced) {
        for (var p : peers) {
            send(kind, p.node, about, forced);
        }
    }

    void receive(Packet p) {
        if (!up) {
            return;
        }
        if (hung) {
            held.add(() -> receive(p));
            return;
        }
        counters.get(p.kind())[1]++;
        var sender = peers[p.from()];
        sender.dataReceived = play.now;
        currentEpoch = Math.max(currentEpoch, p.currentEpoch());
        switch (p.kind()) {
            case PING, PONG, FAIL, UPDATE -> gossip.receive(p);
            default -> {
                sender.epoch = Math.max(sender.epoch, p.epoch());
                election.receive(p);
            }
        }
        if (up) {
            update();
        }
    }

    void follow(int who) {
        self().master = false;
        self().of = who;
        peers[who].hadReplicas = true;
        election.resetManual();
        replication.begin();
    }

    /** clusterUpdateState. */
    void update() {
        if (master() && !ok && play.now - started < WRITABLE_DELAY) {
            return;
        }
        boolean well = true;
        for (int who : owner) {
            well &= !play.coverage || who >= 0 && !peers[who].fail;
        }
        int reachable = 0;
        for (var p : peers) {
            reachable += voter(p.node) && !p.failing() ? 1 : 0;
        }
        if (reachable < needed()) {
            well = false;
            minority = play.now;
        }
        if (well == ok || well && master() && play.now - minority < Math.clamp(play.timeout, 500, 5000)) {
            return;
        }
        ok = well;
        play.truth.state(me, ok, play.now);
        log('#', "Cluster state changed: " + (ok ? "ok" : "fail"));
    }
}
