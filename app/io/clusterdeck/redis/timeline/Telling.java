package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.StageSpan.State;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What happened in each stage, and what Redis does there by its source, in sentences with this cluster's own numbers. */
final class Telling {

    private final Course c;
    private final Episode e;
    private final Roster roster;
    private final String failed;
    private final boolean over;

    /** @param over nothing more is to come */
    Telling(Course course, boolean over) {
        this.over = over;
        this.c = course;
        this.e = course.e;
        this.roster = e.roster;
        this.failed = roster.name(e.failed);
    }

    Say theory(Stage stage) {
        return c.kind == Kind.MIGRATION && stage == Stage.PROMOTED
                ? Say.of("timeline.theory.migration")
                : Theory.of(stage, e.terms, roster.voters().size());
    }

    Say skipped(Stage stage) {
        return switch (c.kind) {
            case MANUAL, FORCED, TAKEOVER ->
                stage == Stage.ELIGIBLE ? Say.of("timeline.skipped.age") : Say.of("timeline.skipped.hand");
            default -> Say.of("timeline.skipped.migration");
        };
    }

    List<Say> happened(Stage stage, State state, Instant from, Optional<Instant> to) {
        if (state == State.WAITING) {
            return List.of();
        }
        long took = to.map(t -> Episode.millis(from, t)).orElse(-1L);
        return switch (stage) {
            case SUSPECTED -> suspected(state, took);
            case AGREED -> agreed(state, took);
            case TOLD -> state == State.UNSEEN ? List.of(Say.of("timeline.did.before")) : told(took);
            case ELIGIBLE -> eligible(state);
            case WAITS -> waits(state, took);
            case VOTES -> votes(state);
            case PROMOTED -> promoted();
            case SERVES -> serves(took);
        };
    }

    /** What goes on is told in the present, what came to nothing in the past. */
    private String still(String key) {
        return over ? key + ".over" : key;
    }

    private List<Say> suspected(State state, long took) {
        var says = new ArrayList<Say>();
        c.lost.ifPresent(l -> says.add(
                switch (l.what()) {
                    case MASTER_LOST -> Say.of("timeline.did.lost.replica", "node", failed, "by", roster.name(l.by()));
                    case SIGNAL -> Say.of("timeline.did.lost.signal", "node", failed, "signal", l.more());
                    default ->
                        l.more().equals("silent")
                                ? Say.of("timeline.did.lost.silent", "node", failed)
                                : Say.of("timeline.did.lost.gone", "node", failed);
                }));
        if (c.lost.isEmpty() && c.kind == Kind.AUTOMATIC && state != State.RUNNING && !c.before()) {
            says.add(Say.of("timeline.did.lost.reckoned", "t", e.terms.nodeTimeout()));
        }
        says.add(
                switch (state) {
                    case DONE ->
                        Say.of(
                                "timeline.did.suspected",
                                "node",
                                failed,
                                "by",
                                c.suspected.map(f -> roster.name(suspecter(f))).orElse("?"),
                                "t",
                                took);
                    case UNSEEN ->
                        c.before()
                                ? Say.of("timeline.did.before")
                                : Say.of("timeline.did.suspected.unseen", "t", e.terms.nodeTimeout());
                    default -> Say.of(still("timeline.did.suspected.waits"), "t", e.terms.nodeTimeout());
                });
        return says;
    }

    private static NodeId suspecter(Fact fact) {
        return fact.more().isEmpty() ? fact.by() : new NodeId(fact.more());
    }

    private List<Say> agreed(State state, long took) {
        var suspecting = c.suspecting();
        int of = roster.voters().size();
        if (state == State.UNSEEN) {
            return List.of(Say.of("timeline.did.before"));
        }
        if (state == State.RUNNING || c.marked.isEmpty()) {
            return List.of(Say.of(
                    still(suspecting.isEmpty() ? "timeline.did.agreed.nobody" : "timeline.did.agreed.waits"),
                    "n",
                    suspecting.size(),
                    "needed",
                    roster.needed(),
                    "of",
                    of,
                    "by",
                    roster.names(suspecting)));
        }
        var marker = c.marked.get();
        if (!marker.is(What.MARKS_FAIL)) {
            return List.of(Say.of("timeline.did.agreed.first", "by", roster.name(marker.by()), "node", failed));
        }
        return List.of(Say.of(
                "timeline.did.agreed",
                "by",
                roster.name(marker.by()),
                "node",
                failed,
                "needed",
                roster.needed(),
                "of",
                of,
                "t",
                took));
    }

    private List<Say> told(long took) {
        int n = c.heard.size();
        return took < 0
                ? List.of(Say.of(
                        still("timeline.did.told.so-far"),
                        "n",
                        n,
                        "of",
                        c.alive().size()))
                : List.of(Say.of("timeline.did.told", "n", n, "t", took));
    }

