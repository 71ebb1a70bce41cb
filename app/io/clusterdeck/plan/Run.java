package io.clusterdeck.plan;

import java.util.function.Consumer;

/** A plan being executed. */
public interface Run {

    RunState state();

    /** Every event from now on, on the run's thread; notes of before at once. */
    Subscription each(Consumer<RunEvent> to);

    /** Ends what runs now (remote process groups, too), undoes what must not outlast the run, and stops. */
    void cancel();

    /** Lets the running steps end, then stops; it can be resumed. */
    void stopAfterStep();

    /** Waits for its end. */
    RunState await() throws InterruptedException;
}
