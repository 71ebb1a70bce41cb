package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A link for watching: takes only commands that read, and connects anew when it is asked something after its connection was lost.
 * A command belongs to the one connection it was sent on.
 */
final class WatchLink implements Link {

    /** Opens a connection within a limit. */
    @FunctionalInterface
    interface Dial {
        OneLink dial(Duration limit) throws Failure, InterruptedException;
    }

    private final NodeAddress to;
    private final Dial dial;
    private final Refusals refusals;
    private final Consumer<Link> onClose;
    private @Nullable OneLink link;
    private long connections;
    private boolean closed;

    WatchLink(NodeAddress to, Dial dial, Refusals refusals, Consumer<Link> onClose) {
        this.refusals = refusals;
        this.onClose = onClose;
        this.to = to;
        this.dial = dial;
    }

    @Override
    public NodeAddress to() {
        return to;
    }

    @Override
    public Reply call(Duration limit, String... command) throws Failure, InterruptedException {
        allow(command);
        return connected(limit).call(limit, command);
    }

    @Override
    public List<Reply> callAll(Duration limit, List<String[]> commands) throws Failure, InterruptedException {
        for (var command : commands) {
            allow(command);
        }
        return connected(limit).callAll(limit, commands);
    }

    private static void allow(String... command) throws NotAllowed {
        if (!ReadsOnly.allows(command)) {
            throw new NotAllowed(
                    Say.of(
                            "link.watch-reads-only",
                            "command",
                            RawCommand.of(command).name()),
                    Say.of("link.watch-reads-only.next"));
        }
    }

    private synchronized OneLink connected(Duration limit) throws Failure, InterruptedException {
        if (closed) {
            throw new Unreachable(Say.of("link.over", "node", to), Say.of("link.over.next"));
        }
        var present = link;
        if (present != null && present.usable()) {
            return present;
        }
        if (present != null) {
            present.close();
        }
        var fresh = dial.dial(limit);
        link = fresh;
        connections++;
        return fresh;
    }

    @Override
    public Map<String, String> refused() {
        return refusals.of(to);
    }

    @Override
    public synchronized long connections() {
        return connections;
    }

    @Override
    public synchronized void close() {
        closed = true;
        var present = link;
        if (present != null) {
            present.close();
        }
        link = null;
        onClose.accept(this);
    }
}
