package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks what became of every acknowledged write of a shard, the oldest first, and removes the keys: while the drill goes on those that are
 * old enough, the rest at its end. So neither this program nor the cluster keeps more than some minutes of them. Safe for use by many threads.
 */
final class ReadBack {
    private static final int AT_ONCE = 200;
    private static final int TRIES = 100;

    private final ShardProbe probe;
    private final Links links;
    private final List<NodeAddress> nodes;
    private final List<ShardProbe.Ack> lost = new ArrayList<>();
    private int removed;

    ReadBack(ShardProbe probe, Links links, List<NodeAddress> nodes) {
        this.probe = probe;
        this.links = links;
        this.nodes = nodes;
    }

    /**
     * Reads back what was acknowledged before a time, and removes it. Fails where the shard does not serve: then the rest stays to be read.
     *
     * @param now milliseconds, as those of the writes
     */
    synchronized void before(long time, long now) throws OutcomeUnknown, InterruptedException {
        try (var lines = new Lines(links)) {
            var router = router(lines);
            for (var some = probe.unread(time, AT_ONCE); !some.isEmpty(); some = probe.unread(time, AT_ONCE)) {
                read(router, some, now);
                probe.forget(some);
                removeTo(router, some.getLast().n() + 1);
            }
        }
    }

    private void read(Router router, List<ShardProbe.Ack> some, long now) throws OutcomeUnknown, InterruptedException {
        if (now - some.getFirst().at() >= TimeUnit.SECONDS.toMillis(ShardProbe.TTL_SECONDS)) {
            throw unknown(probe.shard.master().address()); // the cluster may have let it expire
        }
        var keys = some.stream().map(a -> probe.key(a.n()));
        var values = (Reply.Many) sent(router, probe.shard.master().address(), Stream.concat(Stream.of("MGET"), keys));
        for (int i = 0; i < some.size(); i++) {
            if (!ShardProbe.holds(values.items().get(i), some.get(i).n())) {
                lost.add(some.get(i));
                probe.lost(some.get(i));
            }
        }
    }

    /** The acknowledged writes that were not there any more when they were read back. */
    synchronized List<ShardProbe.Ack> lost() {
        return List.copyOf(lost);
    }

    /** Removes every key that may be there. */
    synchronized void remove() throws OutcomeUnknown, InterruptedException {
        try (var lines = new Lines(links)) {
            removeTo(router(lines), probe.tried());
        }
    }

    private void removeTo(Router router, int end) throws OutcomeUnknown, InterruptedException {
        remove(router, probe.shard.master().address(), probe::key, removed, end);
        removed = end;
    }

    /** Numbered keys, all of one slot. */
    static void remove(Router router, NodeAddress shard, IntFunction<String> key, int first, int end)
            throws OutcomeUnknown, InterruptedException {
        for (int from = first; from < end; from += AT_ONCE) {
            var keys = IntStream.range(from, Math.min(end, from + AT_ONCE)).mapToObj(key);
            sent(router, shard, Stream.concat(Stream.of("DEL"), keys));
        }
    }

    private Router router(Lines lines) {
        return new Router(lines, probe.shard.master().address(), nodes, new Lines.Errors());
    }

    private static Reply sent(Router router, NodeAddress shard, Stream<String> words)
            throws OutcomeUnknown, InterruptedException {
        var command = words.toArray(String[]::new);
        for (int i = 0; i < TRIES; i++) {
            var reply = router.send(command);
            if (reply.isPresent()) {
                return reply.get();
            }
            Thread.sleep(50);
        }
        throw unknown(shard);
    }

    private static OutcomeUnknown unknown(NodeAddress shard) {
        return new OutcomeUnknown(Say.of("probe.not-read", "node", shard), Say.of("probe.not-read.next"));
    }
}
