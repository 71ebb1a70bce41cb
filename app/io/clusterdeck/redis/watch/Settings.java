package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of a node that decide what a state means: whether anything is saved, whether one missing slot stops all. Read only now and
 * then, and told as keys of its INFO that begin with {@code config:}. Used by one thread.
 */
final class Settings {

    private static final Duration EVERY = Duration.ofSeconds(60);

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
        for (var what : List.of("save", "cluster-*")) {
            if (questions.one("CONFIG", "GET", what) instanceof Reply.Many pairs) {
                for (int i = 0; i + 1 < pairs.items().size(); i += 2) {
                    fresh.put(
                            "config:" + pairs.items().get(i).text(),
                            pairs.items().get(i + 1).text());
                }
            }
        }
        found = fresh;
    }

    /** INFO and the settings together. */
    Map<String, String> beside(Map<String, String> info) {
        var both = new LinkedHashMap<>(info);
        both.putAll(found);
        return Collections.unmodifiableMap(both);
    }
}
