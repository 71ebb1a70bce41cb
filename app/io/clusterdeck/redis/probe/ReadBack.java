package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks afterwards what became of every acknowledged write of a shard, then removes the keys. */
final class ReadBack {
    private static final int AT_ONCE = 200;
    private static final int TRIES = 100;

    private final ShardProbe probe;
    private final Links links;
    private final List<NodeAddress> nodes;

    ReadBack(ShardProbe probe, Links links, List<NodeAddress> nodes) {
        this.probe = probe;
        this.links = links;
        this.nodes = nodes;
    }

    /** The acknowledged writes that are not there any more. Fails where the shard does not serve: then nothing is known. */
    List<ShardProbe.Ack> lost() throws OutcomeUnknown, InterruptedException {
        var lost = new ArrayList<ShardProbe.Ack>();
        var acks = probe.acks();
        try (var lines = new Lines(links)) {
            var router = router(lines);
            for (int from = 0; from < acks.size(); from += AT_ONCE) {
                var some = acks.subList(from, Math.min(acks.size(), from + AT_ONCE));
                var keys = some.stream().map(a -> probe.key(a.n()));
                var values = sent(router, probe.shard.master().address(), Stream.concat(Stream.of("MGET"), keys));
                for (int i = 0; i < some.size(); i++) {
                    if (!ShardProbe.holds(
                            ((Reply.Many) values).items().get(i), some.get(i).n())) {
                        lost.add(some.get(i));
                    }
                }
            }
        }
        return lost;
    }

    /** Removes every key that may be there. */
    void remove() throws OutcomeUnknown, InterruptedException {
        try (var lines = new Lines(links)) {
            remove(router(lines), probe.shard.master().address(), probe::key, probe.tried());
        }
    }

    /** @param count of numbered keys, from 0 on, all of one slot */
    static void remove(Router router, NodeAddress shard, IntFunction<String> key, int count)
            throws OutcomeUnknown, InterruptedException {
        for (int from = 0; from < count; from += AT_ONCE) {
            var keys = IntStream.range(from, Math.min(count, from + AT_ONCE)).mapToObj(key);
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
        throw new OutcomeUnknown(Say.of("probe.not-read", "node", shard), Say.of("probe.not-read.next"));
    }
}
