package io.clusterdeck.views.act;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.redis.aof.AofReport;
import io.clusterdeck.say.Failure;
import java.util.List;

/** How far an action has come. */
public sealed interface Act {
    /** No action: nothing is shown. */
    record None() implements Act {}

    /** The operation looks at the cluster and makes its plan. */
    record Asking() implements Act {}

    /** @param changed whether the cluster has changed since it was offered first, so that it is to be looked at again */
    record Offered(Offer offer, boolean changed) implements Act {}

    record Starting() implements Act {}

    /** It runs, or has ended; its state is in the runs. */
    record Running(PlanId plan) implements Act {}

    /** A check of an AOF and the cures it suggests. */
    record Report(AofReport report, List<Offer> cures) implements Act {}

    record Failed(Failure failure) implements Act {}
}
