package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks whoever answers for the cluster's settings. */
public final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private Settings() {}

    /** @param config CONFIG GET of the node in question, empty when it does not answer: then another one's counts */
    public static Terms terms(Ops ops, Map<String, String> config) throws InterruptedException {
        if (!config.isEmpty()) {
            return Terms.of(config);
        }
        for (Node n : ops.now().get().nodes().values()) {
            if (n.answers()) {
                try (var link = ops.links().act(n.address())) {
                    var found = Asking.config(link);
                    if (!found.isEmpty()) {
                        return Terms.of(found);
                    }
                } catch (Failure silent) {
                    LOG.debug("{} tells no settings", n.address(), silent);
                }
            }
        }
        return Terms.DEFAULT;
    }
}
