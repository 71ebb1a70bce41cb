package io.clusterdeck.redis.timeline.simulated;

import io.clusterdeck.redis.timeline.simulated.Packet.Kind;
import io.clusterdeck.redis.timeline.simulated.Truth.Way;
import java.util.Arrays;

/** How a replica stands for its master, by itself or by order, and how masters vote (cluster.c of 6.2). */
final class Election {
    private static final long BY_HAND = 5000;
    private static final long MIGRATES = 5000;

    private final Server s;
    private long at;
    private boolean sent;
    private long epoch;
    private int votes;
    private int rank;
    private long lastVote;
    private long handUntil;
    private boolean handReady;
    private boolean handForced;
    private int pausedFor = -1;
    private long reasoned;
    private String reason = "";

    Election(Server server) {
        this.s = server;
    }

    void reset() {
        at = 0;
        sent = false;
        resetManual();
    }

    void resetManual() {
        handUntil = 0;
        handReady = false;
        handForced = false;
        pausedFor = -1;
    }

    /** Whether a replica was promised that nothing is written; {@code −1}: any. */
    boolean pausedFor(int node) {
        return handUntil != 0 && pausedFor >= 0 && (node < 0 || pausedFor == node);
    }

    /** CLUSTER FAILOVER, by an operator; whether the server took it. */
    boolean order(Way way) {
        int master = s.self().of;
        if (s.master() || !s.up || s.hung || s.slots(master) == 0 && way != Way.TAKEOVER) {
            return false;
        }
        if (way == Way.MANUAL && (s.peers[master].failing() || !s.peers[master].link || !s.replication.up)) {
            return false;
        }
        resetManual();
        handUntil = s.play.now + BY_HAND;
        switch (way) {
            case TAKEOVER -> {
                s.log('#', "Taking over the master (user request).");
                s.self().epoch = ++s.currentEpoch;
                promote(way);
            }
            case FORCED -> {
                s.log('#', "Forced failover user request accepted.");
                handReady = true;
                handForced = true;
                s.play.truth.ordered(s.me, master, s.play.now);
            }
            default -> {
                s.log('#', "Manual failover user request accepted.");
                s.send(Kind.MFSTART, master, -1, false);
                s.play.truth.ordered(s.me, master, s.play.now);
            }
        }
        return true;
    }

    void receive(Packet p) {
        switch (p.kind()) {
            case MFSTART -> {
                if (s.master() && s.peers[p.from()].of == s.me) {
                    resetManual();
                    handUntil = s.play.now + BY_HAND;
                    pausedFor = p.from();
                    s.log('#', "Manual failover requested by replica " + Play.id(p.from()) + ".");
                }
            }
            case AUTH_REQUEST -> vote(p);
            case AUTH_ACK -> {
                if (s.voter(p.from()) && p.currentEpoch() >= epoch) {
                    votes++;
                    standNow();
                }
            }
            default -> {}
        }
    }

    /** A paused master tells how far it came. */
    void heard(Packet p) {
        if (handUntil != 0 && !s.master() && !handReady && p.paused() && p.from() == s.self().of) {
            s.log('#', "Received replication offset for paused master manual failover: 77");
            s.log('#', "All master replication stream processed, manual failover can start.");
            handReady = true;
            standNow();
        }
    }

    /** Before the server waits for what comes next (clusterBeforeSleep). */
    private void standNow() {
        if (!s.master()) {
            stand();
        }
    }

    void cron() {
        if (handUntil != 0 && s.play.now > handUntil) {
            s.log('#', "Manual failover timed out.");
            resetManual();
        }
        if (!s.master()) {
            stand();
            migrate();
        }
    }

    private void stand() {
        int master = s.self().of;
        boolean byHand = handUntil != 0 && handReady;
        if (!s.peers[master].fail && !byHand || s.slots(master) == 0) {
            return;
        }
        long window = Math.max(2 * s.play.timeout, 2000);
        long age = s.play.now - at;
        if (s.replication.age() - s.play.timeout > s.play.oldest && !byHand) {
            reason(
                    "Disconnected from master for longer than allowed. Please check the 'cluster-replica-validity-factor'"
                            + " configuration option.");
            return;
        }
        if (at == 0 || age > 2 * window) {
            rank = byHand ? 0 : rank();
            long delay = byHand ? 0 : 500 + s.play.random.nextInt(500) + rank * 1000L;
            at = s.play.now + delay;
            sent = false;
            votes = 0;
            s.log('#', "Start of election delayed for " + delay + " milliseconds (rank #" + rank + ", offset 77).");
            s.broadcast(Kind.PONG, -1, false);
            if (byHand) {
                stand();
            }
            return;
        }
        if (s.play.now < at) {
            reason("Waiting the delay before I can start a new failover.");
            return;
        }
        if (age > window) {
            reason("Failover attempt expired.");
            return;
        }
        if (!sent) {
            epoch = ++s.currentEpoch;
            sent = true;
            s.log('#', "Starting a failover election for epoch " + epoch + ".");
            s.broadcast(Kind.AUTH_REQUEST, -1, byHand);
        } else if (votes >= s.needed()) {
            s.log('#', "Failover election won: I'm the new master.");
            s.self().epoch = Math.max(s.self().epoch, epoch);
            s.log('#', "configEpoch set to " + epoch + " after successful failover");
            promote(byHand ? handForced ? Way.FORCED : Way.MANUAL : Way.AUTOMATIC);
        } else {
            reason("Waiting for votes, but majority still not reached.");
        }
    }

