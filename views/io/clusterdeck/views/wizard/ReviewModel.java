package io.clusterdeck.views.wizard;

import io.clusterdeck.deck.Drafting;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanScript;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.words.Words;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The plan of the draft, from fresh facts. FX thread. */
final class ReviewModel {
    private final Drafting drafting;
    private final ReadOnlyObjectWrapper<Review> state = new ReadOnlyObjectWrapper<>(new Review.None());
    private @Nullable Thread planning;

    /** How far the plan has come. */
    sealed interface Review {
        /** The draft is not whole. */
        record None() implements Review {}

        record Planning(Blueprint of) implements Review {}

        record Planned(Blueprint of, BuildPlan plan) implements Review {}

        record Failed(Blueprint of, Failure why) implements Review {}
    }

    ReviewModel(Drafting drafting) {
        this.drafting = drafting;
    }

    ReadOnlyObjectProperty<Review> stateProperty() {
        return state.getReadOnlyProperty();
    }

    Optional<BuildPlan> planned() {
        return state.get() instanceof Review.Planned p ? Optional.of(p.plan()) : Optional.empty();
    }

    /** The plan and what has to be agreed to; empty while there is none or something forbids it. */
    Optional<Offer.Ready> ready() {
        return planned().flatMap(p -> p.offer() instanceof Offer.Ready r ? Optional.of(r) : Optional.empty());
    }

    /** The same where nothing has to be agreed to. */
    Optional<Offer.Ready> unasked() {
        return ready().filter(r -> r.consent() instanceof Consent.Plain);
    }

    /** The plan of this blueprint, unless it is there or under way. */
    void want(Optional<Blueprint> wish, Optional<Secret> password) {
        var now = of(state.get());
        if (wish.isPresent() && now.equals(wish) && !(state.get() instanceof Review.Failed)) {
            return;
        }
        plan(wish, password);
    }

    /** The draft is another one: this is no plan of it. */
    void drop() {
        stop();
        state.set(new Review.None());
    }

    private static Optional<Blueprint> of(Review review) {
        return switch (review) {
            case Review.None n -> Optional.empty();
            case Review.Planning p -> Optional.of(p.of());
            case Review.Planned p -> Optional.of(p.of());
            case Review.Failed f -> Optional.of(f.of());
        };
    }

    /** What a node's redis.conf will say, before the hosts are looked at. May block: not on the FX thread. */
    FileDiff preview(Blueprint wish, Blueprint.NodeName node, Optional<HostFacts> facts) {
        return drafting.preview(wish, node, facts);
    }

    /** Looks at the hosts again and plans anew. */
    void plan(Optional<Blueprint> wish, Optional<Secret> password) {
        drop();
        if (wish.isEmpty()) {
            return;
        }
        var blueprint = wish.get();
        var mine = new Review.Planning(blueprint);
        state.set(mine);
        planning = Work.begin(
                "plan " + blueprint.name(),
                () -> drafting.plan(blueprint, password),
                plan -> settle(mine, new Review.Planned(blueprint, plan)),
                why -> settle(mine, new Review.Failed(blueprint, why)));
    }

    private void settle(Review mine, Review now) {
        if (state.get() == mine) {
            state.set(now);
        }
    }

    void stop() {
        if (planning != null) {
            planning.interrupt();
            planning = null;
        }
    }

    /** The plan as a shell script, in the operator's language. */
    static String script(Blueprint of, BuildPlan plan, Words words) {
        var hosts = of.hosts().stream().map(Blueprint.BuildHost::ssh).toList();
        return new PlanScript(words::say, hosts).write(plan.plan());
    }
}
