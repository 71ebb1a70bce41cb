package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many views made one: what most of the nodes that answer say, and where they differ. A pure function. Witnesses that say the same
 * (by hash) are read once, so that a thousand nodes that agree cost no more than one view.
 */
public final class Merge {

    /** What is known of a node from itself and from our own connection to it, apart from any view. */
    public record Own(Contact contact, Optional<NodeInfo> info, Map<String, String> refused) {
        public static final Own NOTHING = new Own(new Contact.Unknown(), Optional.empty(), Map.of());
    }

    /** The merged view; {@code nodes} by address. */
    public record Merged(
            Map<NodeId, Node> nodes, List<Disagreement> disagreements, SlotOwners owners, long currentEpoch) {}

    private Merge() {}

    public static Merged of(
            Collection<Observer> observers, Map<NodeId, Own> own, Function<NodeAddress, Optional<HostName>> hosts) {
        var witnesses = observers.stream().filter(Observer::answers).toList();
        if (witnesses.isEmpty()) {
            witnesses = List.copyOf(observers);
        }
        var selves = new HashMap<NodeId, NodeRow>();
        observers.forEach(o -> o.self().ifPresent(self -> selves.put(o.id(), self)));

        var camps = camps(witnesses);
        var ballots = ballots(camps);
        dropEntries(ballots);
        var nodes = new ArrayList<Node>(ballots.size());
        ballots.forEach((id, ballot) -> nodes.add(
                node(id, ballot, Optional.ofNullable(selves.get(id)), own.getOrDefault(id, Own.NOTHING), hosts)));
        var sorted = sorted(nodes);

        var disagreements = new ArrayList<Disagreement>();
        if (camps.size() > 1) {
            var circles = new Circles(camps);
            sorted.keySet()
                    .forEach(
                            id -> Objects.requireNonNull(ballots.get(id)).disagreements(camps, circles, disagreements));
        }
        long epoch =
                witnesses.stream().mapToLong(o -> o.view().currentEpoch()).max().orElse(0);
        return new Merged(sorted, List.copyOf(disagreements), owners(sorted.values()), epoch);
    }

    /** Witnesses that say the same. Compared by identity. */
    static final class Camp {
        private final List<NodeRow> rows;
        private final Set<NodeId> members = new LinkedHashSet<>();

        Camp(List<NodeRow> rows) {
            this.rows = rows;
        }

        List<NodeRow> rows() {
            return rows;
        }

        Set<NodeId> members() {
            return members;
        }

        NodeId first() {
            return members.iterator().next();
        }
    }

    private static List<Camp> camps(List<Observer> witnesses) {
        var camps = new LinkedHashMap<Long, Camp>();
        for (var witness : witnesses) {
            camps.computeIfAbsent(witness.hash(), h -> new Camp(witness.view().rows()))
                    .members()
                    .add(witness.id());
        }
        return List.copyOf(camps.values());
    }

    private static Map<NodeId, Ballot> ballots(List<Camp> camps) {
        var ballots = new LinkedHashMap<NodeId, Ballot>();
        for (var camp : camps) {
            for (var row : camp.rows()) {
                // a node in handshake goes by a random name until it has answered
                if (!row.has(Flag.HANDSHAKE)) {
                    ballots.computeIfAbsent(row.id(), Ballot::new).add(row, camp);
                }
            }
        }
        return ballots;
    }

    /**
     * Who answers to an address by another id than before (CLUSTER RESET HARD, a lost nodes.conf) stays known to the others without an
     * address ({@code noaddr}) until they are told to forget it. Where nothing hangs on it that is an entry, and no node.
     */
    private static void dropEntries(Map<NodeId, Ballot> ballots) {
        var entries = ballots.values().stream()
                .filter(b ->
                        b.flags().contains(Flag.NOADDR) && b.winner().slots().isEmpty())
                .map(Ballot::about)
                .collect(Collectors.toSet());
        if (entries.isEmpty()) {
            return;
        }
        ballots.forEach((id, ballot) -> {
            if (!entries.contains(id)) {
                ballot.winner().master().ifPresent(entries::remove);
            }
        });
        ballots.keySet().removeAll(entries);
    }

