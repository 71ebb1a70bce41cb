package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;

/** What Redis does in each stage (clusterCron, clusterHandleSlaveFailover and clusterSendFailoverAuthIfNeeded in cluster.c), with a cluster's own numbers. */
public final class Theory {

    private Theory() {}

    /** @param voters how many masters hold slots */
    public static Say of(Stage stage, Terms terms, int voters) {
        int needed = voters / 2 + 1;
        return switch (stage) {
            case SUSPECTED ->
                Say.of(
                        "timeline.theory.suspected",
                        "t",
                        terms.nodeTimeout(),
                        "most",
                        terms.nodeTimeout() + terms.nodeTimeout() / 2);
            case AGREED -> Say.of("timeline.theory.agreed", "needed", needed, "of", voters, "t", terms.reportsCount());
            case TOLD -> Say.of("timeline.theory.told");
            case ELIGIBLE ->
                terms.oldest() == 0
                        ? Say.of("timeline.theory.eligible.always")
                        : Say.of("timeline.theory.eligible", "t", terms.oldest(), "ago", terms.nodeTimeout());
            case WAITS -> Say.of("timeline.theory.waits");
            case VOTES ->
                Say.of(
                        "timeline.theory.votes",
                        "needed",
                        needed,
                        "of",
                        voters,
                        "t",
                        terms.voteWindow(),
                        "again",
                        terms.again());
            case PROMOTED -> Say.of("timeline.theory.promoted");
            case SERVES ->
                terms.fullCoverage() ? Say.of("timeline.theory.serves") : Say.of("timeline.theory.serves.partly");
        };
    }
}
