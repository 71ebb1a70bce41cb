package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of a node, less what is secret: they decide what a state means (whether anything is saved, whether one missing slot stops all),
 * and whether nodes are set alike. Read only now and then, and told as keys of its INFO that begin with {@code config:}. Used by one
 * thread.
 */
final class Settings {

    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration REFUSED = Duration.ofSeconds(10);

    private Instant since = Instant.EPOCH;
    private Map<String, String> found = Map.of();

    /** To be read anew: the node may have been started again. */
    void forget() {
        since = Instant.EPOCH;
    }

    void read(Questions questions, Instant now) throws Failure, InterruptedException {
        if (since.plus(EVERY).isAfter(now)) {
            return;
        }
        since = now;
        var fresh = new LinkedHashMap<String, String>();
        if (questions.one("CONFIG", "GET", "*") instanceof Reply.Many pairs) {
            for (int i = 0; i + 1 < pairs.items().size(); i += 2) {
                var name = pairs.items().get(i).text();
                if (!Directive.secret(name)) {
                    // many nodes say the same: one text of each suffices
                    fresh.put(
                            ("config:" + name).intern(),
                            pairs.items().get(i + 1).text().intern());
                }
            }
        } else {
            since = now.minus(EVERY).plus(REFUSED); // by then its word may be known, where it was renamed
        }
        found = Collections.unmodifiableMap(fresh);
    }

    /** INFO and the settings together. */
    Map<String, String> beside(Map<String, String> info) {
        return Layers.of(info, found);
    }
}
