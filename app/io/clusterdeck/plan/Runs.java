package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.function.Consumer;

/** Runs plans in the background and remembers them by their journals. Safe for use by many threads. */
public interface Runs {

    /**
     * What is known of runs.
     *
     * @param states past and present, newest first
     * @param unread why journals, or folders of them, can't be read: to be told, for what is missing may have been done all the same
     */
    record Known(List<RunState> states, List<Failure> unread) {
        public Known {
            states = List.copyOf(states);
            unread = List.copyOf(unread);
        }
    }

    /** Those of earlier processes are read from their journals. */
    Known known();

    /** The runs that can be read, newest first; for those who have told what can't. */
    default List<RunState> all() {
        return known().states();
    }

    /** One run, also while journals of others can't be read. Fails where it is unknown or unreadable. */
    default RunState one(PlanId id) throws Failure {
        return all().stream()
                .filter(r -> r.plan().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotAllowed(Say.of("plan.unknown", "plan", id), Say.of("plan.unknown.next")));
    }

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
