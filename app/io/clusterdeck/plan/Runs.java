package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import java.util.List;
import java.util.function.Consumer;

/** Runs plans in the background and remembers them by their journals. Safe for use by many threads. */
public interface Runs {

    /** Past and present, newest first; those of earlier processes are read from their journals. */
    List<RunState> all();

    /** Every change of any run, on the run's thread. */
    AutoCloseable each(Consumer<RunState> to);

    /** Takes the lease, journals the plan and begins; returns at once. */
    Run start(Plan plan) throws Failure;

    /** Goes on where a run stopped: re-checks, repeats nothing that is done. */
    Run resume(PlanId id) throws Failure;
}
