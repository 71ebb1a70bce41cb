package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a failover ended, and why: above all why it did not come about. */
final class Reasons {

    /** So long a step may take beyond its theory before we say that it is stuck. */
    private static final long PATIENCE = 2000;

    private final Course c;
    private final Episode e;
    private final Roster roster;
    private final Instant now;
    private final Set<NodeId> away;
    private final String failed;
    private final List<Say> why = new ArrayList<>();

    /** @param away who is gone or suspected now, in whatever failover */
    Reasons(Course course, Instant now, Set<NodeId> away) {
        this.away = away;
        this.c = course;
        this.e = course.e;
        this.roster = e.roster;
        this.now = now;
        this.failed = roster.name(e.failed);
    }

    /** An outcome, its reasons, and when it was reached. */
    record Verdict(Outcome outcome, List<Say> why, Optional<Instant> ended) {}

    /** @param served when the last stage ended */
    Verdict verdict(Optional<Instant> served) {
        if (c.kind == Kind.MIGRATION) {
            why.add(Say.of("timeline.why.migration", "node", failed));
            return end(Outcome.TAKEN_OVER, Optional.of(c.e.opened));
        }
        if (c.won.isPresent()) {
            return taken(served);
        }
        var again = e.trustedAgain().or(this::answersAgain);
        if (again.isPresent()) {
            why.add(Say.of(
                    "timeline.why.came-back",
                    "node",
                    failed,
                    "t",
                    Episode.millis(c.began, again.get()),
                    "timeout",
                    e.terms.nodeTimeout()));
            hindrances();
            return end(Outcome.CAME_BACK, again);
        }
        var late = e.all(What.BY_HAND_LATE).findFirst();
        if (late.isPresent()) {
            why.add(Say.of("timeline.why.hand-late", "node", failed));
            return end(Outcome.GIVEN_UP, late.map(Fact::at));
        }
        hindrances();
        return new Verdict(why.isEmpty() ? Outcome.RUNNING : Outcome.STUCK, why, Optional.empty());
    }

    private Verdict end(Outcome outcome, Optional<Instant> at) {
        return new Verdict(outcome, why, at);
    }

    private Verdict taken(Optional<Instant> served) {
        var winner = c.winner.map(roster::name).orElse("?");
        why.add(
                switch (c.kind) {
                    case MANUAL -> Say.of("timeline.why.manual", "node", failed, "who", winner);
                    case FORCED -> Say.of("timeline.why.forced", "node", failed, "who", winner);
                    case TAKEOVER -> Say.of("timeline.why.takeover", "node", failed, "who", winner);
                    default ->
                        Say.of(
                                "timeline.why.elected",
                                "who",
                                winner,
                                "n",
                                c.counted(),
                                "of",
                                roster.voters().size());
                });
        partition();
        coverage();
        return served.isPresent()
                ? end(Outcome.TAKEN_OVER, served)
                : new Verdict(Outcome.RUNNING, why, Optional.empty());
    }

    private Optional<Instant> answersAgain() {
        // only our own contact was lost, or nobody else told anything
        return e.weak()
                ? Course.last(e.all(What.BACK))
                        .filter(b ->
                                c.lost.isEmpty() || b.at().isAfter(c.lost.get().at()))
                        .map(Fact::at)
                : Optional.empty();
    }

    private boolean late(Instant since, long millis) {
        return Episode.millis(since, now) > millis + PATIENCE;
    }

    /** What stands in the way; nothing as long as each step is within its time. */
    private void hindrances() {
        if (c.kind != Kind.AUTOMATIC) {
            return;
        }
        if (c.marked.isEmpty()) {
            noMajority();
        } else {
            noReplica();
            tooOld();
            noVotes();
            if (why.isEmpty() && c.asked.isEmpty() && late(c.marked.get().at(), e.terms.nodeTimeout() + 5000)) {
                why.add(Say.of(
                        "timeline.why.nobody-asks",
                        "who",
                        roster.replicasOf(e.failed).stream()
                                .map(Member::name)
                                .sorted()
                                .toList()));
            }
        }
        partition();
        if (!why.isEmpty()) {
            coverage();
        }
    }

    private void noMajority() {
        var voters = roster.voters();
        var suspecting = c.suspecting();
        var missing = new LinkedHashSet<NodeId>();
        voters.stream().filter(m -> !m.answered() || m.failed()).map(Member::id).forEach(missing::add);
        missing.add(e.failed);
        away.stream().filter(roster::voter).forEach(missing::add);
        int left = voters.size() - missing.size();
        var since = c.suspected.map(Fact::at).orElse(c.began.plusMillis(e.terms.nodeTimeout() * 3 / 2));
        if (left < roster.needed() && late(since, 0)) {
            why.add(Say.of(
                    "timeline.why.no-majority",
                    "needed",
                    roster.needed(),
                    "of",
                    voters.size(),
                    "left",
                    left,
                    "missing",
                    roster.names(missing)));
        } else if (c.suspected.isPresent() && late(since, e.terms.nodeTimeout())) {
            var trusting = voters.stream()
                    .map(Member::id)
                    .filter(id -> !id.equals(e.failed) && !suspecting.contains(id))
                    .toList();
            why.add(Say.of(
                    "timeline.why.not-agreed",
                    "n",
                    suspecting.size(),
                    "needed",
                    roster.needed(),
                    "by",
                    suspecting.isEmpty() ? List.of("–") : roster.names(suspecting),
                    "trusting",
                    trusting.isEmpty() ? List.of("–") : roster.names(trusting)));
        }
    }

