package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spreads shards over hosts: masters evenly over hosts and what fails together, then the replicas of each round by a bipartite matching, so
 * that none lands beside its master (or another replica of it) as long as that can be had at all.
 */
final class Placer {

    private final List<BuildHost> hosts;
    private final List<Integer> ports;
    private final int masters;
    private final int replicas;
    private final int capacity;
    /** Hosts of each shard, by index, the master's first. */
    private final List<List<Integer>> shards = new ArrayList<>();

    private final int[] load;

    Placer(Blueprint blueprint) {
        this.hosts = blueprint.hosts();
        this.ports = blueprint.layout().ports();
        this.masters = blueprint.layout().masters();
        this.replicas = blueprint.layout().replicas();
        this.capacity = Math.ceilDiv(blueprint.layout().nodes(), hosts.size());
        this.load = new int[hosts.size()];
    }

    /** The nodes of each shard, its master first. */
    List<List<NodeName>> place() {
        placeMasters();
        for (int round = 0; round < replicas; round++) {
            placeReplicas();
        }
        return named();
    }

    private void placeMasters() {
        int[] heads = new int[hosts.size()];
        for (int shard = 0; shard < masters; shard++) {
            int best = IntStream.range(0, hosts.size())
                    .boxed()
                    .min(Comparator.<Integer>comparingInt(h -> heads[h])
                            .thenComparingInt(h -> neighbours(h, heads))
                            .thenComparingInt(h -> h))
                    .orElseThrow();
            heads[best]++;
            load[best]++;
            shards.add(new ArrayList<>(List.of(best)));
        }
    }

    /** How many masters are in the fullest rack (zone, …) of a host. */
    private int neighbours(int host, int[] heads) {
        return hosts.get(host).labels().entrySet().stream()
                .mapToInt(label -> IntStream.range(0, hosts.size())
                        .filter(h ->
                                label.getValue().equals(hosts.get(h).labels().get(label.getKey())))
                        .map(h -> heads[h])
                        .sum())
                .max()
                .orElse(0);
    }

    /** One more replica for every shard (Kuhn's matching, hosts with room counted as often as they have room). */
    private void placeReplicas() {
        int[] taken = new int[masters]; // host of each shard's new replica
        Arrays.fill(taken, -1);
        for (int shard = 0; shard < masters; shard++) {
            if (!seek(shard, taken, new boolean[hosts.size()])) {
                taken[shard] = lastResort(shard, taken);
            }
        }
        for (int shard = 0; shard < masters; shard++) {
            shards.get(shard).add(taken[shard]);
            load[taken[shard]]++;
        }
    }

    private boolean seek(int shard, int[] taken, boolean[] tried) {
        for (int host : preferred(shard, taken)) {
            if (tried[host]) {
                continue;
            }
            tried[host] = true;
            var there = IntStream.range(0, masters)
                    .filter(s -> taken[s] == host)
                    .boxed()
                    .toList();
            if (load[host] + there.size() < capacity) {
                taken[shard] = host;
                return true;
            }
            for (int other : there) {
                taken[other] = -1;
                if (seek(other, taken, tried)) {
                    taken[shard] = host;
                    return true;
                }
                taken[other] = host;
            }
        }
        return false;
    }

    /** Hosts without a node of this shard: first those that share no rack with it, then the emptier, then the next behind its master. */
    private List<Integer> preferred(int shard, int[] taken) {
        var there = shards.get(shard);
        return IntStream.range(0, hosts.size())
                .boxed()
                .filter(h -> !there.contains(h))
                .sorted(Comparator.<Integer>comparingLong(
                                h -> there.stream().filter(o -> related(h, o)).count())
                        .thenComparingInt(h -> load[h]
                                + (int) Arrays.stream(taken).filter(t -> t == h).count())
                        .thenComparingInt(h -> Math.floorMod(h - there.getLast() - 1, hosts.size())))
                .toList();
    }

    private boolean related(int a, int b) {
        return hosts.get(a).labels().entrySet().stream()
                .anyMatch(l -> l.getValue().equals(hosts.get(b).labels().get(l.getKey())));
    }

    /** Nothing fits apart: wherever there is room. */
    private int lastResort(int shard, int[] taken) {
        return IntStream.range(0, hosts.size())
                .boxed()
                .min(Comparator.<Integer>comparingInt(h -> load[h]
                                + (int) Arrays.stream(taken).filter(t -> t == h).count())
                        .thenComparingInt(h -> Collections.frequency(shards.get(shard), h)))
                .orElseThrow();
    }

    /** Ports go to masters first, then to replicas, in the order of the shards. */
    private List<List<NodeName>> named() {
        var next = new int[hosts.size()];
        var named = new ArrayList<List<NodeName>>();
        shards.forEach(s -> named.add(new ArrayList<>()));
        for (int rank = 0; rank <= replicas; rank++) {
            for (int shard = 0; shard < masters; shard++) {
                int host = shards.get(shard).get(rank);
                named.get(shard).add(new NodeName(hosts.get(host).name(), ports.get(next[host]++)));
            }
        }
        return named;
    }
}
