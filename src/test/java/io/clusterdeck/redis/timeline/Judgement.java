package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.redis.timeline.simulated.Play;
import io.clusterdeck.redis.timeline.simulated.Truth;
import io.clusterdeck.redis.timeline.simulated.Truth.Loss;
import io.clusterdeck.redis.timeline.simulated.Truth.Promotion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what is told of a play against what really happened in it. */
final class Judgement {
    private static final long OFF = 2500;

    /** So long after the end somebody may still say that it serves no more because of it. */
    private static final long SETTLES = 2500;

    private final Judged play;
    private final Set<String> complaints;
    private final Map<String, Timeline> kept = new HashMap<>();
    private final List<Long> restarts = new ArrayList<>();

    Judgement(Judged play, Set<String> complaints) {
        this.play = play;
        this.complaints = complaints;
    }

    void restarted() {
        restarts.add(play.now());
    }

    private String brief(Timeline t) {
        return t.kind() + " " + t.outcome() + " of " + play.node(t.failed()) + " by "
                + t.winner().map(play::node) + " from " + (play.millis(t.began()) - Play.BEGINS) + " to "
                + t.ended().map(e -> play.millis(e) - Play.BEGINS) + " " + t.id();
    }

    private static String brief(Promotion p) {
        return p.way() + " of " + p.failed() + " by " + p.winner() + " at " + (p.at() - Play.BEGINS);
    }

    /** What was over and had a winner does not change once it has settled. */
    void meanwhile(List<Timeline> told) {
        for (var t : told) {
            var before = kept.put(t.id(), t);
            if (before != null
                    && before.outcome() == Outcome.TAKEN_OVER
                    && before.ended()
                            .filter(e -> play.millis(e) + SETTLES < play.now())
                            .isPresent()
                    && (t.outcome() != Outcome.TAKEN_OVER || !t.winner().equals(before.winner()))) {
                complaints.add("changed: " + brief(before) + " → " + brief(t));
            }
            var end = t.began();
            for (var stage : t.stages()) {
                if (stage.to().isPresent()) {
                    if (stage.to().get().isBefore(end)) {
                        complaints.add(stage.stage() + " out of order: " + brief(t));
                    }
                    end = stage.to().get();
                }
            }
        }
    }

    void end(List<Timeline> told) {
        var failovers = told.stream().filter(t -> t.kind() != Kind.MIGRATION).toList();
        var rest = new ArrayList<>(failovers);
        for (var p : play.truth().promotions) {
            var matching = failovers.stream().filter(t -> tells(t, p)).toList();
            if (matching.size() != 1 && !(matching.isEmpty() && missed(p))) {
                complaints.add("told " + matching.size() + " times: " + brief(p)
                        + matching.stream().map(this::brief).toList());
            }
            rest.removeAll(matching);
            matching.forEach(t -> judge(t, p));
        }
        for (var t : rest) {
            if (t.winner().isPresent()) {
                complaints.add("never happened: " + brief(t));
            } else {
                withoutWinner(t);
            }
        }
        losses(failovers);
        migrations(told);
    }

    /** Whether nobody looked while it went on, and its winner's log is not there to tell. */
    private boolean missed(Promotion p) {
        long from = loss(p).map(Loss::from).orElse(p.at() - 5000);
        return !play.logged(p.winner()) && restarts.stream().anyMatch(r -> r > from - 1000 && r < p.at() + 4000);
    }

    private Optional<Loss> loss(Promotion p) {
        return play.truth().losses().stream()
                .filter(l -> l.failed() == p.failed() && l.replaced() && l.until() == p.at())
                .findFirst();
    }

    private boolean tells(Timeline t, Promotion p) {
        return t.winner().filter(w -> play.node(w) == p.winner()).isPresent()
                && play.node(t.failed()) == p.failed()
                && play.millis(t.began()) <= p.at() + OFF
                && t.ended().map(play::millis).orElse(Long.MAX_VALUE) >= p.at() - OFF
                && won(t).filter(w -> Math.abs(w - p.at())
                                <= OFF + t.stage(Stage.PROMOTED).within().toMillis())
                        .isPresent();
    }

    private Optional<Long> won(Timeline t) {
        return t.stage(Stage.PROMOTED).to().map(play::millis);
    }

