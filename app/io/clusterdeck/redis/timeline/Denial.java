package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;
import java.util.regex.Pattern;

/** Why a master refused its vote (clusterSendFailoverAuthIfNeeded in cluster.c). */
final class Denial {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private Denial() {}

    /** A master's reason to refuse, in words; what we do not know stays as it wrote it. */
    static Say of(Fact denied) {
        var reason = denied.more();
        var numbers = NUMBER.matcher(reason).results().map(m -> m.group()).toList();
        if (reason.startsWith("reqEpoch") && numbers.size() >= 2) {
            return Say.of("timeline.denied.old-epoch", "asked", numbers.get(0), "current", numbers.get(1));
        }
        if (reason.startsWith("already voted for epoch") && !numbers.isEmpty()) {
            return Say.of("timeline.denied.voted", "epoch", numbers.getFirst());
        }
        if (reason.matches("it is a (master|primary) node")) {
            return Say.of("timeline.denied.is-master");
        }
        if (reason.matches("I don't know its (master|primary)")) {
            return Say.of("timeline.denied.unknown-master");
        }
        if (reason.matches("its (master|primary) is up")) {
            return Say.of("timeline.denied.master-up");
        }
        if (reason.startsWith("can't vote about this master before") && !numbers.isEmpty()) {
            return Say.of("timeline.denied.just-voted", "t", numbers.getFirst());
        }
        if (reason.startsWith("slot ") && numbers.size() >= 3) {
            return Say.of(
                    "timeline.denied.slot", "slot", numbers.get(0), "current", numbers.get(1), "asked", numbers.get(2));
        }
        return Say.of("timeline.denied.other", "reason", reason);
    }
}
