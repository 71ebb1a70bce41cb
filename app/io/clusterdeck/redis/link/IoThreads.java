package io.clusterdeck.redis.link;

import io.netty.channel.Channel;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The threads that take answers off the wire for all connections of this process. What is given to one of them to do is done when it has
 * time, as an answer is heard: who measures how long nodes take can tell its own computer's part by that. Safe for use by many threads.
 */
public final class IoThreads {
    private static final Set<Executor> ALL = ConcurrentHashMap.newKeySet();

    private IoThreads() {}

    static void of(Channel channel) {
        ALL.add(channel.eventLoop());
    }

    /** Those that have had a connection so far. */
    public static Collection<Executor> all() {
        return ALL;
    }
}
