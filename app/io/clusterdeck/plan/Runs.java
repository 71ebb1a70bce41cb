package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import java.util.List;
import java.util.function.Consumer;

/** Runs plans in the background and remembers them by their journals. Safe for use by many threads. */
public interface Runs {

    /**
     * Past and present, newest first; those of earlier processes are read from their journals. Fails where a folder of journals can't be
     * read: an empty list would look as if nothing had been done.
     */
    List<RunState> all() throws Failure;

    /** Every change of any run, on a thread of that run. */
    Subscription each(Consumer<RunState> to);

    /**
     * Runs what was agreed to. Takes the lease, journals the plan and begins. Waits only for the lease (an answer of each host, seconds at most): call it off
     * the FX thread. Fails with {@link io.clusterdeck.say.NotAllowed} {@code plan.leased} where somebody else, also in another
     * process or on another computer, is changing the cluster: who, since when, which plan.
     */
    Run start(Offer.Ready agreed) throws Failure, InterruptedException;

    /** One that needs no consent. */
    default Run start(Plan plan) throws Failure, InterruptedException {
        return start(new Offer.Ready(plan, new Consent.Plain()));
    }

    /**
     * Goes on where a run stopped: takes back what must not last, re-checks every step, repeats nothing that is done. Where the plan,
     * computed anew from fresh facts, is another one than was approved, it ends at once as PAUSED, with the differences; so does one
     * that can't be computed anew and was approved more than ten minutes ago. The caller asks for the run's consent again.
     */
    Run resume(PlanId id) throws Failure, InterruptedException;

    /** Approves the differences that a run paused for and goes on with the plan as it is now; pauses again if it changed once more. */
    Run accept(PlanId id) throws Failure, InterruptedException;
}
