package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Pending;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pulse's connections, one to each node that it was ever led to. Connecting goes on beside: who wants a connection that is not there
 * yet is told so at once, since waiting for a dead node would hide how soon another one serves. Who answers late is waited for beside, too. Those to its shard are kept open: a client
 * that knows its shard is connected to all of it, and what is measured is not how long connecting takes.
 */
final class Lines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
    private static final long AGAIN_NANOS = 100_000_000;

    /** A connection that lasted for so long had not been too much for the node. */
    private static final long LASTED_NANOS = 10_000_000_000L;

    private static final int MOST_DOUBLED = 3;

    /**
     * For so long an answer that is late is waited for on its connection, where a new one could be told no sooner. Later a new one is better:
     * what a cut swallowed TCP repeats ever less often. Much shorter than the time after which a key may be read back and removed.
     */
    private static final long LATE_NANOS = 2_000_000_000L;

    private final Links links;
    private final List<NodeAddress> kept;
    private final Turns turns;
    private final Map<NodeAddress, Line> lines = new HashMap<>();
    private volatile boolean closed;

    Lines(Links links) {
        this(links, List.of(), Turns.none());
    }

    /** @param kept to whom it is to be connected all the time */
    Lines(Links links, List<NodeAddress> kept, Turns turns) {
        this.links = links;
        this.turns = turns;
        this.kept = List.copyOf(kept);
        keep();
    }

    /** Connects anew where a connection that is to be kept has ended. Never blocks. */
    void keep() {
        for (var node : kept) {
            if (ready(node).filter(link -> !link.usable()).isPresent()) {
                broken(node);
                ready(node);
            }
        }
    }

    /** A command that was not answered in time. */
    private record Late(Pending answer, String[] command, long since) {}

    /** Told of what else happens to who asks, besides answers in time. */
    interface Taker {
        /** An answer came late. @param heard since when it was here: nanoseconds */
        void take(NodeAddress by, String[] command, Reply reply, long heard);

        /** Since this time, in nanoseconds, nobody else was waited for. */
        void stood(long since);
    }

    /** Used by one thread, except where a connection arrives. */
    private static final class Line {
        private Optional<Link> link = Optional.empty();
        private volatile boolean opening;
        private volatile long notBefore = System.nanoTime();
        private volatile long since = System.nanoTime();
        private volatile long away = System.nanoTime();
        private volatile long blind;
        private volatile long begun;
        private volatile long usual;
        private long calmUntil = System.nanoTime();
        private int brief;
        private Optional<Late> late = Optional.empty();

        /** The more connections in a row were brief, the longer nobody connects: to a node that is slow each new one is more work. */
        void calm() {
            long now = System.nanoTime();
            away = now;
            brief = now - since > LASTED_NANOS ? 0 : brief + 1;
            calmUntil = brief < 2 ? now : now + (AGAIN_NANOS << Math.min(brief - 2, MOST_DOUBLED));
        }

        void connects() {
            begun = System.nanoTime();
        }

        /** What connecting took the first time, when the node was well, it may take any time: on a computer with much to do that is long. */
        void connected() {
            since = System.nanoTime();
            long took = since - begun;
            usual = usual == 0 ? took : usual;
            blind = begun - away + Math.min(took, Math.max(usual, Router.PATIENCE.toNanos()));
        }

        /** Refused, or nobody there; it is tried again later. */
        void failed() {
            away = System.nanoTime();
            notBefore = away + AGAIN_NANOS;
        }

        boolean free() {
            long now = System.nanoTime();
            return !opening && now - notBefore >= 0 && now - calmUntil >= 0;
        }

        synchronized Optional<Link> link() {
            return link;
        }

        /** Puts another one in its place, and gives the one before. */
        synchronized Optional<Link> swap(Optional<Link> other) {
            var before = link;
            link = other;
            return before;
        }
    }

    /** The connection to a node if it is open; else it is being opened from now on. */
    Optional<Link> ready(NodeAddress to) {
        var line = lines.computeIfAbsent(to, t -> new Line());
        var link = line.link();
        if (link.isEmpty() && line.free()) {
            line.opening = true;
            Thread.ofVirtual().name("probe connects " + to).start(() -> open(to, line));
        }
        return link;
    }

    /** Its answer is waited for from now on; nothing else is asked there meanwhile, for it would be answered later still. */
    void late(NodeAddress by, Pending answer, String... command) {
        line(by).ifPresent(line -> line.late = Optional.of(new Late(answer, command, System.nanoTime())));
    }

    /** Whether an answer of it is waited for. */
    boolean late(NodeAddress by) {
        return line(by).filter(line -> line.late.isPresent()).isPresent();
    }

    private Optional<Line> line(NodeAddress to) {
        return Optional.ofNullable(lines.get(to));
    }

    /** Takes what came late by now, and waits no more for what is too late. Never blocks. */
    void collect(Taker taker) throws InterruptedException {
        for (var entry : lines.entrySet()) {
            var late = entry.getValue().late;
            if (late.isPresent()) {
                collect(entry.getKey(), late.get(), taker);
            }
        }
    }

    private void collect(NodeAddress by, Late late, Taker taker) throws InterruptedException {
        try {
            var reply = late.answer().within(Duration.ZERO);
            if (reply.isPresent()) {
                line(by).ifPresent(line -> line.late = Optional.empty());
                taker.take(by, late.command(), reply.get(), late.answer().heard());
            } else if (System.nanoTime() - late.since() > LATE_NANOS) {
                broken(by);
            }
        } catch (Failure gone) {
            LOG.trace("{}: {}", by, gone.what());
            broken(by);
        }
    }

    /** Whether there is a connection to it; opens none. */
    boolean open(NodeAddress to) {
        return line(to).filter(line -> line.link().isPresent()).isPresent();
    }

    /** Whether connecting to it failed a moment ago; else where there is no connection nobody has tried yet. */
    boolean unreachable(NodeAddress to) {
        var line = lines.get(to);
        return line != null && System.nanoTime() - line.notBefore < 0;
    }

    /**
     * Called with each answer of a node: for how many milliseconds before, until its first answer on this connection, nobody here could have
     * known that it serves, since connecting was put off after the last one had broken or failed; how long connecting itself took is as good
     * as waiting for an answer. 0 for all but the first.
     */
    long blind(NodeAddress to) {
        var line = lines.get(to);
        if (line == null) {
            return 0;
        }
        long blind = line.blind;
        line.blind = 0;
        return TimeUnit.NANOSECONDS.toMillis(blind);
    }

    private void open(NodeAddress to, Line line) {
        try {
            var link = turns.<Link, Failure>take(() -> {
                line.connects();
                return links.act(to);
            });
            line.connected();
            line.swap(Optional.of(link));
            if (closed) {
                drop(line);
            }
        } catch (Failure unreachable) {
            LOG.trace("{}: {}", to, unreachable.what());
            line.failed();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            line.opening = false;
        }
    }

    /** After a failure: the next wish connects anew, a little later where that happens again and again. */
    void broken(NodeAddress to) {
        var line = lines.get(to);
        if (line != null && drop(line)) {
            line.calm();
        }
    }

    /** Whether there was one. */
    private static boolean drop(Line line) {
        line.late = Optional.empty();
        var before = line.swap(Optional.empty());
        before.ifPresent(Link::close);
        return before.isPresent();
    }

    @Override
    public void close() {
        closed = true;
        lines.values().forEach(Lines::drop);
    }

    /** Errors by kind, as the client met them. Safe for use by many threads. */
    static final class Errors {
        private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

        void count(String kind) {
            counts.computeIfAbsent(kind, k -> new AtomicInteger()).incrementAndGet();
        }

        Map<String, Integer> now() {
            var now = new java.util.TreeMap<String, Integer>();
            counts.forEach((kind, n) -> now.put(kind, n.get()));
            return now;
        }
    }
}
