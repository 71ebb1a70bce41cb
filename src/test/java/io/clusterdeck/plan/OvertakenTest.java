package io.clusterdeck.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which runs that stopped are worth taking up again. */
class OvertakenTest {

    private static final Instant AT = Instant.parse("2026-11-22T09:00:00Z");

    private static RunState run(int second, String cluster, String title, RunEvent.Outcome outcome) {
        var plan = new Plan(
                new PlanId("p" + second),
                new ClusterRef(cluster),
                Say.of("build.plan", "name", title),
                List.of(),
                List.of());
        var began = AT.plusSeconds(second);
        return RunState.begin(plan, new Consent.Plain(), began)
                .after(new RunEvent.Ended(began.plusSeconds(1), outcome));
    }

    @Test
    void aRunIsOvertakenByALaterOneThatCameToTheSameEnd() {
        var stopped = run(1, "carts", "carts", RunEvent.Outcome.FAILED);
        assertEquals(true, stopped.overtaken(List.of(stopped, run(2, "carts", "carts", RunEvent.Outcome.DONE))));
        for (var other : List.of(
                run(2, "carts", "carts", RunEvent.Outcome.CANCELLED),
                run(0, "carts", "carts", RunEvent.Outcome.DONE),
                run(2, "orders", "carts", RunEvent.Outcome.DONE),
                run(2, "carts", "something else", RunEvent.Outcome.DONE))) {
            assertEquals(false, stopped.overtaken(List.of(stopped, other)), other.toString());
        }
    }
}
