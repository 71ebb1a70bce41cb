package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import java.util.List;

/** What an operation answers when asked for a change: the plan that would do it, or why not. */
public sealed interface Offer {

    /** Can be run once {@code consent} was given. */
    record Ready(Plan plan, Consent consent) implements Offer {}

    /**
     * Refused by a guard.
     *
     * @param why the evidence
     * @param cures other offers' titles or actions that help, as words
     * @param insist the same plan for someone who knows better, with the consent it then wants; empty where nothing helps
     */
    record Refused(Say why, List<Say> cures, List<Ready> insist) implements Offer {}
}