    private void noReplica() {
        var replicas = roster.replicasOf(e.failed);
        if (replicas.isEmpty()) {
            why.add(Say.of(
                    "timeline.why.no-replica",
                    "node",
                    failed,
                    "slots",
                    roster.of(e.failed).map(Member::ranges).orElse("–")));
            return;
        }
        var gone = replicas.stream().filter(m -> !m.answered() || m.failed()).toList();
        if (gone.size() == replicas.size()) {
            why.add(Say.of(
                    "timeline.why.replicas-away",
                    "node",
                    failed,
                    "who",
                    gone.stream().map(Member::name).sorted().toList()));
        }
    }

    /** Those that say so, and, where nobody says anything, those whose master had been silent for longer than the limit before it was lost. */
    private void tooOld() {
        var said = Episode.byNode(e.all(What.TOO_OLD));
        var stood =
                Stream.of(What.DELAYED, What.ASKS).flatMap(e::all).map(Fact::by).collect(Collectors.toSet());
        for (var replica : roster.replicasOf(e.failed)) {
            var id = replica.id();
            var fact = said.get(id);
            long age = fact != null && fact.number() >= 0 ? fact.number() : age(replica);
            boolean reckoned = !stood.contains(id) && e.terms.oldest() > 0 && replica.linkAge() > e.terms.oldest();
            if (fact != null || reckoned) {
                why.add(
                        age < 0
                                ? Say.of("timeline.why.too-old", "who", replica.name(), "limit", e.terms.oldest())
                                : Say.of(
                                        "timeline.why.too-old.age",
                                        "who",
                                        replica.name(),
                                        "age",
                                        age,
                                        "limit",
                                        e.terms.oldest()));
            }
        }
    }

    /** Its age when the failure was agreed on, by what the replica had told before; −1 where it told nothing. */
    private long age(Member replica) {
        return replica.linkAge() < 0
                ? -1
                : replica.linkAge()
                        + Episode.millis(c.began, c.marked.orElseThrow().at());
    }

    private void noVotes() {
        var denied = e.all(What.DENIES)
                .map(d -> Say.of("timeline.why.denied", "by", roster.name(d.by()), "reason", Denial.of(d)))
                .distinct()
                .toList();
        var asked = Course.last(e.all(What.ASKS));
        boolean expired = e.all(What.EXPIRED).findAny().isPresent();
        if (asked.isPresent()
                && (expired || !denied.isEmpty() || late(asked.get().at(), e.terms.voteWindow()))) {
            var missing = roster.voters().stream()
                    .map(Member::id)
                    .filter(id -> !c.votes.containsKey(id))
                    .toList();
            why.add(Say.of(
                    "timeline.why.votes",
                    "who",
                    roster.name(asked.get().by()),
                    "n",
                    c.counted(),
                    "needed",
                    roster.needed(),
                    "missing",
                    roster.names(missing)));
            why.addAll(denied);
        }
    }

    /** Two groups that each believe the other lost. */
    private void partition() {
        Set<NodeId> there = new HashSet<>();
        e.facts().stream()
                .filter(f -> f.by().equals(e.failed) && (f.is(What.SUSPECTS) || f.is(What.HEARS_FAIL)))
                .forEach(f -> f.about().ifPresent(there::add));
        if (!there.isEmpty()) {
            var here = Stream.of(What.SUSPECTS, What.HEARS_FAIL, What.MARKS_FAIL)
                    .flatMap(e::onFailed)
                    .map(Fact::by)
                    .filter(id -> !id.equals(e.failed))
                    .distinct()
                    .toList();
            why.add(Say.of(
                    "timeline.why.partition",
                    "node",
                    failed,
                    "here",
                    here.isEmpty() ? List.of("–") : roster.names(here),
                    "there",
                    roster.names(there)));
        }
        Sides.cutOff(c, now).ifPresent(why::add);
    }

    /** That everybody refused, also those whose slots were well. */
    private void coverage() {
        var refused = c.refused.keySet().stream().filter(roster::voter).toList();
        if (e.terms.fullCoverage() && !refused.isEmpty()) {
            why.add(Say.of("timeline.why.coverage", "n", refused.size(), "who", roster.names(refused)));
        }
    }
}
