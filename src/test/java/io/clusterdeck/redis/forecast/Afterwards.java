package io.clusterdeck.redis.forecast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A made-up cluster after its elections, and the rule by which replicas migrate written down once more, as each of them follows it. */
final class Afterwards {
    private final Rules rules;
    private final Map<String, String> masterOf;
    private final Set<String> holders;
    private final Set<String> failed;
    private final Set<String> targets;
    private final int voters;

    /**
     * @param masterOf whom every replica follows in the eyes of all
     * @param holders masters with slots, also failed ones
     * @param targets masters that have or had replicas, or were replicas
     */
    Afterwards(
            Rules rules,
            Map<String, String> masterOf,
            Set<String> holders,
            Set<String> failed,
            Set<String> targets,
            int voters) {
        this.rules = rules;
        this.masterOf = new HashMap<>(masterOf);
        this.holders = Set.copyOf(holders);
        this.failed = Set.copyOf(failed);
        this.targets = new HashSet<>(targets);
        this.voters = voters;
    }

    /** Until nobody moves any more. @return who moved */
    List<String> settle(Random random) {
        var moved = new ArrayList<String>();
        for (boolean more = true; more; ) {
            more = false;
            for (var replica : List.copyOf(masterOf.keySet())) {
                var target = wish(replica, random);
                if (target != null) {
                    masterOf.put(replica, target);
                    moved.add(replica);
                    more = true;
                }
            }
        }
        return moved;
    }

    private @org.jspecify.annotations.Nullable String wish(String me, Random random) {
        var mine = masterOf.get(me);
        if (failed.contains(me) || failed.contains(mine) || !rules.migrates() || !well()) {
            return null;
        }
        var orphans = new ArrayList<String>();
        int most = 0;
        for (var holder : holders) {
            if (!failed.contains(holder)) {
                most = Math.max(most, followers(holder));
                if (followers(holder) == 0 && targets.contains(holder)) {
                    orphans.add(holder);
                }
            }
        }
        if (orphans.isEmpty() || most < 2 || followers(mine) != most || most <= rules.barrier()) {
            return null;
        }
        for (var other : masterOf.keySet()) {
            if (followers(masterOf.get(other)) == most && other.compareTo(me) < 0) {
                return null;
            }
        }
        return orphans.get(random.nextInt(orphans.size()));
    }

    /** Replicas that are not failing. */
    private int followers(String master) {
        return (int) masterOf.entrySet().stream()
                .filter(e -> e.getValue().equals(master) && !failed.contains(e.getKey()))
                .count();
    }

    private boolean well() {
        long up = holders.stream().filter(h -> !failed.contains(h)).count();
        return up * 2 > voters && (!rules.coverage() || up == holders.size());
    }

    /** Whether losing one more leaves its slots without anybody, or the rest without a majority. @param able who may be elected */
    boolean kills(String next, Set<String> able) {
        if (!holders.contains(next)) {
            return false;
        }
        long up = holders.stream()
                .filter(h -> !failed.contains(h) && !h.equals(next))
                .count();
        return up * 2 <= voters
                || masterOf.entrySet().stream()
                        .noneMatch(e ->
                                e.getValue().equals(next) && !failed.contains(e.getKey()) && able.contains(e.getKey()));
    }
}
