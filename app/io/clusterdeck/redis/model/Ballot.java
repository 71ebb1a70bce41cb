package io.clusterdeck.redis.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the witnesses say about one node. */
final class Ballot {

    /** So many witnesses are named per opinion. */
    private static final int NAMED = 32;

    private final NodeId about;
    private final List<Vote> votes = new ArrayList<>(1);

    private record Vote(NodeRow row, Merge.Camp camp) {
        int weight() {
            return camp.members().size();
        }

        Collection<NodeId> others(NodeId about) {
            return camp.members().stream().filter(m -> !m.equals(about)).toList();
        }
    }

    /** What a change of which makes it another node to its clients. */
    private record Standing(Role role, Optional<NodeId> master, List<SlotRange> slots, long epoch) {
        static Standing of(NodeRow row) {
            return new Standing(row.role(), row.master(), row.slots(), row.epoch());
        }
    }

    Ballot(NodeId about) {
        this.about = about;
    }

    NodeId about() {
        return about;
    }

    void add(NodeRow row, Merge.Camp camp) {
        votes.add(new Vote(row, camp));
    }

    /**
     * The line that most say; of two that as many say the one with the higher epoch. Whom a replica follows it says first itself: the others
     * learn it from its next ping only, which may take half the node-timeout, be it a master that has handed its slots over, or a replica
     * whose master was replaced.
     */
    NodeRow winner() {
        var most = most();
        return most.slots().isEmpty()
                ? votes.stream()
                        .filter(v -> v.camp().members().contains(about))
                        .map(Vote::row)
                        .filter(r -> r.role() == Role.REPLICA)
                        .findFirst()
                        .orElse(most)
                : most;
    }

    private NodeRow most() {
        if (votes.size() == 1) {
            return votes.getFirst().row();
        }
        var weights = votes.stream()
                .collect(Collectors.groupingBy(
                        v -> Standing.of(v.row()), LinkedHashMap::new, Collectors.summingInt(Vote::weight)));
        var best = weights.entrySet().stream()
                .max(Map.Entry.<Standing, Integer>comparingByValue()
                        .thenComparing(e -> e.getKey().epoch()))
                .orElseThrow()
                .getKey();
        return votes.stream()
                .map(Vote::row)
                .filter(r -> Standing.of(r).equals(best))
                .findFirst()
                .orElseThrow();
    }

    NodeAddress address() {
        var first = winner().address();
        return first.host().isEmpty()
                ? votes.stream()
                        .map(v -> v.row().address())
                        .filter(a -> !a.host().isEmpty())
                        .findFirst()
                        .orElse(first)
                : first;
    }

    /** The role as the winner has it; every other flag when more than half of the others say so. */
    Set<Flag> flags() {
        var flags = EnumSet.noneOf(Flag.class);
        flags.add(winner().role() == Role.REPLICA ? Flag.REPLICA : Flag.MASTER);
        int all = 0;
        var counts = new int[Flag.values().length];
        for (var vote : votes) {
            int weight = weightOfOthers(vote);
            all += weight;
            for (var flag : vote.row().flags()) {
                counts[flag.ordinal()] += weight;
            }
        }
        for (var flag : List.of(Flag.FAIL, Flag.PFAIL, Flag.NOADDR, Flag.NOFAILOVER)) {
            if (counts[flag.ordinal()] * 2 > all) {
                flags.add(flag);
            }
        }
        return Merge.frozen(flags);
    }

    Set<NodeId> suspectedBy() {
        if (votes.stream().noneMatch(v -> bad(v.row()))) {
            return Set.of();
        }
        return Merge.frozen(votes.stream()
                .filter(v -> bad(v.row()))
                .flatMap(v -> v.others(about).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    boolean linkUp() {
        return votes.stream().allMatch(v -> v.row().linkUp() || weightOfOthers(v) == 0);
    }

    void disagreements(List<Merge.Camp> camps, Merge.Circles circles, List<Disagreement> into) {
        known(camps, circles, into);
        if (votes.size() > 1) {
            differ("role", r -> r.role() == Role.MASTER ? "master" : "replica", true, into);
            differ("master", r -> r.master().map(NodeId::value).orElse("-"), true, into);
            differ("slots", r -> slots(r.slots()), true, into);
            differ("epoch", r -> Long.toString(r.epoch()), true, into);
            differ("failed", r -> r.has(Flag.FAIL) ? "fail" : r.has(Flag.PFAIL) ? "pfail" : "ok", false, into);
        }
    }

    /** Some of its circle do not know it. */
    private void known(List<Merge.Camp> camps, Merge.Circles circles, List<Disagreement> into) {
        var knowing = votes.stream().map(Vote::camp).collect(Collectors.toSet());
        var ignorant = camps.stream()
                .filter(c -> !knowing.contains(c) && circles.same(c.first(), about))
                .toList();
        if (!ignorant.isEmpty()) {
            var opinions = new LinkedHashMap<String, List<NodeId>>();
            opinions.put(
                    "known",
                    votes.stream().flatMap(v -> v.camp().members().stream()).toList());
            opinions.put(
                    "unknown",
                    ignorant.stream().flatMap(c -> c.members().stream()).toList());
            into.add(disagreement("known", opinions));
        }
    }

    private void differ(String aspect, Function<NodeRow, String> of, boolean itselfToo, List<Disagreement> into) {
        var opinions = new LinkedHashMap<String, List<NodeId>>();
        for (var vote : votes) {
            Collection<NodeId> who = itselfToo ? vote.camp().members() : vote.others(about);
            if (!who.isEmpty()) {
                opinions.computeIfAbsent(of.apply(vote.row()), o -> new ArrayList<>())
                        .addAll(who);
            }
        }
        if (opinions.size() > 1) {
            into.add(disagreement(aspect, opinions));
        }
    }

    private Disagreement disagreement(String aspect, Map<String, List<NodeId>> opinions) {
        var says = new LinkedHashMap<NodeId, String>();
        opinions.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> e.getValue().size()))
                .forEach(e -> e.getValue().stream().limit(NAMED).forEach(who -> says.put(who, e.getKey())));
        return new Disagreement(about.value(), aspect, java.util.Collections.unmodifiableMap(says));
    }

    private int weightOfOthers(Vote vote) {
        return vote.weight() - (vote.camp().members().contains(about) ? 1 : 0);
    }

    private static boolean bad(NodeRow row) {
        return row.has(Flag.PFAIL) || row.has(Flag.FAIL);
    }

    private static String slots(List<SlotRange> slots) {
        return slots.isEmpty() ? "-" : slots.stream().map(SlotRange::toString).collect(Collectors.joining(" "));
    }
}
