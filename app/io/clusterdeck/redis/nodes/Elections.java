package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each node last asked for votes, as far as this process can tell: a replica that did so lately must not be told to fail over
 * again. Of its last election it keeps time and votes (failover_auth_time, failover_auth_count; clusterHandleSlaveFailover in
 * cluster.c, the same from 6.0 to 8 and in Valkey). Within {@code max(2 × node-timeout, 2 s)} it takes the old votes for new ones,
 * makes itself master with an epoch that all others know to be old, is demoted by them, and drops its data for a full copy; whatever it
 * acknowledged in between is lost. Within twice that time it does nothing at all. Either way its master's clients wait until the
 * failover is given up. Voters, too, refuse a second vote about the same master within 2 × node-timeout.
 *
 * <p>Told by two things that nodes say of themselves: how often a node asked (CLUSTER INFO, {@code auth-req_sent}), and how long a
 * replica has had its present link to its master (CLIENT LIST): all that time neither of them was elected. What was asked before
 * something happened spares a wait afterwards. Safe for use by many threads.
 */
public final class Elections {
    private static final Logger LOG = LoggerFactory.getLogger(Elections.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Pattern AGE = Pattern.compile("\\bage=(\\d+)\\b");

    /** It asked so often in all, the last time before then. */
    private record Asked(long count, Instant before) {}

    /** What a node says now. */
    private record Said(long asked, Duration linked) {}

    private final Map<NodeId, Asked> known = new ConcurrentHashMap<>();

    /**
     * Milliseconds until this replica can be elected in place of its master, as far as can be told; 0 for at once. Asks the nodes;
     * those that do not answer tell nothing, and count as if they had asked a moment ago unless they were seen before.
     *
     * @param replicas all of the master's, the heir among them
     */
    public long barred(Links links, Addressed heir, Addressed master, Collection<Addressed> replicas, long nodeTimeout)
            throws InterruptedException {
        look(links, master, replicas);
        return barred(heir, replicas, nodeTimeout);
    }

    /** The same for whichever replica of these shards should be the next heir: milliseconds until every one of them can be elected. */
    public long barred(Links links, Map<Addressed, List<Addressed>> shards, long nodeTimeout)
            throws InterruptedException {
        long longest = 0;
        for (var shard : shards.entrySet()) {
            look(links, shard.getKey(), shard.getValue());
            for (var heir : shard.getValue()) {
                longest = Math.max(longest, barred(heir, shard.getValue(), nodeTimeout));
            }
        }
        return longest;
    }

    private long barred(Addressed heir, Collection<Addressed> replicas, long nodeTimeout) {
        var now = Instant.now();
        long own = Terms.retry(nodeTimeout) - since(heir.id(), now);
        long voters = replicas.stream()
                .filter(r -> !r.id().equals(heir.id()))
                .mapToLong(r -> 2 * nodeTimeout - since(r.id(), now))
                .max()
                .orElse(0);
        return Math.max(0, Math.max(own, voters));
    }

    private void look(Links links, Addressed master, Collection<Addressed> replicas) throws InterruptedException {
        var linked = Duration.ZERO;
        for (var replica : replicas) {
            var said = ask(links, replica.address());
            if (said != null) {
                note(replica.id(), said.asked(), Instant.now().minus(said.linked()));
                linked = linked.compareTo(said.linked()) < 0 ? said.linked() : linked;
            }
        }
        var said = ask(links, master.address());
        if (said != null) {
            note(master.id(), said.asked(), Instant.now().minus(linked));
        }
    }

    void note(NodeId node, long asked, Instant before) {
        known.merge(
                node,
                new Asked(asked, before),
                (was, is) -> was.count() == is.count() && was.before().isBefore(is.before()) ? was : is);
    }

    /** Milliseconds, at least; very long where it never asked. */
    long since(NodeId node, Instant now) {
        var asked = known.get(node);
        return asked == null
                ? 0
                : asked.count() == 0
                        ? Long.MAX_VALUE / 2
                        : Duration.between(asked.before(), now).toMillis();
    }

    private static @org.jspecify.annotations.Nullable Said ask(Links links, NodeAddress node)
            throws InterruptedException {
        try (var link = links.act(node)) {
            var info = InfoParser.parse(text(link, "CLUSTER", "INFO"));
            if (info.isEmpty()) {
                return null;
            }
            var asked = Long.parseLong(info.getOrDefault("cluster_stats_messages_auth-req_sent", "0"));
            var age = AGE.matcher(text(link, "CLIENT", "LIST", "TYPE", "MASTER"));
            // whole seconds, of which the last has only begun
            long linked = age.find() ? Math.max(0, Long.parseLong(age.group(1)) - 1) : 0;
            return new Said(asked, Duration.ofSeconds(linked));
        } catch (Unreachable | OutcomeUnknown silent) {
            LOG.debug("{} does not tell when it was elected: {}", node, silent.toString());
        } catch (Failure odd) {
            LOG.warn("{} does not tell when it was elected: {}", node, odd.toString());
        }
        return null;
    }

    private static String text(Link link, String... command) throws Failure, InterruptedException {
        var reply = link.call(PATIENCE, command);
        return reply instanceof Reply.Refused ? "" : reply.text();
    }
}
