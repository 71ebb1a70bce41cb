package io.clusterdeck.plan;

import io.clusterdeck.say.Say;

/** What a check found, before a step is applied and after. */
public sealed interface Verdict {

    /** Nothing to do. */
    record Done(Say found) implements Verdict {}

    /** To be applied; {@code missing} says what is not there yet. */
    record Needed(Say missing) implements Verdict {}

    /** Must not be applied. */
    record Blocked(Say why, Say cure) implements Verdict {}
}
