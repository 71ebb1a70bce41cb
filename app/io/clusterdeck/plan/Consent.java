package io.clusterdeck.plan;

import io.clusterdeck.say.Say;

/** What the operator must do before a plan runs. */
public sealed interface Consent {

    /** Nothing is at stake: shown, and run on the click. */
    record Plain() implements Consent {}

    /** Service is at stake: one question. */
    record Ask(Say question) implements Consent {}

    /** Data is at stake, or the cluster is marked production: {@code text} must be typed. */
    record Type(Say question, String text) implements Consent {}
}
