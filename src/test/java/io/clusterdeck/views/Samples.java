package io.clusterdeck.views;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.views.history.History;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The made-up clusters that the pictures show. */
final class Samples {
    private Samples() {}

    static ClusterSpec spec(String name, boolean production, int hosts, int... ports) {
        return new ClusterSpec(
                name,
                production,
                false,
                IntStream.rangeClosed(1, hosts)
                        .mapToObj(h -> new HostSpec(
                                new HostName("h" + h), "10.20.0." + (173 + h), 0, "redis", List.of(), null, false))
                        .toList(),
                List.of(Sample.address(9000, 1)),
                ClusterSpec.Access.THROUGH_HOSTS,
                "",
                java.util.Arrays.stream(ports)
                        .mapToObj(p -> site(p, 1 + (p - 9000) % 3))
                        .toList());
    }

    private static NodeSite site(int port, int host) {
        var root = new RemotePath("~/redis-cluster/" + port);
        return NodeSite.of(
                        new NodeAddress("10.20.0." + (173 + host), port),
                        new HostName("h" + host),
                        new RemotePath("~/redis-cluster/bin/redis-server"),
                        root.child("redis.conf"),
                        root.child("data"))
                .logging(Optional.of(root.child("redis.log")))
                .made();
    }

    static ClusterSpec orders() {
        return spec("orders-prod", true, 3, 9000, 9001, 9002, 9003, 9004, 9005);
    }

    static ClusterState healthy() {
        return Sample.orders().finding(pages()).finding(oneMore()).state();
    }

    private static Finding pages() {
        return new Finding(
                "huge-pages",
                Level.WARN,
                Optional.of(Sample.id(9002)),
                Say.of("sample.pages"),
                Say.of("sample.pages.why"),
                Say.of("sample.pages.next"),
                Optional.empty());
    }

    private static Finding oneMore() {
        return new Finding(
                "one-replica",
                Level.NOTE,
                Optional.empty(),
                Say.of("sample.one"),
                Say.of("sample.one.why"),
                Say.of("sample.one.next"),
                Optional.empty());
    }

    /** 9000 was killed, nobody took over yet; 9004 is asked to. */
    static ClusterState masterDown() {
        return Sample.orders()
                .at(Sample.NOW)
                .contact(9000, new Contact.Gone(Sample.NOW.minusSeconds(9), Say.of("sample.refused")))
                .flags(9000, Set.of(9001, 9002, 9003, 9004, 9005), Flag.FAIL)
                .finding(new Finding(
                        "slots-unserved",
                        Level.BAD,
                        Optional.of(Sample.id(9000)),
                        Say.of("sample.down"),
                        Say.of("sample.down.why"),
                        Say.of("sample.down.next"),
                        Optional.of("failover-force:" + Sample.id(9004))))
                .finding(new Finding(
                        "node-down",
                        Level.BAD,
                        Optional.of(Sample.id(9000)),
                        Say.of("sample.gone"),
                        Say.of("sample.gone.why"),
                        Say.of("sample.gone.next"),
                        Optional.of("start:" + Sample.id(9000))))
                .state();
    }

    /** 9004 took over; 9000 is still away. */
    static ClusterState takenOver() {
        return Sample.orders()
                .epoch(13)
                .role(9004, Role.MASTER, Optional.empty(), List.of(new SlotRange(0, 5460)), 13)
                .role(9000, Role.MASTER, Optional.empty(), List.of(), 12)
                .contact(9000, new Contact.Gone(Sample.NOW.minusSeconds(9), Say.of("sample.refused")))
                .flags(9000, Set.of(9001, 9002, 9003, 9004, 9005), Flag.FAIL)
                .finding(new Finding(
                        "node-down",
                        Level.BAD,
                        Optional.of(Sample.id(9000)),
                        Say.of("sample.gone"),
                        Say.of("sample.gone.why"),
                        Say.of("sample.gone.next"),
                        Optional.of("start:" + Sample.id(9000))))
                .state();
    }

    /** 9004 took over; 9000 is back as its replica. */
    static ClusterState failedOver() {
        return Sample.orders()
                .at(Sample.NOW.plusSeconds(14))
                .epoch(13)
                .role(9004, Role.MASTER, Optional.empty(), List.of(new SlotRange(0, 5460)), 13)
                .role(9000, Role.REPLICA, Optional.of(Sample.id(9004)), List.of(), 13)
                .state();
    }

