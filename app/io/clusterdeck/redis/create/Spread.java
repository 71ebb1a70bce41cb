package io.clusterdeck.redis.create;

import io.clusterdeck.redis.model.SlotRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Decides which of some servers become masters, and of which the others are replicas: masters spread over the machines, no replica on its
 * master's machine as long as that can be had at all. The same servers in the same order always give the same answer.
 */
final class Spread {

    /** Of each server, in their order: the index of its master, or −1 for a master. */
    private final int[] masterOf;

    /** The servers that become masters, in the order of their slots. */
    private final List<Integer> masters;

    private Spread(int[] masterOf, List<Integer> masters) {
        this.masterOf = masterOf;
        this.masters = masters;
    }

    int masterOf(int server) {
        return masterOf[server];
    }

    List<Integer> masters() {
        return masters;
    }

    /** @param machines the machine of each server */
    static Spread of(List<String> machines, int masterCount) {
        var order = interleaved(machines);
        var masters = order.subList(0, masterCount);
        var rest = order.subList(masterCount, order.size());
        var masterOf = new int[machines.size()];
        Arrays.fill(masterOf, -1);
        // in rounds, so that every master gets its first replica before one gets a second
        for (int from = 0; from < rest.size(); from += masterCount) {
            round(machines, masters, rest.subList(from, Math.min(rest.size(), from + masterCount)), masterOf);
        }
        return new Spread(masterOf, List.copyOf(masters));
    }

    /** Kuhn's matching of replicas with masters on other machines; what is left over takes what is left over. */
    private static void round(List<String> machines, List<Integer> masters, List<Integer> replicas, int[] masterOf) {
        var taken = new int[masters.size()];
        Arrays.fill(taken, -1);
        for (int r = 0; r < replicas.size(); r++) {
            seek(machines, masters, replicas, r, taken, new boolean[masters.size()]);
        }
        for (int r = 0; r < replicas.size(); r++) {
            int replica = r;
            if (IntStream.of(taken).noneMatch(t -> t == replica)) {
                taken[
                        IntStream.range(0, taken.length)
                                .filter(m -> taken[m] < 0)
                                .findFirst()
                                .orElseThrow()] = r;
            }
        }
        for (int m = 0; m < taken.length; m++) {
            if (taken[m] >= 0) {
                masterOf[replicas.get(taken[m])] = masters.get(m);
            }
        }
    }

    private static boolean seek(
            List<String> machines, List<Integer> masters, List<Integer> replicas, int r, int[] taken, boolean[] tried) {
        for (int m = 0; m < masters.size(); m++) {
            if (tried[m] || machines.get(masters.get(m)).equals(machines.get(replicas.get(r)))) {
                continue;
            }
            tried[m] = true;
            if (taken[m] < 0 || seek(machines, masters, replicas, taken[m], taken, tried)) {
                taken[m] = r;
                return true;
            }
        }
        return false;
    }

    /** One server of each machine in turn. */
    private static List<Integer> interleaved(List<String> machines) {
        Map<String, List<Integer>> byMachine = new LinkedHashMap<>();
        for (int i = 0; i < machines.size(); i++) {
            byMachine.computeIfAbsent(machines.get(i), m -> new ArrayList<>()).add(i);
        }
        var order = new ArrayList<Integer>();
        for (int row = 0; order.size() < machines.size(); row++) {
            for (var servers : byMachine.values()) {
                if (row < servers.size()) {
                    order.add(servers.get(row));
                }
            }
        }
        return order;
    }

    /** Even ranges, rounded as redis-cli rounds them: 0–5460, 5461–10922, 10923–16383 for three. */
    static List<SlotRange> slots(int masters) {
        double each = (double) SlotRange.SLOTS / masters;
        var ranges = new ArrayList<SlotRange>();
        int first = 0;
        for (int i = 0; i < masters; i++) {
            int last = i == masters - 1 ? SlotRange.SLOTS - 1 : (int) Math.round(each * (i + 1) - 1);
            ranges.add(new SlotRange(first, last));
            first = last + 1;
        }
        return ranges;
    }
}