    private static Node node(
            NodeId id,
            Ballot ballot,
            Optional<NodeRow> self,
            Own own,
            Function<NodeAddress, Optional<HostName>> hosts) {
        var row = ballot.winner();
        var address = ballot.address();
        return new Node(
                id,
                address,
                hosts.apply(address),
                row.role(),
                row.role() == Role.REPLICA ? row.master() : Optional.empty(),
                row.slots(),
                self.map(NodeRow::migrating).orElse(Map.of()),
                self.map(NodeRow::importing).orElse(Map.of()),
                ballot.flags(),
                ballot.suspectedBy(),
                row.epoch(),
                ballot.linkUp(),
                own.contact(),
                own.info(),
                own.refused());
    }

    private static Map<NodeId, Node> sorted(List<Node> nodes) {
        record Keyed(long ip, Node node) {}
        var byAddress = Comparator.comparingLong(Keyed::ip)
                .thenComparing(k -> k.node().address().host())
                .thenComparingInt(k -> k.node().address().port())
                .thenComparing(k -> k.node().id());
        var sorted = new LinkedHashMap<NodeId, Node>();
        nodes.stream()
                .map(n -> new Keyed(ip(n.address().host()), n))
                .sorted(byAddress)
                .forEach(k -> sorted.put(k.node().id(), k.node()));
        return Collections.unmodifiableMap(sorted);
    }

    /** So that 10.0.0.9 comes before 10.0.0.10; names and IPv6 come after. */
    private static long ip(String host) {
        var parts = host.split("\\.");
        long ip = 0;
        for (var part : parts) {
            if (parts.length != 4 || part.isEmpty() || part.length() > 3) {
                return Long.MAX_VALUE;
            }
            for (int i = 0; i < part.length(); i++) {
                if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                    return Long.MAX_VALUE;
                }
            }
            ip = ip * 1_000 + Integer.parseInt(part);
        }
        return ip;
    }

    /** Where two claim a slot, the higher configuration epoch wins, as it does among the nodes. */
    private static SlotOwners owners(Collection<Node> nodes) {
        var masters = nodes.stream().filter(n -> !n.slots().isEmpty()).toList();
        var owner = new short[SlotRange.SLOTS];
        Arrays.fill(owner, (short) -1);
        IntStream.range(0, masters.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> masters.get(i).epoch()))
                .forEach(i ->
                        masters.get(i).slots().forEach(r -> Arrays.fill(owner, r.from(), r.to() + 1, i.shortValue())));
        return new SlotOwners(masters.stream().map(Node::id).toList(), owner);
    }

    /** Nodes that know of each other, directly or through others: two clusters that were never joined do not disagree. */
    static final class Circles {
        private final Map<NodeId, NodeId> up = new HashMap<>();

        Circles(List<Camp> camps) {
            for (var camp : camps) {
                var first = camp.first();
                camp.members().forEach(m -> join(first, m));
                camp.rows().stream().filter(r -> !r.has(Flag.HANDSHAKE)).forEach(r -> join(first, r.id()));
            }
        }

        boolean same(NodeId a, NodeId b) {
            return top(a).equals(top(b));
        }

        private void join(NodeId a, NodeId b) {
            up.put(top(b), top(a));
        }

        private NodeId top(NodeId id) {
            var at = id;
            for (var next = up.get(at); next != null && !next.equals(at); next = up.get(at)) {
                at = next;
            }
            return at;
        }
    }

    /** For tests and benches: no host is known. */
    public static Function<NodeAddress, Optional<HostName>> noHosts() {
        return address -> Optional.empty();
    }

    static <T> Set<T> frozen(Set<T> set) {
        return Collections.unmodifiableSet(set);
    }
}
