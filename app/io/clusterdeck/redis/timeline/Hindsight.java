package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who was whose replica before we looked: the present, with each victory that the logs tell undone. A pure function. */
final class Hindsight {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofHours(6);

    private record Era(Instant until, List<Member> members) {}

    private final List<Era> eras = new ArrayList<>();
    private final List<Member> present;

    /** @param present as it is now @param facts what the logs tell */
    Hindsight(List<Member> present, List<Fact> facts) {
        this.present = present;
        var members = new HashMap<NodeId, Member>();
        present.forEach(m -> members.put(m.id(), m));
        for (var won : victories(facts)) {
            if (members.containsKey(won.by()) && members.get(won.by()).master().isEmpty()) {
                replaced(won, facts, members).ifPresent(old -> undo(won, old, facts, members));
                eras.addFirst(new Era(won.at(), order(members)));
            }
        }
    }

    /** As the winners tell, the last one first; of one whose log is not there, as those tell who followed it then. */
    private static List<Fact> victories(List<Fact> facts) {
        var told = facts.stream()
                .filter(f -> f.promotes() && !f.is(What.MASTER_NOW))
                .toList();
        var tell = told.stream().map(Fact::by).collect(Collectors.toSet());
        var seen = new HashMap<NodeId, Fact>();
        facts.stream()
                .filter(f -> f.is(What.FOLLOWS) && f.logged())
                .sorted(Comparator.comparing(Fact::at))
                .forEach(f -> f.about()
                        .filter(winner -> !tell.contains(winner))
                        .ifPresent(winner -> seen.putIfAbsent(winner, won(f, winner))));
        return Stream.concat(told.stream(), seen.values().stream())
                .sorted(Comparator.comparing(Fact::at).reversed())
                .toList();
    }

    private static Fact won(Fact follows, NodeId winner) {
        return new Fact(follows.at(), follows.within(), What.WON, winner, Optional.empty(), -1, "", follows.evidence());
    }

    private List<Member> order(Map<NodeId, Member> members) {
        return present.stream().map(m -> members.getOrDefault(m.id(), m)).toList();
    }

    /** The nodes as they were just before. */
    List<Member> before(Instant at) {
        return eras.stream()
                .filter(e -> !at.isAfter(e.until()))
                .findFirst()
                .map(Era::members)
                .orElse(present);
    }

    /** Whom it replaced: the master that it had connected to; else whoever had failed and followed it later, or asked by its replica. */
    private static Optional<NodeId> replaced(Fact won, List<Fact> facts, Map<NodeId, Member> members) {
        var sought = facts.stream()
                .filter(f -> f.is(What.SEEKS_MASTER) && f.by().equals(won.by()) && f.at().isBefore(won.at()))
                .max(Comparator.comparing(Fact::at))
                .flatMap(f -> members.values().stream()
                        .filter(m -> (m.address().host() + ":" + m.address().port()).equals(f.more()))
                        .findFirst());
        return sought.map(Member::id).or(() -> guessed(won, facts, members));
    }

    private static Optional<NodeId> guessed(Fact won, List<Fact> facts, Map<NodeId, Member> members) {
        var failed = facts.stream()
                .filter(f -> f.is(What.MARKS_FAIL) || f.is(What.HEARS_FAIL))
                .filter(f -> within(f.at(), won.at().minus(SOON), won.at()))
                .flatMap(f -> f.about().stream());
        var asked = facts.stream()
                .filter(f -> f.is(What.BY_HAND_ASKED) && within(f.at(), won.at().minus(SOON), won.at()))
                .filter(f -> f.about().isEmpty() || f.isAbout(won.by()))
                .map(Fact::by);
        var follow = facts.stream()
                .filter(f -> f.is(What.FOLLOWS) && f.isAbout(won.by()))
                .filter(f -> within(f.at(), won.at(), won.at().plus(LATER)))
                .toList();
        // who writes it as a replica was a sibling of the winner
        var siblings =
                follow.stream().filter(f -> f.more().equals("S")).map(Fact::by).collect(Collectors.toSet());
        var followers = follow.stream().map(Fact::by).distinct().toList();
        var today = members.values().stream()
                .filter(m -> m.master().filter(won.by()::equals).isPresent())
                .map(Member::id)
                .toList();
        var suspects = Stream.concat(asked, failed)
                .filter(id -> !id.equals(won.by()) && !siblings.contains(id))
                .distinct()
                .toList();
        return follow.stream()
                .filter(f -> f.more().equals("M")) // it was a master until then, and no replica of the lost one
                .map(Fact::by)
                .findFirst()
                .or(() -> suspects.stream().filter(followers::contains).findFirst())
                .or(() -> suspects.stream().filter(today::contains).findFirst())
                .or(() -> suspects.size() == 1 ? suspects.stream().findFirst() : Optional.empty())
                // one of several may be another replica, which only its log was there to tell of
                .or(() -> followers.size() == 1 && today.equals(followers) && siblings.isEmpty()
                        ? followers.stream().findFirst()
                        : Optional.empty());
    }

    private static boolean within(Instant at, Instant from, Instant to) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    private static void undo(Fact won, NodeId old, List<Fact> facts, Map<NodeId, Member> members) {
        var winner = members.get(won.by());
        var master = members.get(old);
        if (winner == null || master == null) {
            return;
        }
        members.put(old, past(master, Optional.empty(), winner.slots(), winner.ranges()));
        members.put(won.by(), past(winner, Optional.of(old), 0, ""));
        facts.stream()
                .filter(f -> f.is(What.FOLLOWS) && f.isAbout(won.by()) && !f.by().equals(old))
                .filter(f -> within(f.at(), won.at(), won.at().plus(SOON)))
                .map(Fact::by)
                .forEach(id -> members.computeIfPresent(id, (k, m) -> past(m, Optional.of(old), 0, "")));
    }

    /** Whoever is away today was there then, as far as we know. */
    private static Member past(Member m, Optional<NodeId> master, int slots, String ranges) {
        return new Member(m.id(), m.name(), m.address(), m.host(), master, slots, ranges, -1, -1, true, false);
    }
}
