package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which node is on which host and port, and what that survives. The same blueprint always gives the same placement. */
public record Placement(List<PlacedShard> shards) {

    /** A shard to be: its slots, its master and its replicas. */
    public record PlacedShard(SlotRange slots, NodeName master, List<NodeName> replicas) {
        public PlacedShard {
            replicas = List.copyOf(replicas);
        }

        public List<NodeName> nodes() {
            return Stream.concat(Stream.of(master), replicas.stream()).toList();
        }
    }

    public Placement {
        shards = List.copyOf(shards);
    }

    public static Placement of(Blueprint blueprint) {
        var nodes = blueprint.placement().isEmpty() ? new Placer(blueprint).place() : blueprint.placement();
        var slots = slots(nodes.size());
        var shards = new ArrayList<PlacedShard>();
        for (int i = 0; i < nodes.size(); i++) {
            var shard = nodes.get(i);
            shards.add(new PlacedShard(slots.get(i), shard.getFirst(), shard.subList(1, shard.size())));
        }
        return new Placement(shards);
    }

    /** Masters first, then replicas, as {@code redis-cli --cluster create} wants them. */
    public List<NodeName> nodes() {
        return Stream.concat(
                        shards.stream().map(PlacedShard::master),
                        shards.stream().flatMap(s -> s.replicas().stream()))
                .toList();
    }

    public List<NodeName> on(HostName host) {
        return nodes().stream()
                .filter(n -> n.host().equals(host))
                .sorted(java.util.Comparator.comparingInt(NodeName::port))
                .toList();
    }

    /** Even ranges, rounded as redis-cli rounds them (clusterManagerCommandCreate): 0–5460, 5461–10922, 10923–16383 for three. */
    static List<SlotRange> slots(int masters) {
        var ranges = new ArrayList<SlotRange>();
        double each = (double) SlotRange.SLOTS / masters;
        int first = 0;
        for (int i = 0; i < masters; i++) {
            int last = i == masters - 1 ? SlotRange.SLOTS - 1 : (int) Math.round(each * (i + 1) - 1);
            ranges.add(new SlotRange(first, last));
            first = last + 1;
        }
        return ranges;
    }

    /** What fails together: hosts, and the values of their labels (such as {@code rack=r1}) where they differ between hosts. */
    static Map<String, Set<HostName>> domains(Blueprint blueprint) {
        var domains = new LinkedHashMap<String, Set<HostName>>();
        for (var host : blueprint.hosts()) {
            host.labels()
                    .forEach((k, v) -> domains.computeIfAbsent(k + "=" + v, d -> new LinkedHashSet<>())
                            .add(host.name()));
        }
        domains.values().removeIf(hosts -> hosts.size() == blueprint.hosts().size());
        return domains;
    }

    /** What it survives and what it does not; at one host there is nothing to be said but that. */
    public List<Remark> remarks(Blueprint blueprint) {
        var remarks = new ArrayList<Remark>();
        if (blueprint.hosts().size() == 1) {
            remarks.add(Remark.note(
                    "one-host",
                    Say.of(
                            "build.placement.one-host",
                            "host",
                            blueprint.hosts().getFirst().name())));
            return remarks;
        }
        var groups = new LinkedHashMap<String, Set<HostName>>();
        blueprint.hosts().forEach(h -> groups.put(h.name().value(), Set.of(h.name())));
        groups.putAll(domains(blueprint));
        groups.forEach((name, hosts) -> {
            long masters = shards.stream()
                    .filter(s -> hosts.contains(s.master().host()))
                    .count();
            if (masters * 2 >= shards.size()) {
                remarks.add(Remark.warn(
                        "half-of-masters",
                        Say.of("build.placement.half", "where", name, "masters", masters, "of", shards.size())));
            }
            shards.stream()
                    .filter(s -> s.nodes().size() > 1 && s.nodes().stream().allMatch(n -> hosts.contains(n.host())))
                    .forEach(s -> remarks.add(Remark.warn(
                            "shard-in-one-place",
                            Say.of("build.placement.together", "where", name, "shard", shards.indexOf(s) + 1))));
        });
        if (blueprint.layout().replicas() == 0) {
            remarks.add(Remark.warn("no-replicas", Say.of("build.placement.no-replicas")));
        } else if (remarks.isEmpty()) {
            remarks.add(Remark.note("any-host", Say.of("build.placement.any-host")));
        }
        var unused = blueprint.hosts().stream()
                .filter(h -> on(h.name()).isEmpty())
                .map(h -> h.name().value())
                .toList();
        if (!unused.isEmpty()) {
            remarks.add(Remark.note("unused-hosts", Say.of("build.placement.unused", "hosts", unused)));
        }
        return remarks;
    }
}