    private void judge(Timeline t, Promotion p) {
        if (t.outcome() != Outcome.TAKEN_OVER && (play.healed() || t.outcome() != Outcome.RUNNING)) {
            complaints.add(brief(p) + " is told as " + brief(t));
        }
        if (play.logged(p.winner()) && t.kind() != kind(p)) {
            complaints.add(brief(p) + " has another kind: " + brief(t));
        }
        long earliest = loss(p).map(Loss::from).orElse(p.at() - 5000) - 2 * play.timeout() - OFF;
        if (play.millis(t.began()) < earliest) {
            complaints.add(brief(p) + " begins too early: " + brief(t));
        }
        loss(p).ifPresent(l -> refused(t, p, l));
    }

    private void refused(Timeline t, Promotion p, Loss loss) {
        var told = t.stage(Stage.SERVES).who().stream().map(play::node).toList();
        var untold = play.truth().refused(loss.from(), p.at()).stream()
                .filter(play::logged)
                .filter(n -> n != p.winner() && n != p.failed() && !told.contains(n))
                .toList();
        if (play.healed() && p.way() == Truth.Way.AUTOMATIC && t.outcome() == Outcome.TAKEN_OVER && !untold.isEmpty()) {
            complaints.add(brief(p) + " and that these refused is untold: " + untold);
        }
    }

    private static Kind kind(Promotion p) {
        return Kind.valueOf(p.way().name());
    }

    private void withoutWinner(Timeline t) {
        int failed = play.node(t.failed());
        var losses = play.truth().losses().stream()
                .filter(l -> l.failed() == failed && overlaps(t, l.from(), l.until()))
                .toList();
        boolean ordered =
                play.truth().orders.stream().anyMatch(o -> o.master() == failed && overlaps(t, o.at(), o.at() + 6000));
        if (losses.isEmpty() && !ordered) {
            complaints.add("never happened: " + brief(t));
        }
        boolean open = losses.stream().anyMatch(l -> l.until() == Long.MAX_VALUE);
        if (!t.over() && !open && (restarts.isEmpty() || t.outcome() != Outcome.UNDECIDED)) {
            complaints.add("goes on for ever: " + brief(t));
        }
        if (t.over() && !losses.isEmpty() && losses.stream().allMatch(l -> l.until() == Long.MAX_VALUE)) {
            complaints.add("is not over: " + brief(t));
        }
        if (losses.size() == 1
                && losses.getFirst().agreed()
                && losses.getFirst().replaced()
                && losses.getFirst().until() <= t.ended().map(play::millis).orElse(0L)
                && !ordered) {
            complaints.add("was replaced: " + brief(t));
        }
    }

    private boolean overlaps(Timeline t, long from, long until) {
        return play.millis(t.began()) <= (until == Long.MAX_VALUE ? until : until + OFF)
                && t.ended().map(play::millis).orElse(play.now()) >= from - OFF;
    }

    /** Whoever was agreed to be lost, and came back or is lost still, is told of once. */
    private void losses(List<Timeline> failovers) {
        for (var loss : play.truth().losses()) {
            if (loss.agreed()
                    && !loss.replaced()
                    && restarts.stream().noneMatch(r -> r > loss.from() - 1000 && r - 4000 < loss.until())) {
                var about = failovers.stream()
                        .filter(t -> play.node(t.failed()) == loss.failed() && overlaps(t, loss.from(), loss.until()))
                        .toList();
                if (about.isEmpty()) {
                    complaints.add("untold: " + loss.failed() + " from " + (loss.from() - Play.BEGINS) + " to "
                            + (loss.until() - Play.BEGINS));
                }
            }
        }
    }

    private void migrations(List<Timeline> told) {
        var moves = told.stream().filter(t -> t.kind() == Kind.MIGRATION).toList();
        for (var m : play.truth().migrations) {
            long n = moves.stream()
                    .filter(t -> play.node(t.failed()) == m.to() && overlaps(t, m.at() - OFF, m.at() + OFF))
                    .count();
            if (n != 1) {
                complaints.add("migration of " + m.replica() + " to " + m.to() + " at " + (m.at() - Play.BEGINS)
                        + " told " + n + " times");
            }
        }
        if (moves.size() > play.truth().migrations.size()) {
            complaints.add("migrations that never happened: "
                    + moves.stream().map(this::brief).toList());
        }
    }
}
