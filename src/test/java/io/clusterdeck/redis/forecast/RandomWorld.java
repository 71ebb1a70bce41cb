package io.clusterdeck.redis.forecast;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A made-up cluster, and the rules of Redis's election written down once more, without a look at the program's. */
final class RandomWorld {
    private record Member(
            String id, int shard, boolean master, int host, boolean up, boolean may, int down, long offset) {}

    /**
     * @param winners by the master that was lost
     * @param eligible who could have won
     */
    record After(boolean majority, Map<String, String> winners, Map<String, Set<String>> eligible, boolean uncovered) {
        boolean othersServe(boolean coverage) {
            return majority && (!coverage || !uncovered);
        }
    }

    /** Seconds for which a link may be down, not those at which the moment of the election decides. */
    private static final List<Integer> DOWN = List.of(0, 0, 0, 0, 5, 14, 26, 31, 90, -1);

    final Rules rules;
    private final List<Member> members = new ArrayList<>();
    private final int shards;

    private RandomWorld(Rules rules, int shards) {
        this.rules = rules;
        this.shards = shards;
    }

    static RandomWorld make(Random random) {
        var rules = new Rules(
                2_000,
                random.nextBoolean(),
                List.of(0, 1, 10).get(random.nextInt(3)),
                10,
                random.nextInt(4) > 0,
                random.nextInt(3));
        var world = new RandomWorld(rules, 1 + random.nextInt(7));
        int hosts = 1 + random.nextInt(6);
        boolean whole = random.nextInt(3) > 0;
        for (int s = 0; s < world.shards; s++) {
            world.members.add(new Member(
                    "m" + s, s, true, random.nextInt(hosts), whole || random.nextInt(8) > 0, true, 0, 1_000_000));
            for (int r = random.nextInt(4); r > 0; r--) {
                boolean up = whole || random.nextInt(6) > 0;
                // either surely apart or not to be told apart
                long behind = random.nextBoolean() ? 0 : 200_000L * (1 + random.nextInt(3));
                world.members.add(new Member(
                        "r" + s + "." + r,
                        s,
                        false,
                        random.nextInt(hosts),
                        up,
                        random.nextInt(8) > 0,
                        DOWN.get(random.nextInt(DOWN.size())),
                        1_000_000 - behind));
            }
        }
        return world;
    }

    boolean whole() {
        return members.stream().allMatch(m -> !m.master() || m.up());
    }

    List<String> nodes() {
        return members.stream().filter(Member::up).map(Member::id).toList();
    }

    private Member of(String id) {
        return members.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
    }

    String address(String id) {
        return at(of(id)).toString();
    }

    String host(String id) {
        return "h" + of(id).host();
    }

    private NodeAddress at(Member m) {
        return new NodeAddress("10.0.0." + (m.host() + 1), 9000 + members.indexOf(m));
    }

    /** A master with slots votes, whether up or not it counts; more than half of them must be there. */
    private boolean majority(Set<String> gone) {
        long up = members.stream()
                .filter(m -> m.master() && m.up() && !gone.contains(m.id()))
                .count();
        return up * 2 > shards;
    }

    /** Suspected, agreed upon, and its own delay over: then a replica asks for votes. */
    private int elapsed(Random random) {
        return rules.timeout() + 100 + random.nextInt(1_000) + 500 + random.nextInt(500);
    }

    private boolean stands(Member m, Random random) {
        return m.up() && m.may() && rules.young(m.down(), elapsed(random));
    }

    After lose(Set<String> lost, Random random) {
        boolean majority = majority(lost);
        var winners = new HashMap<String, String>();
        var eligible = new HashMap<String, Set<String>>();
        boolean uncovered = false;
        for (var master : members) {
            if (!master.master() || master.up() && !lost.contains(master.id())) {
                continue;
            }
            var able = members.stream()
                    .filter(m ->
                            !m.master() && m.shard() == master.shard() && stands(m, random) && !lost.contains(m.id()))
                    .toList();
            if (!lost.contains(master.id())) {
                uncovered = true; // it was gone before, and nobody could follow it then either
                continue;
            }
            if (able.isEmpty() || !majority) {
                uncovered = true;
                continue;
            }
            eligible.put(master.id(), able.stream().map(Member::id).collect(Collectors.toSet()));
            // 500 ms + random + 1 s for each one that is ahead: who asks first wins
            winners.put(
                    master.id(),
                    able.stream()
                            .min(java.util.Comparator.comparingLong(a -> 500
                                    + random.nextInt(500)
                                    + 1_000
                                            * able.stream()
                                                    .filter(o -> o.offset() > a.offset())
                                                    .count()))
                            .orElseThrow()
                            .id());
        }
        return new After(majority, winners, eligible, uncovered);
    }

