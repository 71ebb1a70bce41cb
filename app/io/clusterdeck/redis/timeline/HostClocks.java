package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.clock.Clocks;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the clocks of a cluster's hosts, again and again, by Redis TIME of one node on each. Used by one thread. */
final class HostClocks {

    private static final Logger LOG = LoggerFactory.getLogger(HostClocks.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Links links;
    private final Ledger ledger;
    private final Map<String, Instant> next = new HashMap<>();
    private final Set<String> measured = new HashSet<>();
    private boolean complete;

    HostClocks(Links links, Ledger ledger) {
        this.links = links;
        this.ledger = ledger;
    }

    /** Those whose turn it is. Blocks. */
    void measure(ClusterState state) throws InterruptedException {
        var byHost = new LinkedHashMap<String, Node>();
        state.nodes().values().stream()
                .filter(Node::answers)
                .forEach(n -> byHost.putIfAbsent(
                        n.host().map(h -> h.value()).orElse(n.address().host()), n));
        for (var entry : byHost.entrySet()) {
            var now = Instant.now();
            if (now.isBefore(next.getOrDefault(entry.getKey(), Instant.EPOCH))) {
                continue;
            }
            try (var link = links.watch(entry.getValue().address())) {
                ledger.clock(measure(entry.getKey(), link));
                measured.add(entry.getKey());
                next.put(entry.getKey(), now.plus(EVERY));
            } catch (Failure unreached) {
                measured.remove(entry.getKey());
                next.put(entry.getKey(), now.plus(AGAIN));
                LOG.debug("the clock of {} was not measured: {}", entry.getKey(), unreached.what());
            }
        }
        complete = !byHost.isEmpty() && measured.containsAll(byHost.keySet());
    }

    /** Whether each was measured at its last attempt. */
    boolean complete() {
        return complete;
    }

    private static Clock measure(String host, Link link) throws Failure, InterruptedException {
        var offset = Clocks.measure(link, Clocks.SAMPLES);
        return new Clock(
                host,
                Duration.of(offset.micros(), ChronoUnit.MICROS),
                Duration.of(offset.error(), ChronoUnit.MICROS),
                offset.at());
    }
}
