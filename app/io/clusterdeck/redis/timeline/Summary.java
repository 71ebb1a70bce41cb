package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Speech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What every form of a post-mortem says in the same words: the facts of the head, and what was measured. */
final class Summary {
    private final Kept kept;
    private final Timeline t;
    private final Speech speech;

    Summary(Kept kept, Speech speech) {
        this.kept = kept;
        this.t = kept.timeline();
        this.speech = speech;
    }

    /** Names and values in turn. */
    List<String> facts() {
        var facts = new ArrayList<String>();
        add(facts, "failovers.fact.began", Times.stamp(t.began()));
        t.outage().ifPresent(o -> add(facts, "failovers.fact.outage", millis(o.toMillis())));
        t.winner().ifPresent(w -> add(facts, "failovers.fact.winner", t.name(w)));
        if (t.epoch() > 0) {
            add(facts, "failovers.fact.epoch", Long.toString(t.epoch()));
        }
        add(facts, "failovers.fact.timeout", millis(t.terms().nodeTimeout()));
        return facts;
    }

    private void add(List<String> to, String key, String value) {
        to.add(speech.say(key));
        to.add(value);
    }

    private String millis(long t) {
        return speech.say("failovers.millis", "t", t);
    }

    String heading(StageSpan span) {
        return span.stage().number() + " " + speech.say(span.stage().title());
    }

    /** A sentence each; that nobody counted the lost writes is one of them. */
    List<String> measured() {
        var told = new ArrayList<String>();
        var measured = kept.measured();
        measured.ifPresent(m -> m.gaps()
                .forEach(g -> told.add(speech.say(
                        "failovers.writes.gap",
                        "slots",
                        g.slots(),
                        "t",
                        Duration.between(g.from(), g.to()).toMillis()))));
        if (measured.isEmpty() || measured.get().acknowledged() < 0) {
            told.add(speech.say("failovers.unmeasured"));
            told.add(atStake());
        }
        measured.filter(m -> m.acknowledged() >= 0)
                .ifPresent(m -> told.add(
                        speech.say("failovers.lost.writes", "n", m.lost().size(), "of", m.acknowledged())));
        measured.ifPresent(m -> m.expected().forEach(e -> told.add(speech.say(e.say()))));
        return told;
    }

    /** What may be gone, by what Redis promises. */
    private String atStake() {
        return switch (t.kind()) {
            case AUTOMATIC, FORCED, TAKEOVER ->
                speech.say(
                        t.winner().isPresent() ? "failovers.unmeasured.risk" : "failovers.unmeasured.none",
                        "node",
                        t.name(t.failed()));
            case MANUAL -> speech.say("failovers.unmeasured.manual");
            case MIGRATION -> speech.say("failovers.unmeasured.migration");
        };
    }
}
