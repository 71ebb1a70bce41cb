package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Run;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.act.ActModel;
import io.clusterdeck.views.runs.RunsModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sheet may stay open for hours: what is started is what would be offered now. */
@Tag("window")
class AgedOfferTest {
    private final List<Plan> started = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicReference<Offer> offered = new AtomicReference<>(ready("p1", "nodes.cost.a"));

    private static Offer.Ready ready(String id, String cost) {
        var kill = SamplePlans.kill();
        var plan = new Plan(new PlanId(id), kill.on(), kill.title(), kill.stages(), List.of(Say.of(cost)));
        return new Offer.Ready(plan, new Consent.Plain());
    }

    @Test
    void aFreshOneIsStartedAsItIs() {
        var model = shown();
        go(model);
        await().until(() -> !started.isEmpty());
        assertEquals("p1", started.getFirst().id().value());
    }

    @Test
    void anOldOneThatWouldDoTheSameIsStartedAsItWouldBeMadeNow() {
        var model = shown();
        now.set(Instant.EPOCH.plus(Duration.ofHours(3)));
        offered.set(ready("p2", "nodes.cost.a"));
        go(model);
        await().until(() -> !started.isEmpty());
        assertEquals("p2", started.getFirst().id().value());
    }

    @Test
    void anOldOneThatCostsMoreByNowIsShownAgain() {
        var model = shown();
        now.set(Instant.EPOCH.plus(Duration.ofHours(3)));
        offered.set(ready("p2", "nodes.cost.b"));
        go(model);
        await().until(() -> Stagehand.onFx(() -> model.actProperty().get()) instanceof Act.Offered o && o.changed());
        assertTrue(started.isEmpty());
    }

    private ActModel shown() {
        var model = Stagehand.onFx(() -> new ActModel(new RunsModel(new Refusing()), now::get));
        Stagehand.fx(() -> model.wish("kill", offered::get));
        await().until(() -> Stagehand.onFx(() -> model.actProperty().get()) instanceof Act.Offered);
        return model;
    }

    private static void go(ActModel model) {
        Stagehand.fx(
                () -> model.go((Offer.Ready) ((Act.Offered) model.actProperty().get()).offer()));
    }

    /** Notes what it is to start, and starts nothing. */
    private final class Refusing implements Runs {
        @Override
        public Known known() {
            return new Known(List.of(), List.of());
        }

        @Override
        public Subscription each(Consumer<RunState> to) {
            return () -> {};
        }

        @Override
        public Run start(Offer.Ready agreed) throws Failure {
            started.add(agreed.plan());
            throw new NotAllowed(Say.of("test.no"), Say.of("test.no"));
        }

        @Override
        public Run resume(PlanId id) {
            throw new UnsupportedOperationException(id.toString());
        }

        @Override
        public Run accept(PlanId id) {
            throw new UnsupportedOperationException(id.toString());
        }
    }
}