    /** Whether losing one more node can leave slots without anybody, or the rest without a majority, in a way that was seen. */
    boolean canDie(Set<String> lost, Map<String, Set<String>> won, String next, Random random) {
        var node = of(next);
        var oldMaster = members.stream()
                .filter(m -> m.master() && m.shard() == node.shard())
                .findFirst()
                .orElseThrow();
        boolean replaced = lost.contains(oldMaster.id());
        boolean mayLead = replaced ? won.getOrDefault(oldMaster.id(), Set.of()).contains(next) : node.master();
        if (!mayLead) {
            return false;
        }
        // whoever won votes, so everybody who was there before votes again
        if ((shards - 1) * 2 <= shards) {
            return true;
        }
        return members.stream()
                .noneMatch(m -> !m.master()
                        && m.shard() == node.shard()
                        && stands(m, random)
                        && !lost.contains(m.id())
                        && !m.id().equals(next));
    }

    /** Who may be elected, whomever it follows. */
    Set<String> able(Random random) {
        return members.stream()
                .filter(m -> !m.master() && stands(m, random))
                .map(Member::id)
                .collect(Collectors.toSet());
    }

    /** Once these are lost and these have won. */
    Afterwards after(Set<String> lost, Map<String, String> winners) {
        var masterOf = new HashMap<String, String>();
        var holders = new HashSet<String>();
        var failed = new HashSet<>(lost);
        var targets = new HashSet<String>();
        for (var m : members) {
            var first = "m" + m.shard();
            var winner = winners.getOrDefault(first, first);
            boolean gone = !m.up() || lost.contains(m.id());
            if (gone) {
                failed.add(m.id());
            }
            holders.add(winner);
            if (!m.master() && !m.id().equals(winner)) {
                masterOf.put(m.id(), gone ? first : winner);
            }
            if (!m.master()) {
                targets.add(winner);
            }
        }
        return new Afterwards(rules, masterOf, holders, failed, targets, shards);
    }

    ClusterState state() {
        var nodes = new LinkedHashMap<NodeId, Node>();
        for (var m : members) {
            nodes.put(new NodeId(m.id()), node(m));
        }
        return new ClusterState(
                "random",
                Instant.EPOCH,
                nodes,
                Map.of(),
                List.of(),
                List.of(),
                SlotOwners.none(),
                1,
                Duration.ofMillis(100),
                0);
    }

    private Node node(Member m) {
        var info = new HashMap<String, String>();
        info.put("role", m.master() ? "master" : "slave");
        if (m.master()) {
            info.put("master_repl_offset", Long.toString(m.offset()));
            int n = 0;
            for (var r : members) {
                if (!r.master() && r.shard() == m.shard() && r.down() == 0) {
                    var a = at(r);
                    info.put(
                            "slave" + n++,
                            "ip=%s,port=%d,state=online,offset=%d,lag=0".formatted(a.host(), a.port(), r.offset()));
                }
            }
        } else {
            info.put("master_link_status", m.down() == 0 ? "up" : "down");
            if (m.down() != 0) {
                info.put("master_link_down_since_seconds", Integer.toString(m.down()));
            }
            info.put("master_sync_in_progress", "0");
        }
        var flags = new HashSet<Flag>();
        if (!m.up()) {
            flags.add(Flag.FAIL);
        }
        if (!m.may()) {
            flags.add(Flag.NOFAILOVER);
        }
        Contact contact =
                m.up() ? new Contact.Answers(Instant.EPOCH, 1) : new Contact.Gone(Instant.EPOCH, Say.of("gone"));
        return new Node(
                new NodeId(m.id()),
                at(m),
                Optional.of(new HostName("h" + m.host())),
                m.master() ? Role.MASTER : Role.REPLICA,
                m.master() ? Optional.empty() : Optional.of(new NodeId("m" + m.shard())),
                m.master()
                        ? List.of(new SlotRange(16_384 * m.shard() / shards, 16_384 * (m.shard() + 1) / shards - 1))
                        : List.of(),
                Map.of(),
                Map.of(),
                flags,
                m.up() ? Set.of() : Set.of(new NodeId("someone")),
                1,
                m.up(),
                contact,
                Optional.of(new NodeInfo(Instant.EPOCH, info, Map.of("cluster_state", "ok"))),
                Map.of());
    }
}