    private List<Say> eligible(State state) {
        var says = new ArrayList<Say>();
        var replicas = roster.replicasOf(e.failed);
        if (replicas.isEmpty()) {
            return List.of(Say.of("timeline.did.eligible.none", "node", failed));
        }
        var stood = Episode.byNode(e.all(What.DELAYED));
        var old = Episode.byNode(e.all(What.TOO_OLD));
        // its age is counted anew once it notices that the link is down: then it may stand after all
        old.forEach((id, fact) -> says.add(Say.of(
                stood.containsKey(id) && stood.get(id).at().isAfter(fact.at())
                        ? "timeline.did.eligible.old.first"
                        : "timeline.did.eligible.old",
                "who",
                roster.name(id),
                "limit",
                e.terms.oldest())));
        stood.keySet().forEach(id -> says.add(Say.of("timeline.did.eligible", "who", roster.name(id))));
        if (says.isEmpty() && state == State.DONE) {
            says.add(Say.of(
                    "timeline.did.eligible.must",
                    "who",
                    c.winner.or(() -> c.asked.map(Fact::by)).map(roster::name).orElse("?")));
        } else if (says.isEmpty()) {
            says.add(Say.of(
                    still("timeline.did.eligible.waits"),
                    "who",
                    replicas.stream().map(Member::name).sorted().toList()));
        }
        return says;
    }

    private List<Say> waits(State state, long took) {
        var says = new ArrayList<Say>();
        if (state == State.FAILED) {
            says.add(Say.of("timeline.did.hand.late"));
            return says;
        }
        e.all(What.DELAYED).filter(Fact::logged).forEach(d -> {
            var more = d.more().split(" ");
            if (c.kind == Kind.AUTOMATIC) {
                says.add(Say.of(
                        state == State.RUNNING && !over ? "timeline.did.waits.now" : "timeline.did.waits",
                        "who",
                        roster.name(d.by()),
                        "t",
                        d.number(),
                        "rank",
                        more[0],
                        "offset",
                        more.length > 1 ? more[1] : "?"));
            }
        });
        if (c.kind == Kind.MANUAL) {
            says.add(Say.of("timeline.did.hand", "node", failed));
        } else if (says.isEmpty() && took >= 0) {
            says.add(Say.of("timeline.did.waits.unseen", "t", took));
        }
        e.all(What.RANK_CHANGED)
                .filter(Fact::logged)
                .forEach(r -> says.add(Say.of(
                        "timeline.did.waits.rank", "who", roster.name(r.by()), "rank", r.number(), "t", r.more())));
        return says;
    }

    private List<Say> votes(State state) {
        var says = new ArrayList<Say>();
        var who = c.winner.or(() -> c.asked.map(Fact::by)).map(roster::name).orElse("?");
        var voters = roster.names(c.votes.keySet());
        boolean all = c.won.isEmpty() || c.counted() >= roster.needed();
        says.add(Say.of(
                all ? "timeline.did.votes" : "timeline.did.votes.least",
                "who",
                who,
                "needed",
                roster.needed(),
                "of",
                roster.voters().size(),
                "n",
                c.counted(),
                "by",
                voters.isEmpty() ? List.of("–") : voters));
        long attempts = e.all(What.ASKS).filter(Fact::logged).count();
        if (attempts > 1) {
            says.add(Say.of("timeline.did.votes.again", "n", attempts, "t", e.terms.again()));
        }
        e.all(What.DENIES)
                .map(d -> Say.of("timeline.did.votes.denied", "by", roster.name(d.by()), "reason", Denial.of(d)))
                .distinct()
                .forEach(says::add);
        if (state == State.FAILED) {
            says.add(Say.of("timeline.did.votes.expired", "t", e.terms.voteWindow()));
        }
        return says;
    }

    private List<Say> promoted() {
        if (c.kind == Kind.MIGRATION) {
            return List.of(Say.of(
                    "timeline.did.migrated",
                    "who",
                    Episode.first(e.all(What.MIGRATES))
                            .map(f -> roster.name(f.by()))
                            .orElse("?"),
                    "node",
                    failed));
        }
        var slots = roster.of(e.failed).map(Member::ranges).orElse("–");
        return List.of(Say.of(
                "timeline.did.promoted",
                "who",
                c.winner.map(roster::name).orElse("?"),
                "slots",
                slots,
                "epoch",
                Long.toString(Reconstruction.epoch(e))));
    }

    private List<Say> serves(long took) {
        var says = new ArrayList<Say>();
        var refused = c.service.refused.size();
        if (refused == 0) {
            says.add(Say.of("timeline.did.serves.calm"));
        } else if (took >= 0) {
            says.add(Say.of("timeline.did.serves", "n", refused, "t", took));
        } else {
            says.add(Say.of("timeline.did.serves.waits", "n", refused - c.service.serving.size()));
        }
        e.all(What.FOLLOWS)
                .filter(f -> f.by().equals(e.failed)
                        && c.winner
                                .filter(w -> f.about().isEmpty() || f.isAbout(w))
                                .isPresent())
                .min(Comparator.comparing(Fact::at))
                .ifPresent(f -> says.add(Say.of(
                        c.kind == Kind.AUTOMATIC ? "timeline.did.returned" : "timeline.did.follows",
                        "node",
                        failed,
                        "who",
                        c.winner.map(roster::name).orElse("?"))));
        return says;
    }
}
