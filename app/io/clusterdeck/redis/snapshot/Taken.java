package io.clusterdeck.redis.snapshot;

import io.clusterdeck.say.Say;
import java.util.List;

/**
 * Why and by whom a state was kept.
 *
 * @param by the account and computer, {@code ops@deck1}; empty when it is not known
 * @param what what had happened just before: for {@link Why#CHANGE} the events, else mostly empty
 */
public record Taken(Why why, String by, List<Say> what) {

    /** What made someone keep it. */
    public enum Why {
        /** A person wanted it: never removed by itself. */
        HAND,
        /** A role, a slot or a node changed. */
        CHANGE,
        /** It was time. */
        SCHEDULE,
        /** It came as a file from elsewhere: never removed by itself. */
        IMPORT
    }

    public Taken {
        what = List.copyOf(what);
    }

    public static Taken byHand(String by) {
        return new Taken(Why.HAND, by, List.of());
    }

    /** Whether only a person may remove it. */
    public boolean lasting() {
        return why == Why.HAND || why == Why.IMPORT;
    }
}