    /** clusterLogCantFailover: not before node-timeout and five seconds of FAIL, and one reason once in five minutes. */
    private void reason(String now) {
        long since = s.peers[s.self().of].failTime;
        if (now.equals(reason) && s.play.now - reasoned < 300_000) {
            return;
        }
        reason = now;
        if (s.peers[s.self().of].fail && s.play.now - since < s.play.timeout + 5000) {
            return;
        }
        reasoned = s.play.now;
        s.log('#', "Currently unable to failover: " + now);
    }

    /** How many replicas of its master have more data: of an idle one all have the same, and stand together. */
    private int rank() {
        return (int) Arrays.stream(s.peers)
                .filter(p -> !p.master && p.of == s.self().of && !p.fail)
                .filter(p -> s.play.servers[p.node].replication.lag < s.replication.lag)
                .count();
    }

    private void promote(Way way) {
        int old = s.self().of;
        s.self().master = true;
        s.self().of = -1;
        for (int k = 0; k < s.owner.length; k++) {
            s.owner[k] = s.owner[k] == old ? s.me : s.owner[k];
        }
        // time and votes of the election stay: asked again too soon it counts them once more
        s.replication.promoted();
        s.play.truth.promoted(s.me, old, way, s.self().epoch, s.play.now);
        s.update();
        s.broadcast(Kind.PONG, -1, false);
        resetManual();
    }

    /** clusterSendFailoverAuthIfNeeded. */
    private void vote(Packet p) {
        if (!s.voter(s.me)) {
            return;
        }
        var from = s.peers[p.from()];
        var denied = "Failover auth denied to " + Play.id(p.from()) + ": ";
        if (p.currentEpoch() < s.currentEpoch) {
            s.log('#', denied + "reqEpoch (" + p.currentEpoch() + ") < curEpoch(" + s.currentEpoch + ")");
        } else if (lastVote == s.currentEpoch) {
            s.log('#', denied + "already voted for epoch " + s.currentEpoch);
        } else if (from.master || from.of < 0) {
            s.log('#', denied + "it is a master node");
        } else if (!s.peers[from.of].fail && !p.forced()) {
            s.log('#', denied + "its master is up");
        } else if (s.play.now - s.peers[from.of].votedTime < 2 * s.play.timeout && s.peers[from.of].votedTime != 0) {
            s.log(
                    '#',
                    denied + "can't vote about this master before "
                            + (2 * s.play.timeout - (s.play.now - s.peers[from.of].votedTime)) + " milliseconds");
        } else if (newer(p) >= 0) {
            int slot = 16_384 * newer(p) / s.owner.length;
            s.log(
                    '#',
                    denied + "slot " + slot + " epoch (" + s.peers[s.owner[newer(p)]].epoch + ") > reqEpoch ("
                            + p.epoch() + ")");
        } else {
            lastVote = s.currentEpoch;
            s.peers[from.of].votedTime = s.play.now;
            s.log('#', "Failover auth granted to " + Play.id(p.from()) + " for epoch " + s.currentEpoch);
            s.send(Kind.AUTH_ACK, p.from(), -1, false);
        }
    }

    /** Of what it claims, that which is served under a later epoch; −1 for nothing. */
    private int newer(Packet p) {
        for (int k = 0; k < s.owner.length; k++) {
            if (p.slots()[k] && s.owner[k] >= 0 && s.peers[s.owner[k]].epoch > p.epoch()) {
                return k;
            }
        }
        return -1;
    }

    /** A master without a replica that works gets one of the master that has most of them (clusterHandleSlaveMigration). */
    private void migrate() {
        int most = 0;
        for (var m : s.peers) {
            int good = s.voter(m.node) ? good(m.node) : 0;
            most = Math.max(most, good);
            boolean orphan = s.voter(m.node) && good == 0 && m.hadReplicas && !m.failing();
            m.orphaned = !orphan ? 0 : m.orphaned == 0 ? s.play.now : m.orphaned;
        }
        if (!s.ok || most < 2 || good(s.self().of) != most || s.peers[s.self().of].fail) {
            return;
        }
        for (var m : s.peers) {
            if (m.orphaned != 0 && s.play.now - m.orphaned > MIGRATES && lowest(most) == s.me) {
                s.log('#', "Migrating to orphaned master " + Play.id(m.node));
                s.play.truth.migrated(s.me, m.node, s.play.now);
                s.follow(m.node);
                return;
            }
        }
    }

    private int good(int master) {
        return (int) Arrays.stream(s.peers)
                .filter(p -> !p.master && p.of == master && !p.failing())
                .count();
    }

    private int lowest(int most) {
        return Arrays.stream(s.peers)
                .filter(p -> !p.master && !p.failing() && p.of >= 0 && good(p.of) == most)
                .mapToInt(p -> p.node)
                .min()
                .orElse(-1);
    }
}
