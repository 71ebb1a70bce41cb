package io.clusterdeck.cli;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanJson;
import io.clusterdeck.plan.Run;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** From an offer to a run: shows it, asks what it wants to be asked, runs it, tells how it went. */
final class Deciding {

    /** How long what was shown of the cluster is taken for true while an answer is waited for. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Session session;
    private final Deck deck;
    private final Answering answers;
    private final boolean json;
    private final boolean output;
    private boolean showing;
    private boolean lines;

    Deciding(Session session, Deck deck, Answering answers, boolean json, boolean output) {
        this.session = session;
        this.deck = deck;
        this.answers = answers;
        this.json = json;
        this.output = output;
    }

    /** From now on plans are shown whole, and nothing is run. */
    Deciding showing() {
        showing = true;
        return this;
    }

    /** From now on a plan is shown as the lines that a person would type for it. */
    Deciding asLines() {
        lines = true;
        return this;
    }

    /** All of a plan, on stdout. */
    void show(Plan plan) throws Misuse {
        if (lines) {
            var cluster = plan.on().name();
            var spec = deck.clusters().stream()
                    .filter(c -> c.name().equals(cluster))
                    .findFirst();
            if (spec.isEmpty()) {
                throw new Misuse(Say.of("cli.by-hand.not-kept", "cluster", cluster));
            }
            new ByHand(spec.get()).lines(plan, session.words::say).forEach(session::result);
            return;
        }
        session.result(json ? PlanJson.write(plan).toPrettyString() : PlanText.whole(plan, session.words));
    }

    /** What was found on the way to the plan, with what helps. */
    void noted(Offer.Ready ready) {
        ready.notes()
                .forEach(n -> session.note(
                        Say.of("cli.noted", "mark", n.warns() ? "!" : "·", "what", n.what(), "next", n.next())));
    }

    /** The exit code. */
    int take(Offer offer) throws Failure, InterruptedException, Misuse {
        if (showing && offer instanceof Offer.Ready ready) {
            noted(ready);
            show(ready.plan());
            return Code.DONE;
        }
        if (showing && offer instanceof Offer.Refused refused) {
            refused(refused);
            if (answers.insist && !refused.insist().isEmpty()) {
                show(refused.insist().getFirst().plan());
            }
            return nothing(offer);
        }
        var state = decide(offer);
        return state.isPresent() ? tell(state.get()) : nothing(offer);
    }

    /** The exit code where nothing was run: what is so already is as good as done. */
    private static int nothing(Offer offer) {
        return offer instanceof Offer.Refused refused && refused.already() ? Code.DONE : Code.FAILED;
    }

    /** How the run ended; empty when nothing was run. */
    Optional<RunState> decide(Offer offer) throws Failure, InterruptedException, Misuse {
        return switch (offer) {
            case Offer.Ready ready -> agreed(ready) ? Optional.of(run(ready)) : Optional.empty();
            case Offer.Refused refused -> {
                refused(refused);
                yield answers.insist
                                && !refused.insist().isEmpty()
                                && agreed(refused.insist().getFirst())
                        ? Optional.of(run(refused.insist().getFirst()))
                        : Optional.empty();
            }
        };
    }

    /** Why not, what helps, and how to insist. */
    void refused(Offer.Refused refused) {
        if (json && (!answers.insist || refused.insist().isEmpty())) {
            session.result(RunJson.write(refused).toPrettyString());
        }
        session.note(refused.already() ? refused.why() : Say.of("cli.refused", "why", refused.why()));
        refused.cures().forEach(c -> session.note(Say.of("cli.cure", "cure", c)));
        if (!refused.insist().isEmpty() && !answers.insist) {
            session.note(Say.of("cli.insist"));
        }
    }

    /** Shown first, then asked. */
    private boolean agreed(Offer.Ready ready) throws Misuse {
        if (showing && !(ready.consent() instanceof Consent.Plain)) {
            throw new IllegalStateException("only to be shown: " + ready.plan().id());
        }
        session.progress(PlanText.brief(ready.plan(), session.words));
        noted(ready);
        ready.others().forEach(o -> session.note(Say.of("cli.other", "why", o.why(), "what", o.title())));
        var shown = Instant.now();
        boolean agreed = switch (ready.consent()) {
            case Consent.Plain plain -> true;
            case Consent.Ask ask -> answers.yes || asked(ask);
            case Consent.Type type -> typed(type);
        };
        if (agreed && shown.plus(FRESH).isBefore(Instant.now())) {
            session.note(Say.of("cli.offer-aged"));
            return false;
        }
        return agreed;
    }

    private boolean asked(Consent.Ask ask) throws Misuse {
        if (!session.terminal.interactive()) {
            throw new Misuse(Say.of("cli.needs-yes", "question", ask.question()));
        }
        var answer = session.terminal
                .line(session.words.say("cli.yes-or-no", "question", ask.question()))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        boolean yes = answer.equals("y") || answer.equals("yes") || answer.equals("是");
        if (!yes) {
            session.note(Say.of("cli.not-done"));
        }
        return yes;
    }

    private boolean typed(Consent.Type type) throws Misuse {
        var typed = Optional.ofNullable(answers.typed);
        if (typed.isEmpty() && !session.terminal.interactive()) {
            throw new Misuse(Say.of("cli.needs-type", "question", type.question(), "text", type.text()));
        }
        var text = typed.or(() -> session.terminal.line(
                session.words.say("cli.type-it", "question", type.question(), "text", type.text())));
        if (text.filter(type.text()::equals).isEmpty()) {
            throw new Misuse(Say.of("cli.typed-wrong", "typed", text.orElse(""), "text", type.text()));
        }
        return true;
    }

    private RunState run(Offer.Ready agreed) throws Failure, InterruptedException {
        return follow(deck.runs().start(agreed));
    }

    /** Goes on with a run that stopped, once it was agreed to again; the exit code. */
    int resume(RunState stopped, boolean accept) throws Failure, InterruptedException, Misuse {
        if (showing) {
            show(stopped.offer().plan());
            return Code.DONE;
        }
        if (!agreed(stopped.offer())) {
            return Code.FAILED;
        }
        var id = stopped.plan().id();
        return tell(follow(accept ? deck.runs().accept(id) : deck.runs().resume(id)));
    }

    /** Tells a run until it has ended; Ctrl-C cancels it and waits for that. */
    private RunState follow(Run run) throws InterruptedException {
        session.atEnd(() -> {
            if (run.state().ended().isEmpty()) {
                session.note(Say.of("cli.run.cancelling"));
                run.cancel();
                run.await();
            }
        });
        var unsubscribe = run.each(new Telling(session, run.state().plan(), output));
        session.atEnd(unsubscribe);
        return run.await();
    }

    /** How it ended, on stdout; the exit code. */
    int tell(RunState state) {
        if (json) {
            session.result(RunJson.write(state).toPrettyString());
        } else {
            session.result(PlanText.end(state, session.words));
        }
        return state.ended().filter(e -> e.outcome() == Outcome.DONE).isPresent() ? Code.DONE : Code.FAILED;
    }
}
