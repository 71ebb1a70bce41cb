package io.clusterdeck.redis.timeline.simulated;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Merge;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.model.Observer;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.timeline.simulated.Packet.Kind;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at each server ten times a second, as a watch does, and tells what it makes of all of them. */
public final class Onlooker {
    private static final long TICK = 100;
    private static final long REGULAR = 300;
    private static final long SILENT = 1000;

    private final Play play;
    private final Consumer<ClusterState> to;
    private final Seen[] seen;
    private final boolean[] blind;
    private boolean news;
    private boolean stopped;

    private static final class Seen {
        Contact contact = new Contact.Unknown();

        @Nullable
        Observer observer;

        Optional<NodeInfo> info = Optional.empty();
        long waitsSince;
        long missed;
        long notBefore;
    }

    public Onlooker(Play play, boolean[] blind, Consumer<ClusterState> to) {
        this.play = play;
        this.blind = blind;
        this.to = to;
        seen = new Seen[play.nodes()];
        Arrays.setAll(seen, i -> new Seen());
        for (int i = 0; i < seen.length; i++) {
            int node = i;
            play.at(play.now + 1 + play.random.nextInt((int) TICK), () -> ask(node));
        }
        play.at(play.now + TICK + 5, this::regular);
    }

    public void stop() {
        stopped = true;
    }

    private void regular() {
        if (!stopped) {
            to.accept(state());
            play.at(play.now + REGULAR, this::regular);
        }
    }

    private void ask(int node) {
        if (stopped) {
            return;
        }
        play.at(play.now + TICK, () -> ask(node));
        var s = seen[node];
        if (play.now < s.notBefore) {
            return;
        }
        var server = play.servers[node];
        boolean reached = !blind[node] && !play.vanished(node);
        if (reached && server.up && !server.hung) {
            answered(s, server);
        } else if (reached && !server.up) {
            missed(s, new Contact.Gone(Play.instant(play.now), Say.of("gone")));
        } else if (s.waitsSince == 0) {
            s.waitsSince = play.now;
        } else if (play.now - s.waitsSince >= SILENT) {
            s.waitsSince = 0;
            missed(s, new Contact.Silent(Play.instant(play.now)));
        }
    }

    private void missed(Seen s, Contact how) {
        s.waitsSince = 0;
        s.missed = Math.min(s.missed + 1, 6);
        s.notBefore = play.now + Math.min(2000, TICK << (s.missed - 1));
        if (s.observer != null) {
            s.observer = s.observer.answering(false);
        }
        if (!how.getClass().equals(s.contact.getClass())) {
            s.contact = how;
            changed();
        }
    }

    private void changed() {
        for (var s : seen) {
            s.notBefore = 0;
        }
        if (!news) {
            news = true;
            play.at(play.now + 4, () -> {
                news = false;
                if (!stopped) {
                    to.accept(state());
                }
            });
        }
    }

    private void answered(Seen s, Server server) {
        boolean back = !(s.contact instanceof Contact.Answers);
        s.missed = 0;
        s.waitsSince = 0;
        s.contact = new Contact.Answers(Play.instant(play.now), 400);
        var info = new NodeInfo(Play.instant(play.now), info(server), clusterInfo(server));
        boolean told = s.info.isEmpty() || !s.info.get().clusterInfo().equals(info.clusterInfo());
        s.info = Optional.of(info);
        var rows = rows(server);
        boolean other = back || s.observer == null || !s.observer.view().rows().equals(rows);
        if (other) {
            var view = new NodeView(Play.node(server.me), Play.instant(play.now), server.currentEpoch, rows);
            s.observer = Observer.of(view, hash(server), true);
        }
        if (other || told) {
            changed();
        }
    }

