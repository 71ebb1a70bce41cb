package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The writing of an append-only file from memory, as INFO tells it: by BGREWRITEAOF, by growth, or because appendonly was switched on. In the
 * last case one is under way or due until the first has ended well, and what lies on disk is empty, or from an earlier time
 * (startAppendOnly and backgroundRewriteDoneHandler in aof.c).
 */
public final class AofRewrite {
    private AofRewrite() {}

    /** Under way, or due. */
    public static boolean pending(NodeInfo info) {
        return runs(info) || is(info, "aof_rewrite_scheduled", "1");
    }

    /** Whether the last one that ended has failed. */
    static boolean failed(NodeInfo info) {
        return info.info().containsKey("aof_last_bgrewrite_status") && !is(info, "aof_last_bgrewrite_status", "ok");
    }

    private static boolean runs(NodeInfo info) {
        return is(info, "aof_rewrite_in_progress", "1");
    }

    private static boolean is(NodeInfo info, String field, String value) {
        return info.text(field).filter(value::equals).isPresent();
    }

    /** Waits until none is pending, or one has failed: the server would try again for ever. */
    public static void await(Link link) throws Failure, InterruptedException {
        var seen = new AtomicBoolean();
        Await.until(Duration.ofHours(12), () -> {
            var info = Asking.info(link);
            // a failure of an earlier one stays told until the next has ended
            if (failed(info) && !runs(info) && (seen.get() || !pending(info))) {
                throw new CommandFailed(
                        Say.of("aof.rewrite-failed", "node", link.to()),
                        Say.of("aof.rewrite-failed.next", "node", link.to()),
                        1,
                        List.of());
            }
            seen.compareAndSet(false, runs(info));
            return !pending(info);
        });
    }
}
