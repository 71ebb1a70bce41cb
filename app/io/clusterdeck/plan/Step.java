package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One change on one host (or one Redis command sent to a node on it). Holds data only, so that it can be rebuilt from its {@link StepSpec}. */
public interface Step {

    StepId id();

    HostName on();

    Say title();

    StepSpec spec();

    /** The exact commands, as a person could type them; secrets masked. */
    List<String> commands();

    /** The files it edits. */
    default List<FileDiff> edits() {
        return List.of();
    }

    /** Looks, changes nothing: asked before {@link #apply} and after it. */
    Verdict check(Ground ground) throws Failure, InterruptedException;

    /** Changes; idempotent, since after a crash it may run again. Ends only when the change took effect. */
    void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException;

    /** Whether all that it does is to look: neither a host nor a node is another afterwards. */
    default boolean reads() {
        return false;
    }

    /** Takes back what must not outlast a run that was stopped (such as a lowered node-timeout); called on failure, cancel and resume. */
    default void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {}

    /**
     * The same, told why.
     *
     * @param failure what the run failed with; empty where it was cancelled or stopped, or its process died
     */
    default void undo(Ground ground, Optional<Say> failure, Consumer<Line> live) throws Failure, InterruptedException {
        undo(ground, live);
    }

    /** Whether {@link #undo} has something to do once this step was begun. */
    default boolean undoable() {
        return false;
    }

    /**
     * Whether what it does passes by itself, so that nobody can see later that it was done: one that its journal calls done is not done
     * again then.
     */
    default boolean passes() {
        return false;
    }
}
