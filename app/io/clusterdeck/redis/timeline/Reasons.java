package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How a failover ended, and why: above all why it did not come about. */
final class Reasons {

    /** So long a step may take beyond its theory before we say that it is stuck. */
    private static final long PATIENCE = 2000;

    private final Course c;
    private final Episode e;
    private final Roster roster;
    private final Presence presence;
    private final String failed;
    private final List<Say> why = new ArrayList<>();

    /** What is over is judged as of its end: what happened later explains nothing of it. */
    private Instant now;

    /** Whether the lost master is seen to be well at present. */
    private final boolean well;

    /** Who was gone or suspected then, in whatever failover. */
    private Set<NodeId> away;

    Reasons(Course course, Instant now, boolean well, Presence presence) {
        this.well = well;
        this.presence = presence;
        this.away = presence.away(Instant.MAX);
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
            judgeAt(again.get());
            hindrances();
            return end(Outcome.CAME_BACK, again);
        }
        var late = c.givenUp(now.minusMillis(PATIENCE));
        if (late.isPresent()) {
            why.add(Say.of("timeline.why.hand-late", "node", failed));
            return end(Outcome.GIVEN_UP, late);
        }
        if (e.until.isBefore(now) || well && late(c.quietSince(), e.terms.nodeTimeout())) {
            why.add(Say.of("timeline.why.well", "node", failed));
            return end(Outcome.CAME_BACK, Optional.of(c.quietSince()));
        }
        hindrances();
        return new Verdict(why.isEmpty() ? Outcome.RUNNING : Outcome.STUCK, why, Optional.empty());
    }

    /** As it was half-way: who came back in the end, a little before it or after, was missing until then. */
    private void judgeAt(Instant end) {
        now = end;
        var since = c.suspected.map(Fact::at).orElse(c.began);
        away = presence.away(since.plus(Duration.between(since, end).dividedBy(2)));
    }

    private Verdict end(Outcome outcome, Optional<Instant> at) {
        return new Verdict(outcome, why, at);
    }

    private Verdict taken(Optional<Instant> served) {
        var winner = c.winner.map(roster::name).orElse("?");
        why.add(
                switch (c.kind) {
                    case MANUAL ->
                        Say.of(
                                e.all(What.CAUGHT_UP).findAny().isPresent()
                                        ? "timeline.why.manual.whole"
                                        : "timeline.why.manual",
                                "node",
                                failed,
                                "who",
                                winner);
                    case FORCED -> Say.of("timeline.why.forced", "node", failed, "who", winner);
                    case TAKEOVER -> Say.of("timeline.why.takeover", "node", failed, "who", winner);
                    default -> elected(winner);
                });
        e.all(What.BY_HAND_LATE)
                .filter(late -> c.won.filter(won -> won.at().isAfter(late.at())).isPresent())
                .findFirst()
                .ifPresent(late -> why.add(Say.of("timeline.why.hand-late.before", "node", failed)));
        Sides.split(c, now, presence).ifPresent(why::add);
        Sides.cutOff(c, now).ifPresent(why::add);
        coverage();
        return served.isPresent()
                ? end(Outcome.TAKEN_OVER, served)
                : new Verdict(Outcome.RUNNING, why, Optional.empty());
    }

    /** Who won had a majority, also where not all of its voters are known. */
    private Say elected(String winner) {
        boolean all = c.counted() >= roster.needed();
        return Say.of(
                all ? "timeline.why.elected" : "timeline.why.elected.least",
                "who",
                winner,
                "n",
                c.counted(),
                "needed",
                roster.needed(),
                "of",
                roster.voters().size());
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
        if (c.kind != Kind.AUTOMATIC || e.weak()) { // where nobody in the cluster minds there is nothing to come about
            return;
        }
        if (c.marked.isEmpty() && c.asked.isEmpty()) {
            noMajority();
        } else {
            noReplica();
            why.addAll(new DataAge(c, now).tooOld());
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
        Sides.split(c, now, presence).ifPresent(why::add);
        Sides.cutOff(c, now).ifPresent(why::add);
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
        var gone = replicas.stream()
                .filter(m -> !m.answered() || m.failed() || away.contains(m.id()))
                .toList();
        if (gone.size() == replicas.size()) {
            why.add(Say.of(
                    "timeline.why.replicas-away",
                    "node",
                    failed,
                    "who",
                    gone.stream().map(Member::name).sorted().toList()));
        }
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

    /**
     * That others refused, also those whose slots were well. Slots without a master are a reason only once their master is marked as failed;
     * who refuses before that sees no majority of masters (clusterUpdateState in cluster.c).
     */
    private void coverage() {
        var refused = c.service.refused.values().stream()
                .filter(f -> roster.voter(f.by()))
                .toList();
        refused("timeline.why.coverage", refused.stream().filter(this::uncovered));
        refused("timeline.why.minority", refused.stream().filter(f -> !uncovered(f)));
    }

    private boolean uncovered(Fact refusal) {
        boolean before = c.marked.isEmpty()
                ? c.won.isEmpty()
                : refusal.latest().isBefore(c.marked.get().earliest());
        return e.terms.fullCoverage() && !before;
    }

    private void refused(String key, Stream<Fact> some) {
        var who = some.map(Fact::by).toList();
        if (!who.isEmpty()) {
            why.add(Say.of(key, "n", who.size(), "who", roster.names(who)));
        }
    }
}
