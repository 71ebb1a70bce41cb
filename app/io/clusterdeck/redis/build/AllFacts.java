package io.clusterdeck.redis.build;

import io.clusterdeck.ssh.HostName;
import java.util.Map;

/** The facts of every host of a blueprint. */
record AllFacts(Map<HostName, HostFacts> byHost) {

    AllFacts {
        byHost = Map.copyOf(byHost);
    }

    HostFacts of(HostName host) {
        var facts = byHost.get(host);
        if (facts == null) {
            throw new IllegalArgumentException("no facts of " + host);
        }
        return facts;
    }
}