    /** Slots on their way from shard 1 to shard 3, and some that nobody owns. */
    static ClusterState moving() {
        var leaving = new HashMap<Integer, NodeId>();
        var coming = new HashMap<Integer, NodeId>();
        for (int slot = 4905; slot <= 5460; slot++) {
            leaving.put(slot, Sample.id(9002));
            coming.put(slot, Sample.id(9000));
        }
        return Sample.orders()
                .epoch(14)
                .slots(9000, List.of(new SlotRange(0, 4560), new SlotRange(4905, 5460)), leaving, Map.of())
                .slots(9001, List.of(new SlotRange(5461, 10900)), Map.of(), Map.of())
                .slots(9002, List.of(new SlotRange(4561, 4904), new SlotRange(11200, 16383)), Map.of(), coming)
                .finding(new Finding(
                        "slots-uncovered",
                        Level.BAD,
                        Optional.empty(),
                        Say.of("sample.uncovered"),
                        Say.of("sample.uncovered.why"),
                        Say.of("sample.uncovered.next"),
                        Optional.empty()))
                .state();
    }

    /** 9003 missed the last failover, and 9005 cannot reach 9001. */
    static ClusterState disagreeing() {
        return Sample.orders()
                .flags(9001, Set.of(9005))
                .disagreement(
                        new Disagreement(
                                Sample.id(9004).value(),
                                "master",
                                Map.of(
                                        Sample.id(9003), Sample.id(9002).value(),
                                        Sample.id(9000), Sample.id(9000).value(),
                                        Sample.id(9001), Sample.id(9000).value())),
                        9003,
                        row -> row.id().equals(Sample.id(9004)) ? follows(row, Sample.id(9002)) : row)
                .finding(new Finding(
                        "nodes-disagree",
                        Level.WARN,
                        Optional.of(Sample.id(9003)),
                        Say.of("sample.disagree"),
                        Say.of("sample.disagree.why"),
                        Say.of("sample.disagree.next"),
                        Optional.empty()))
                .state();
    }

    private static NodeRow follows(NodeRow r, NodeId master) {
        return new NodeRow(
                r.id(),
                r.address(),
                r.hostname(),
                r.aux(),
                r.flags(),
                Optional.of(master),
                r.pingSent(),
                r.pongReceived(),
                r.epoch(),
                r.linkUp(),
                r.slots(),
                r.migrating(),
                r.importing());
    }

    /** A cluster of which nothing is known yet. */
    static ClusterState unseen(String name) {
        return new Sample(name).state();
    }

    /** Twelve nodes whose ports repeat on each host. */
    static ClusterState sessions() {
        var s = new Sample("sessions");
        for (int i = 0; i < 6; i++) {
            s.master(
                    7000 + i,
                    1 + i % 3,
                    new SlotRange(i * 2731, Math.min(16383, i * 2731 + 2730)),
                    40_000,
                    90_000_000,
                    900);
        }
        for (int i = 0; i < 6; i++) {
            s.replica(7006 + i, 1 + (i + 1) % 3, 7000 + i, 0);
        }
        return s.finding(oneMore()).finding(pages()).state();
    }

    /** A quarter of an hour of plausible load. */
    static void fill(History history, ClusterState last) {
        for (int second = -History.SECONDS + 1; second < 0; second++) {
            Instant at = last.at().plusSeconds(second);
            var s = Sample.orders().at(at);
            double wave =
                    1 + 0.10 * Math.sin(second / 70.0) + 0.05 * Math.sin(second / 17.0) + 0.01 * Math.sin(second * 1.7);
            for (int port = 9000; port <= 9002; port++) {
                long ops = Math.round((18_000 + (port - 9000) * 500) * wave);
                long memory = 1_300_000_000L + (second + 900) * 25_000L;
                s.master(
                        port,
                        port - 8999,
                        new SlotRange((port - 9000) * 5461, (port - 9000) * 5461 + 5460),
                        1,
                        memory,
                        ops);
            }
            history.add(s.state());
        }
    }
}
