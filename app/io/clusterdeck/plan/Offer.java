package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import java.util.List;
import java.util.stream.Stream;

/** What an operation answers when asked for a change: the plan that would do it, or why not. */
public sealed interface Offer {

    /**
     * Can be run once {@code consent} was given.
     *
     * @param others other plans to the same end, which may suit better
     * @param notes what was found on the way and matters to whoever decides, each with what helps
     */
    record Ready(Plan plan, Consent consent, List<Other> others, List<Note> notes) implements Offer {

        public Ready {
            others = List.copyOf(others);
            notes = List.copyOf(notes);
        }

        public Ready(Plan plan, Consent consent) {
            this(plan, consent, List.of(), List.of());
        }

        /** Whether it would do the same, at the same cost and with the same consent, whenever each was made. */
        public boolean sameAs(Ready other) {
            return PlanJson.hash(plan).equals(PlanJson.hash(other.plan))
                    && plan.costs().toString().equals(other.plan.costs().toString())
                    && consent.equals(other.consent);
        }

        /** With another plan beside it. */
        public Ready beside(Other other) {
            return new Ready(plan, consent, List.of(other), notes);
        }
    }

    /**
     * Something found, and what helps.
     *
     * @param warns whether something should be done about it
     */
    record Note(Say what, Say next, boolean warns) {}

    /**
     * Another plan to the same end.
     *
     * @param title what one click on it does
     * @param why it may be the better one
     */
    record Other(Say title, Say why, Ready ready) {}

    /**
     * Refused by a guard.
     *
     * @param why the evidence
     * @param cures other offers' titles or actions that help, as words
     * @param insist the same plan for someone who knows better, with the consent it then wants; empty where nothing helps
     * @param already whether that is because it is so already: to have asked for it was no mistake
     */
    record Refused(Say why, List<Say> cures, List<Ready> insist, boolean already) implements Offer {

        public Refused(Say why, List<Say> cures, List<Ready> insist) {
            this(why, cures, insist, false);
        }
    }

    /** Every plan in it that can be agreed to. */
    default List<Ready> all() {
        return switch (this) {
            case Ready ready ->
                Stream.concat(Stream.of(ready), ready.others().stream().map(Other::ready))
                        .toList();
            case Refused refused -> refused.insist();
        };
    }
}