    private static Map<String, String> info(Server s) {
        var info = new HashMap<String, String>();
        info.put("run_id", "run-" + s.me + "-" + s.run);
        info.put("role", s.master() ? "master" : "slave");
        info.put(s.master() ? "master_repl_offset" : "slave_repl_offset", "77");
        if (!s.master()) {
            info.put("master_link_status", s.replication.up ? "up" : "down");
        }
        info.put("config:cluster-node-timeout", Long.toString(s.play.timeout));
        info.put("config:cluster-require-full-coverage", s.play.coverage ? "yes" : "no");
        return info;
    }

    private static Map<String, String> clusterInfo(Server s) {
        var info = new HashMap<String, String>();
        info.put("cluster_state", s.ok ? "ok" : "fail");
        info.put("cluster_current_epoch", Long.toString(s.currentEpoch));
        for (var kind : Kind.values()) {
            if (!kind.equals(Kind.PING) && !kind.equals(Kind.PONG)) {
                if (s.sent(kind) > 0) {
                    info.put("cluster_stats_messages_" + kind.word + "_sent", Long.toString(s.sent(kind)));
                }
                if (s.received(kind) > 0) {
                    info.put("cluster_stats_messages_" + kind.word + "_received", Long.toString(s.received(kind)));
                }
            }
        }
        return info;
    }

    private List<NodeRow> rows(Server s) {
        var rows = new ArrayList<NodeRow>();
        for (var p : s.peers) {
            var flags = EnumSet.of(p.master ? Flag.MASTER : Flag.REPLICA);
            if (p.node == s.me) {
                flags.add(Flag.MYSELF);
            }
            if (p.failing()) {
                flags.add(p.fail ? Flag.FAIL : Flag.PFAIL);
            }
            var slots = new ArrayList<SlotRange>();
            for (int k = 0; k < s.owner.length; k++) {
                if (s.owner[k] == p.node) {
                    slots.add(new SlotRange(16_384 * k / s.owner.length, 16_384 * (k + 1) / s.owner.length - 1));
                }
            }
            long epoch = p.master || p.of < 0 ? p.epoch : s.peers[p.of].epoch;
            rows.add(new NodeRow(
                    Play.node(p.node),
                    new NodeAddress("10.0.0." + (p.node + 1), 9000 + p.node),
                    "",
                    Map.of(),
                    flags,
                    p.master || p.of < 0 ? Optional.empty() : Optional.of(Play.node(p.of)),
                    0,
                    0,
                    epoch,
                    p.node == s.me || p.link,
                    List.copyOf(slots),
                    Map.of(),
                    Map.of()));
        }
        return rows;
    }

    /** Of all but who looks: who says the same counts as one. */
    private static long hash(Server s) {
        long hash = 7;
        for (var p : s.peers) {
            boolean link = p.node == s.me || p.link;
            hash = 31 * hash + p.of;
            hash = 31 * hash + (p.master ? 1 : 0) + (p.fail ? 2 : p.pfail ? 4 : 0) + (link ? 8 : 0);
            hash = 31 * hash + (p.master || p.of < 0 ? p.epoch : s.peers[p.of].epoch);
        }
        for (int who : s.owner) {
            hash = 31 * hash + who;
        }
        return hash;
    }

    private ClusterState state() {
        var observers = new ArrayList<Observer>();
        var own = new HashMap<NodeId, Merge.Own>();
        var views = new LinkedHashMap<NodeId, NodeView>();
        for (int i = 0; i < seen.length; i++) {
            var s = seen[i];
            own.put(Play.node(i), new Merge.Own(s.contact, s.info, Map.of()));
            if (s.observer != null) {
                observers.add(s.observer);
                views.put(s.observer.id(), s.observer.view());
            }
        }
        var merged =
                Merge.of(observers, own, address -> Optional.of(new HostName("h" + play.host(address.port() - 9000))));
        return new ClusterState(
                "played",
                Play.instant(play.now),
                merged.nodes(),
                views,
                List.of(),
                List.of(),
                merged.owners(),
                merged.currentEpoch(),
                Duration.ofMillis(TICK),
                0);
    }
}
